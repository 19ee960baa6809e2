from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import pytest
from django.core.management import call_command

from tests.factories import make_source, make_user
from tracker.desk.models import ImportRun, Source, User
from tracker.desk.workflow import importing

HEADER = ("id", "date", "place", "text", "killed")
ROWS = (
    ("1", "2017-01-15", "Deir Qanun", "Shells fell on a wedding.", "7"),
    ("2", "2017-01-16", "Basimah", "A barrel bomb fell.", ""),
    ("3", "2017-01-17", "Ain al-Fijah", "The army advanced.", "0"),
)
Rows = Sequence[Sequence[str]]


@pytest.fixture
def source(db) -> Source:
    return make_source(name="The monitor", slug="monitor")


@pytest.fixture
def nour(db) -> User:
    return make_user(username="nour", is_superuser=True)


def table(rows: Rows = ROWS, header: Sequence[str] = HEADER) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


@pytest.fixture
def receive(source, nour) -> Callable[..., ImportRun]:
    """A file that has come, of the fixture's source."""

    def received(content: bytes = table(), **given) -> ImportRun:
        given = {"name": "week 3.csv", "source": source, "by": nour, **given}
        return importing.receive(io.BytesIO(content), **given)

    return received


def worked_off(run: ImportRun) -> ImportRun:
    call_command("work", once=True)
    run.refresh_from_db()
    if run.job:
        run.job.refresh_from_db()
    return run


@pytest.fixture
def check(receive, nour) -> Callable[..., ImportRun]:
    """A file that has come and been checked."""

    def checked(content: bytes = table(), **given) -> ImportRun:
        run = receive(content, **given)
        importing.ask_to_check(run, by=nour)
        return worked_off(run)

    return checked


@pytest.fixture
def take_in(check, nour) -> Callable[..., ImportRun]:
    """A file whose good rows have been taken in."""

    def taken_in(content: bytes = table(), *, all_or_none: bool = False, **given) -> ImportRun:
        run = check(content, **given)
        importing.ask_to_commit(run, by=nour, all_or_none=all_or_none)
        return worked_off(run)

    return taken_in


@pytest.fixture
def undo(nour) -> Callable[[ImportRun], ImportRun]:
    def undone(run: ImportRun) -> ImportRun:
        importing.ask_to_undo(run, by=nour)
        return worked_off(run)

    return undone


def counts(run: ImportRun) -> dict[str, int]:
    """The counts that are not 0."""
    return {name: count for name, count in run.counts.items() if count}
