"""The command that looks an installation over."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tests.factories import make_evidence, make_party
from tracker.desk.management.doctor.databases import KEEPING
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent
DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def backups(settings, tmp_path) -> Path:
    settings.BACKUP_ROOT, settings.BACKUP_KEY_FILE = tmp_path / "backups", ""
    settings.BACKUP_ROOT.mkdir()
    return settings.BACKUP_ROOT


def told() -> list[str]:
    """What it says, a line each, whether anything is wrong or not."""
    said = StringIO()
    try:
        call_command("doctor", stdout=said)
    except CommandError as refusal:
        said.write(str(refusal))
    return said.getvalue().splitlines()


def levels(beginning: str) -> list[str]:
    """The level of each line that tells of this."""
    lines = (line.split(maxsplit=1) for line in told())
    return [level for level, text in lines if re.match(beginning, text)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs a database of its own")
def test_finds_nothing_wrong_with_a_fresh_installation(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "long-enough-to-be-taken-for-a-secret-key",
        "FIELD_KEY": "long-enough-to-be-taken-for-a-field-key",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "EVIDENCE_ROOT": str(tmp_path / "evidence"),
        "BACKUP_ROOT": str(tmp_path / "backups"),
    }
    for command in ("migrate", "doctor"):
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    assert {line.split()[0] for line in done.stdout.splitlines()} <= {"ok", "look"}


def test_says_how_many_things_are_wrong_by_its_status(settings):
    settings.DEBUG = True

    with pytest.raises(CommandError, match=r"^Wrong: \d"):
        call_command("doctor", stdout=StringIO())


@pytest.mark.parametrize(
    ("name", "value", "line", "level"),
    [
        ("DEBUG", True, "DEBUG is on", "wrong"),
        ("SECRET_KEY", "a" * 40, "SECRET_KEY can be guessed", "wrong"),
        ("ALLOWED_HOSTS", ["*"], r"ALLOWED_HOSTS holds \*", "wrong"),
        ("ALLOWED_HOSTS", ["tracker.example.org"], ".* HTTPS is off", "wrong"),
        ("ALLOWED_HOSTS", ["tracker.example.org"], "TWO_FACTOR is off", "look"),
        ("WEBHOOKS_ALLOW_PRIVATE", True, "WEBHOOKS_ALLOW_PRIVATE is on", "look"),
        ("BACKUP_KEY_FILE", "/nowhere/key", "The key file /nowhere/key cannot be read", "wrong"),
    ],
)
def test_finds_settings_that_are_dangerous(settings, name, value, line, level):
    setattr(settings, name, value)

    assert levels(line) == [level]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite alone")
def test_finds_a_pragma_that_is_not_in_force():
    # The tests themselves do not wait for the disk.
    (line,) = (line for line in told() if "SQLite" in line)

    assert line.startswith("wrong SQLite 3.")
    assert "synchronous is 0, not 2" in line


def test_finds_a_migration_that_is_lacking():
    newest = MigrationLoader(connection).graph.leaf_nodes("desk")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    assert levels("The database lacks migrations") == ["wrong"]


@pytest.mark.parametrize(
    ("trigger", "table"),
    [
        ("ledger_party_itself_update", "desk_party"),
        ("desk_revision_refuses_delete", "desk_revision"),
    ],
)
def test_finds_a_trigger_that_is_gone(trigger, table):
    with connection.cursor() as cursor:
        where = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger}{where}")

    assert levels(f"Changes may pass the ledger by: no trigger {trigger}") == ["wrong"]


def test_knows_every_trigger_there_is():
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        own = {name for (name,) in cursor.fetchall() if name.startswith("desk_")}

    assert own == KEEPING


def test_finds_a_clock_that_is_behind_the_ledger(monkeypatch):
    with recorded(by=None):
        make_party()
    yesterday = timezone.now() - dt.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: yesterday)

    assert levels("This clock says") == ["wrong"]


def test_finds_evidence_that_is_gone_or_cut_and_files_of_none(store):
    make_evidence()
    assert levels("All evidence is in") == ["ok"]

    (path,) = (path for path in store.rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"cut")

    assert levels("1 faults in the store of evidence: evidence .* no longer") == ["wrong"]


def test_finds_a_store_that_others_may_enter(store):
    make_evidence()
    store.chmod(0o755)

    assert levels("Others on this machine may enter") == ["wrong"]


@pytest.mark.parametrize(("days", "level"), [(0, "ok"), (3, "look"), (8, "wrong")])
def test_tells_how_old_the_last_backup_is(backups, days, level):
    made = backups / "tracker.backup"
    made.touch()
    os.utime(made, (time.time() - days * DAY,) * 2)

    assert levels(f"The last backup in .* is {days} days old") == [level]


def test_misses_a_backup_where_none_was_made():
    assert levels("No backup lies in") == ["look"]


def test_says_when_a_disk_is_nearly_full(monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 10**8}))

    assert "wrong" in levels("0.1 GB are free around")
