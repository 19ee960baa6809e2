"""A backup holds the tracker as it was at one moment, and can be put back."""

from __future__ import annotations

import re
import shutil
import stat

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.desk.backups.talking import files, held, refusal, run
from tests.factories import make_evidence, make_incident
from tracker.databases import database
from tracker.desk.backups.looking import looking_at
from tracker.desk.backups.making import IN_PLAIN
from tracker.desk.models import Sealed
from tracker.desk.workflow import recording

pytestmark = pytest.mark.usefixtures("world")


def test_puts_back_all_that_was_there(backup, elsewhere, store):
    kept = files(store)
    run("backup", backup)
    shutil.rmtree(store)

    said = run("restore", backup, into=elsewhere)

    assert held(elsewhere) == held()
    assert files(store) == kept
    assert f"Head of the ledger: {recording.head()}" in said


def test_puts_back_what_was_encrypted(backup, elsewhere, key):
    run("backup", backup, no_verify=True, key_file=str(key))

    run("restore", backup, into=elsewhere, key_file=str(key))

    assert held(elsewhere) == held()


def test_tells_the_head_of_the_ledger_for_whoever_keeps_it_elsewhere(backup):
    assert f"Head of the ledger in it: {recording.head()}" in run("backup", backup)


def test_shows_nothing_of_what_is_encrypted(backup, key):
    run("backup", backup, no_verify=True, key_file=str(key))

    content = backup.read_bytes()
    for word in (b"Canary", b"desk_source", b"manifest", b"evidence", b"\x89PNG"):
        assert word not in content


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's own copies are compressed")
def test_shows_what_is_not_encrypted_and_says_so(backup):
    assert "not encrypted" in run("backup", backup, no_verify=True)

    assert b"desk_source" in backup.read_bytes()


def test_leaves_one_file_that_nobody_else_may_read(backup):
    run("backup", backup, no_verify=True)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.glob("*.backup*")] == [backup.name]


def test_names_a_backup_by_its_moment(settings, tmp_path):
    settings.BACKUP_ROOT = tmp_path / "backups"

    call_command("backup", no_verify=True)

    (made,) = settings.BACKUP_ROOT.iterdir()
    assert re.fullmatch(r"tracker-\d{4}-\d\d-\d\dT\d{6}Z\.backup", made.name)


def test_writes_over_no_backup(backup):
    backup.write_bytes(b"the only one there is")

    assert "is there already" in refusal("backup", backup)
    assert backup.read_bytes() == b"the only one there is"


def test_says_which_evidence_was_missing_and_keeps_the_rest(backup, elsewhere, store):
    lost = make_evidence(b"Shells fell.", incident=make_incident())
    (store / lost.sha256[:2] / lost.sha256[2:]).unlink()

    assert "holds what is wrong already: 1 fault" in refusal("backup", backup)
    assert "not whole: 1 fault" in refusal("restore", backup, into=elsewhere)
    assert held(elsewhere) == held()


def test_says_that_the_ledger_was_not_whole_and_keeps_what_there_is(backup, elsewhere):
    Sealed.objects.create(digest="f" * 64, salt="0" * 32, value="forged")

    assert "holds what is wrong already: 1 fault" in refusal("backup", backup)
    assert "not whole: 1 fault" in refusal("restore", backup, into=elsewhere)
    assert held(elsewhere) == held()


def test_refuses_where_there_is_no_room(backup, monkeypatch):
    full = shutil._ntuple_diskusage(total=10**9, used=10**9, free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: full)

    assert re.search(r"has 0 MB free, and \d+ MB are needed", refusal("backup", backup))
    assert not backup.exists()


@pytest.mark.parametrize("held_by_it", ["", "too short\n"])
def test_refuses_a_key_that_is_none(backup, tmp_path, held_by_it):
    weak = tmp_path / "weak"
    weak.write_text(held_by_it)

    assert "a key has 16 or more" in refusal("backup", backup, key_file=str(weak))
    assert not backup.exists()


def test_tells_to_migrate_what_is_of_an_older_tracker(backup, elsewhere):
    told = MigrationRecorder(connection)
    last = ("desk", max(name for app, name in told.applied_migrations() if app == "desk"))
    told.record_unapplied(*last)
    try:
        run("backup", backup, no_verify=True)
    finally:
        told.record_applied(*last)

    assert "run `manage.py migrate`" in run("restore", backup, into=elsewhere)


def test_refuses_what_is_of_a_newer_tracker(backup, elsewhere):
    told = MigrationRecorder(connection)
    told.record_applied("desk", "9999_tomorrow")
    try:
        run("backup", backup, no_verify=True)
    finally:
        told.record_unapplied("desk", "9999_tomorrow")

    assert "a newer tracker" in refusal("restore", backup, into=elsewhere)
    assert held(elsewhere) == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL's own programs")
def test_says_which_program_is_missing(backup, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert refusal("backup", backup).startswith("pg_dump is not here. Install")
    assert not backup.exists()


def test_lays_the_backup_in_the_place_of_what_is_there_when_told_to(backup, elsewhere):
    run("backup", backup, no_verify=True)
    run("restore", backup, into=elsewhere)
    with looking_at(database(elsewhere)), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE came_later (number integer)")

    assert "is not empty" in refusal("restore", backup, into=elsewhere)
    run("restore", backup, into=elsewhere, replace=True)

    assert held(elsewhere) == held()


def test_undoes_what_came_since_in_our_own_database(backup):
    before = held()
    run("backup", backup)
    make_incident(summary="came since")

    run("restore", backup, replace=True)

    assert held() == before


def test_leaves_no_copy_in_plain_behind(backup, elsewhere, key, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("backup", backup, key_file=str(key))
    run("restore", backup, into=elsewhere, key_file=str(key))

    assert list(tmp_path.rglob(f"{IN_PLAIN}*")) == []
