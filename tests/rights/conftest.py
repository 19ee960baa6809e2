from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.rights.endpoints import Asking
from tests.rights.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all the cells of a matrix: each takes back what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asking(world: World) -> Asking:
    """Who asks on everybody's behalf, and reads no page to its end."""
    asking = Asking(world)
    unrendered = "tests.rights.endpoints.Unrendered"
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, unrendered]):
        asking.client.handler.load_middleware()
    return asking
