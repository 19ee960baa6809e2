"""Whoever alters the ledger by raw SQL is found out."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import make_incident, make_party, make_report, make_source
from tracker.desk.models import Incident, Party, Revision
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import recorded
from tracker.desk.workflow.recording.states import digest

pytestmark = pytest.mark.django_db

WHOLE = "number, kind, thing, by_id, at, why, is_step, before, after, previous, hash"


@pytest.fixture
def numbers(db: None) -> list[int]:
    """The numbers of a dozen revisions."""
    with recorded(by=None):
        incident = make_incident(reports=0)
    for _number in range(5):
        with recorded(by=None):
            make_party()
            make_report(source=make_source(), incident=incident)
    return list(Revision.objects.order_by("number").values_list("number", flat=True))


def tamper(*statements: str) -> None:
    """What somebody does who can write the database file: no trigger hinders that."""
    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            where = " ON desk_revision" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER desk_revision_refuses_{event}{where}")
        for statement in statements:
            cursor.execute(statement)


def verify(**options: Any) -> str:
    said = StringIO()
    call_command("verify_ledger", stdout=said, stderr=said, **options)
    return said.getvalue()


def complaints(**options: Any) -> str:
    said = StringIO()
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_ledger", stderr=said, **options)
    return said.getvalue()


def test_finds_a_whole_ledger_whole_and_prints_its_head(numbers):
    assert verify() == f"The ledger is whole. Head: {recording.head()}\n"
    assert verify(published=str(recording.head())) == verify()


def swap(numbers: list[int]) -> list[str]:
    first, second = numbers[-3], numbers[-2]
    return [
        f"UPDATE desk_revision SET number = -1 WHERE number = {first}",
        f"UPDATE desk_revision SET number = {first} WHERE number = {second}",
        f"UPDATE desk_revision SET number = {second} WHERE number = -1",
    ]


def insert(numbers: list[int]) -> list[str]:
    number = numbers[-1] + 1
    values = WHOLE.replace("number", f"{number}", 1).replace("hash", f"'{'f' * 64}'")
    values = values.replace(f"previous, '{'f' * 64}'", f"hash, '{'f' * 64}'")
    return [
        f"INSERT INTO desk_revision ({WHOLE}) "
        f"SELECT {values} FROM desk_revision WHERE number = {numbers[-1]}"
    ]


@pytest.mark.parametrize(
    ("altered", "complaint"),
    [
        (
            lambda n: [
                f"UPDATE desk_revision SET after = replace(after, 'a', 'b') WHERE number = {n[-2]}"
            ],
            "is not what was written",
        ),
        (
            lambda n: [f"UPDATE desk_revision SET by_id = NULL, why = 'x' WHERE number = {n[-2]}"],
            "not what",
        ),
        (lambda n: [f"DELETE FROM desk_revision WHERE number = {n[-2]}"], "are missing"),
        (swap, "does not follow"),
        (insert, "is not what was written"),
    ],
)
def test_finds_what_was_altered(
    numbers: list[int], altered: Callable[[list[int]], list[str]], complaint: str
):
    tamper(*altered(numbers))

    assert complaint in complaints()


def test_finds_the_last_revision_cut_against_a_published_head(numbers):
    with recorded(by=None):
        party = make_party()
    head = str(recording.head())
    tamper(
        f"DELETE FROM desk_revision WHERE number = {numbers[-1] + 1}",
        f"DELETE FROM desk_party WHERE id = {party.pk}",
    )

    assert "which was published, is missing" in complaints(published=head)


def test_finds_a_ledger_that_was_written_anew(numbers):
    head = str(recording.head())
    tamper("DELETE FROM desk_revision")
    recording.enter(by=None, why="all anew")

    assert "published" in complaints(published=head)


def test_finds_a_sealed_value_that_was_altered(numbers):
    tamper(
        "DROP TRIGGER desk_sealed_refuses_update"
        + (" ON desk_sealed" if connection.vendor == "postgresql" else ""),
        "UPDATE desk_sealed SET value = '\"Flowers fell.\"'",
    )

    assert "is not what was written" in complaints()


def test_finds_a_digit_of_the_salt_that_has_become_one_of_the_value():
    salt = "0f" * 15 + "a7"

    assert digest(salt, "33.6") != digest(salt[:-1], "733.6")


@pytest.mark.parametrize("altered", ["{", "[]", "7"])
def test_tells_of_what_cannot_be_read(numbers, altered):
    tamper(f"UPDATE desk_revision SET after = '{altered}' WHERE number = {numbers[-1]}")

    assert f"Revision {numbers[-1]} is not what was written." in complaints()


def test_finds_a_row_with_a_number_that_the_tracker_never_gives(numbers):
    Party.objects.create(pk=-1, slug="theirs", name="Theirs", kind="armed_group")

    assert "party -1 is not what the ledger says" in complaints()


def test_finds_a_change_of_a_table_that_passed_the_ledger_by(numbers):
    Incident.objects.update(summary="by hand")

    assert (
        f"incident {Incident.objects.get().pk} is not what the ledger says: summary" in complaints()
    )


@pytest.mark.parametrize("head", ["12", "x:" + "f" * 64, "12:abc"])
def test_refuses_what_is_no_head(head, db):
    with pytest.raises(CommandError, match="is no head"):
        verify(published=head)
