from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_agreement, make_user
from tracker.desk.models import Agreement


@pytest.fixture
def data_entry(client: Client, db: None) -> Client:
    """A browser logged in by someone who enters reports and publishes none."""
    client.force_login(make_user("data entry", is_staff=True))
    return client


@pytest.fixture
def agreement(db: None) -> Agreement:
    return make_agreement()
