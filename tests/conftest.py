from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_user
from tracker.desk.models import Incident, User
from tracker.desk.workflow import publishing


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that lies beside the checkout of whoever has it."""
    folder = Path(__file__).parent.parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer", username="rima", is_staff=True)


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    """A browser logged in at the desk with every right."""
    client.force_login(make_user(username="nour", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def publish(reviewer: User):
    """Publish an incident as the reviewer."""

    def signed(incident: Incident) -> Incident:
        publishing.publish(incident, by=reviewer)
        incident.refresh_from_db()
        return incident

    return signed
