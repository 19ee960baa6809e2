from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from tests.desk.api.talking import Talker
from tests.factories import make_user


@pytest.fixture
def talker(db: None):
    """Someone of a group, or with some rights alone, who talks to the desk's API with a token."""

    def of(group: str = "", *, rights: Iterable[str] = (), **fields: Any) -> Talker:
        user = make_user(group, **fields)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return Talker(user)

    return of


@pytest.fixture
def officer(talker) -> Talker:
    return talker("data entry", username="omar")


@pytest.fixture
def signer(talker) -> Talker:
    return talker("reviewer", username="rana")
