from __future__ import annotations

import pytest
from django.db import connection

from tracker.public.checks import refuses_a_sqlite_that_can_corrupt

sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite alone")


@sqlite_alone
def test_runs_on_a_sqlite_without_the_bug_that_corrupts():
    assert refuses_a_sqlite_that_can_corrupt(None) == []


@sqlite_alone
def test_refuses_a_sqlite_with_the_bug(monkeypatch):
    monkeypatch.setattr("django.db.backends.sqlite3.base.Database.sqlite_version_info", (3, 51, 2))

    (error,) = refuses_a_sqlite_that_can_corrupt(None)

    assert "3.51.2" in error.msg


@sqlite_alone
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0)],
)
def test_opens_sqlite_so_that_no_acknowledged_write_is_lost(pragma, value):
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)
