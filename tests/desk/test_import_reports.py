"""The command that takes a file in, as a process of its own: also killed in the middle of its work."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.desk.workflow.importing.conftest import ROWS, table
from tests.factories import make_source, make_user
from tracker.desk.models import Figure, ImportRun, Job, Report, Revision
from tracker.desk.models.imports import ImportState
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import importing, recording

# A hundred take a quarter of an hour: KILLS=100 makes them.
KILLS = int(os.environ.get("KILLS", "3"))
MANY = [(str(number), "2017-01-15", "Basimah", f"Shell {number}.", "1") for number in range(6000)]


@pytest.fixture
def source(db):
    make_user(username="nour", is_superuser=True)
    return make_source(slug="monitor")


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "week 3.csv"
    path.write_bytes(table())
    return path


def command(file: Path, **given) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_reports", file, source="monitor", stdout=out, stderr=err, **given)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_takes_in_a_file_and_says_what_came_of_each_row(source, file):
    file.write_bytes(table([*ROWS, ("4", "yesterday", "Basimah", "A shell.", "1")]))

    out, err = command(file)

    assert "3 new" in out
    assert "1 refused" in out
    assert "week 3.csv:5: " in err
    assert "3 of 4 rows" in err or "4 of 4 rows" in err
    assert Report.objects.count() == 3


@pytest.mark.django_db
def test_keeps_nothing_in_a_dry_run(source, file):
    out, _err = command(file, dry_run=True)

    assert "3 new" in out
    assert "nothing was taken in" in out
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_takes_in_nothing_where_all_or_none_is_asked_and_a_row_is_refused(source, file):
    file.write_bytes(table([*ROWS, ("4", "yesterday", "Basimah", "A shell.", "1")]))

    with pytest.raises(CommandError, match="1 rows are refused"):
        command(file, all_or_none=True)

    assert not Report.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "nobody"}, "no user nobody"),
        ({"source": "nowhere"}, "no source “nowhere”"),
    ],
)
def test_says_whom_it_does_not_know(source, file, given, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_reports", file, **{"source": "monitor", **given})


@pytest.mark.django_db
def test_says_that_it_cannot_read_a_file(source, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "absent.csv")


def worker(store: Path) -> subprocess.Popen[bytes]:
    """A worker of this database, in a process of its own."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        url = f"postgres://{told['USER']}@{told['HOST']}:{told['PORT']}/{name}"
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "--once"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "EVIDENCE_ROOT": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def let_the_lease_run_out() -> None:
    running = Job.objects.filter(state=JobState.RUNNING)
    running.update(lease_until="2017-01-15T00:00:00Z", attempts=1)


@pytest.mark.django_db(transaction=True)
def test_goes_on_after_it_was_killed_at_any_moment(store):
    nour, source = make_user(is_superuser=True), make_source()
    chance = random.Random(20170115)
    began = time.monotonic()
    kills, files = 0, count()
    while kills < KILLS:
        # A file of its own each time: one that was done before anybody killed it changes nothing.
        content = table([(f"{next(files)}/{row[0]}", *row[1:]) for row in MANY])
        run = importing.receive(io.BytesIO(content), name="many.csv", source=source, by=nour)
        importing.ask_to_check(run, by=nour)
        assert worker(store).wait() == 0
        run.refresh_from_db()
        importing.ask_to_commit(run, by=nour)
        while run.state != ImportState.COMMITTED:
            process = worker(store)
            if kills < KILLS:
                try:
                    process.wait(chance.uniform(0.8, 4))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
            process.wait()
            let_the_lease_run_out()
            run.refresh_from_db()
        reports = Report.objects.filter(import_run=run)
        assert run.counts["new"] == reports.count() == len(MANY)
        assert reports.values("external_id").distinct().count() == len(MANY)
        assert Figure.objects.filter(report__import_run=run).count() == len(MANY)
        assert Revision.objects.filter(why__endswith=f"import {run.pk}").count() == len(MANY)
        print(f"{kills} kills after {time.monotonic() - began:.0f} s")

    assert list(recording.faults()) == []
    assert (
        ImportRun.objects.filter(state=ImportState.COMMITTED).count() == ImportRun.objects.count()
    )
