from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.public.worlds import Country, make_country


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[Country]:
    """Made once for all that only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_country()
        transaction.set_rollback(True)
