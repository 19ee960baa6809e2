"""Three hundred times somebody alters the ledger by raw SQL, at random, and is found out each time."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories import make_incident, make_party, make_report, make_source
from tracker.desk.models import Sealed, Source
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import Head, recorded

pytestmark = pytest.mark.django_db

TIMES, SEED = 300, 2017
REVISION, SEALED = "desk_revision", "desk_sealed"
GUARDED = {REVISION: ("update", "delete"), SEALED: ("update",)}
KEYS = {REVISION: "number", SEALED: "digest"}
TEXTS = {
    REVISION: ("kind", "why", "before", "after", "previous", "hash"),
    SEALED: ("digest", "salt", "value"),
}
WHOLE = "kind, thing, by_id, at, why, is_step, before, after, previous"


def sql(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def published(reviewer) -> Head:
    """The head of a ledger that is not guarded any more."""
    for number in range(12):
        with recorded(by=reviewer, why=f"Read on day {number}."):
            incident = make_incident(reports=0, summary=f"Shells fell on house {number}.")
            make_report(source=make_source(), incident=incident, accused=[make_party()])
            Source.objects.update(note=f"Asked {number} times.")
    for table, events in GUARDED.items():
        where = f" ON {table}" if connection.vendor == "postgresql" else ""
        for event in events:
            sql(f"DROP TRIGGER {table}_refuses_{event}{where}")
    return recording.head()


def picked(drawn: random.Random, table: str) -> Any:
    """The key of any row."""
    key = KEYS[table]
    return drawn.choice(sql(f"SELECT {key} FROM {table} ORDER BY {key}"))[0]


def change_a_letter(drawn: random.Random) -> None:
    table = drawn.choice([REVISION, SEALED])
    key, column = picked(drawn, table), drawn.choice(TEXTS[table])
    [(text,)] = sql(f"SELECT {column} FROM {table} WHERE {KEYS[table]} = %s", key)
    at = drawn.randrange(len(text) or 1)
    letter = drawn.choice(string.printable.replace(text[at : at + 1] or "\n", ""))
    altered = text[:at] + letter + text[at + 1 :]
    sql(f"UPDATE {table} SET {column} = %s WHERE {KEYS[table]} = %s", altered, key)


def change_a_number(drawn: random.Random) -> None:
    column, far = drawn.choice(["number", "thing", "by_id"]), drawn.choice([-1, 1])
    other = f"coalesce({column}, 0) + {far * 10 ** drawn.randrange(3, 9)}"
    sql(f"UPDATE desk_revision SET {column} = {other} WHERE number = %s", picked(drawn, REVISION))


def change_when(drawn: random.Random) -> None:
    later = f"at + interval '{10 ** drawn.randrange(9)} microseconds'"
    if connection.vendor == "sqlite":
        digit = drawn.choice([1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19])
        rest = f"substr(at, {digit + 1})"
        later = f"substr(at, 1, {digit - 1}) || (substr(at, {digit}, 1) + 1) % 10 || {rest}"
    sql(f"UPDATE desk_revision SET at = {later} WHERE number = %s", picked(drawn, REVISION))


def change_whether_it_is_a_step(drawn: random.Random) -> None:
    number = picked(drawn, REVISION)
    sql("UPDATE desk_revision SET is_step = NOT is_step WHERE number = %s", number)


def delete(drawn: random.Random) -> None:
    sql("DELETE FROM desk_revision WHERE number = %s", picked(drawn, REVISION))


def cut(drawn: random.Random) -> None:
    sql("DELETE FROM desk_revision WHERE number >= %s", picked(drawn, REVISION))


def insert(drawn: random.Random) -> None:
    made = f"{drawn.getrandbits(256):064x}"
    sql(
        f"INSERT INTO desk_revision (number, {WHOLE}, hash) "
        f"SELECT (SELECT max(number) + 1 FROM desk_revision), {WHOLE}, %s "
        "FROM desk_revision WHERE number = %s",
        made,
        picked(drawn, REVISION),
    )


def swap(drawn: random.Random) -> None:
    one, other = drawn.sample(sql("SELECT number FROM desk_revision ORDER BY number"), 2)
    for before, after in ((one[0], 0), (other[0], one[0]), (0, other[0])):
        sql("UPDATE desk_revision SET number = %s WHERE number = %s", after, before)


def swap_values(drawn: random.Random) -> None:
    said = dict(Sealed.objects.order_by("digest").values_list("digest", "value"))
    held = dict(sql("SELECT digest, value FROM desk_sealed"))
    one = drawn.choice([*said])
    other = drawn.choice([key for key, value in said.items() if value != said[one]])
    for key, theirs in ((one, held[other]), (other, held[one])):
        sql("UPDATE desk_sealed SET value = %s WHERE digest = %s", theirs, key)


WAYS: list[Callable[[random.Random], None]] = [
    *(change_a_letter, change_a_letter, change_a_number, change_when, change_whether_it_is_a_step),
    *(delete, cut, insert, swap, swap_values),
]


def test_finds_three_hundred_alterations_of_three_hundred(published):
    drawn, missed = random.Random(SEED), []
    for number in range(TIMES):
        with transaction.atomic():
            way = WAYS[number % len(WAYS)]
            way(drawn)
            if next(recording.faults(published), None) is None:
                missed.append((number, way.__name__))
            transaction.set_rollback(True)

    assert missed == []


def test_finds_no_fault_in_what_nobody_altered(published):
    assert list(recording.faults(published)) == []
