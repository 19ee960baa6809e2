"""A backup taken while eight people write is of one moment: its ledger is whole, its evidence there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.core.management import call_command
from django.db import connection

from tests.desk.backups.talking import held, run
from tests.factories import make_evidence, make_incident, make_source, make_user
from tracker.databases import database
from tracker.desk.backups.looking import looking_at
from tracker.desk.models import Evidence, Incident, Source, User

pytestmark = pytest.mark.usefixtures("world")

WRITERS = 8


@contextmanager
def writers(source: Source, incident: Incident, user: User) -> Iterator[None]:
    """Eight who enter incidents and evidence; each has begun before, and goes on until after."""
    begun, stop = Barrier(WRITERS + 1, timeout=60), Event()

    def write(number: int) -> None:
        rounds = 0
        try:
            while not stop.is_set():
                make_incident(summary=f"{number}, {rounds}", reports=0)
                make_evidence(f"{number}, {rounds}".encode(), incident=incident, by=user)
                if not rounds:
                    begun.wait()
                rounds += 1
            make_incident(summary=f"{number}, at last", reports=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as threads:
        working = [threads.submit(write, number) for number in range(WRITERS)]
        begun.wait()
        try:
            yield
        finally:
            stop.set()
    for each in working:
        each.result()


def restored_while_writing(backup: Path, elsewhere: str, store: Path) -> None:
    backup.unlink(missing_ok=True)
    with writers(make_source(), make_incident(), make_user()):
        run("backup", backup)
    shutil.rmtree(store)

    # It checks the rows, the head of the ledger, and the ledger against the tables.
    run("restore", backup, into=elsewhere, replace=True)

    assert len(held(elsewhere)) > 50
    with looking_at(database(elsewhere)):
        call_command("verify_evidence")
        assert Evidence.objects.count() > WRITERS
        assert not Incident.objects.filter(summary__endswith="at last").exists()


def test_restores_what_was_written_until_one_moment(backup, elsewhere, store):
    restored_while_writing(backup, elsewhere, store)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(20))
def test_restores_it_time_and_again(backup, elsewhere, store, number):
    restored_while_writing(backup, elsewhere, store)

    first = held(elsewhere)
    run("restore", backup, into=elsewhere, replace=True)
    assert held(elsewhere) == first
