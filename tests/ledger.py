"""The ledger in tests: what a test prepares may pass it by, what the tracker does may not."""

from __future__ import annotations

from typing import Any

from django import test
from django.db import connection

from tracker.desk.models import Unrecorded

_dropped: list[str] = []


def arm() -> None:
    """Make the triggers again that the test before has dropped."""
    with connection.cursor() as cursor:
        while _dropped:
            cursor.execute(_dropped.pop())


def disarm() -> None:
    """Let the database be cleared: by a rollback, or else by deleting what refuses to be deleted."""
    if connection.in_atomic_block:
        if not connection.needs_rollback:
            Unrecorded.objects.all().delete()
    elif connection.vendor == "sqlite":
        # PostgreSQL truncates, which asks no trigger.
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, sql in cursor.fetchall():
                _dropped.append(sql)
                cursor.execute(f"DROP TRIGGER {name}")


class Client(test.Client):
    """A browser whose every change must reach the ledger in the request that makes it."""

    def request(self, **request: Any) -> Any:
        if request.get("REQUEST_METHOD") in {"GET", "HEAD", "OPTIONS"}:
            return super().request(**request)
        Unrecorded.objects.all().delete()
        response = super().request(**request)
        assert not Unrecorded.objects.exists(), "changed past the ledger"
        return response
