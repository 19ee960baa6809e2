from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.public.ogc.world import linked, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for all the tests of a module: each takes back what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_world()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def found(client: Client) -> Callable[..., list[dict[str, Any]]]:
    """The features that answer to what is asked of a collection, page by page to the last."""

    def walk(name: str, **asked: Any) -> list[dict[str, Any]]:
        address, features = f"/ogc/collections/{name}/items", []
        while address:
            answer = client.get(address, asked).json()
            features += answer["features"]
            address, asked = linked(answer, "next"), {}
        return features

    return walk
