from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler


@contextmanager
def looking_at(database: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Within, all that this thread asks of its models is answered by the database of these settings."""
    before = connections["default"]
    other = ConnectionHandler({"default": deepcopy(database)})["default"]
    connections["default"] = other
    try:
        yield other
    finally:
        connections["default"] = before
        other.close()
