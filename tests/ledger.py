"""The ledger in tests: what a test prepares may pass it by, what the tracker does may not."""

from __future__ import annotations

from typing import Any

import pytest
from django import test
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TestCase, TransactionTestCase

from tracker.desk.models import Unrecorded
from tracker.desk.workflow.recording import recorded


def let_tests_end(patch: pytest.MonkeyPatch) -> None:
    """Let the database be cleared: by a rollback, or else by deleting what refuses to be deleted."""
    plain: Any = TestCase
    committing: Any = TransactionTestCase
    rolled_back = plain._fixture_teardown
    prepared = committing._fixture_setup
    deleted = committing._fixture_teardown
    groups: dict[str, list[Any]] = {}

    def roll_back(case: Any) -> None:
        # What a test prepared has passed the ledger by, and no rollback shall be asked why.
        if not connection.needs_rollback:
            Unrecorded.objects.all().delete()
        rolled_back(case)

    def prepare(case: type[TransactionTestCase]) -> None:
        prepared.__func__(case)
        groups.update(groups or _groups())

    def delete(case: Any) -> None:
        triggers = _dropped_triggers() if connection.vendor == "sqlite" else []
        deleted(case)
        with connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(trigger)
        # They came with the migrations, and the tests that follow count on them.
        _make(groups)

    patch.setattr(TestCase, "_fixture_teardown", roll_back)
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(prepare))
    patch.setattr(TransactionTestCase, "_fixture_teardown", delete)


def _groups() -> dict[str, list[Any]]:
    """The groups, each with its rights by what names them in any database."""
    return {
        group.name: [right.natural_key() for right in group.permissions.all()]
        for group in Group.objects.all()
    }


def _make(groups: dict[str, list[Any]]) -> None:
    with recorded(by=None):
        for name, rights in groups.items():
            held = [Permission.objects.get_by_natural_key(*each) for each in rights]
            Group.objects.create(name=name).permissions.set(held)


def _dropped_triggers() -> list[str]:
    """The statements that make the triggers again. PostgreSQL truncates, which asks none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
        for name in found:
            cursor.execute(f"DROP TRIGGER {name}")
    return list(found.values())


class Client(test.Client):
    """A browser whose every change must reach the ledger in the request that makes it."""

    def request(self, **request: Any) -> Any:
        if request.get("REQUEST_METHOD") in {"GET", "HEAD", "OPTIONS"}:
            return super().request(**request)
        Unrecorded.objects.all().delete()
        response = super().request(**request)
        assert not Unrecorded.objects.exists(), "changed past the ledger"
        return response
