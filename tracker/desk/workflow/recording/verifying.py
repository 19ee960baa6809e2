"""Whether the ledger is whole, and the tables are what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import DatabaseError, transaction

from tracker.desk.models import Revision, Sealed
from tracker.desk.workflow.recording.entering import NOTHING, hash_of, hold, opened, told
from tracker.desk.workflow.recording.kinds import KINDS, model_of
from tracker.desk.workflow.recording.states import (
    SEALED,
    State,
    digest,
    is_same,
    is_sealed,
    states,
)
from tracker.errors import InvalidInput, Undecipherable

CHUNK = 2000
# Below all numbers a thing can have.
LEAST = -(2**63)
# What reading raises where a column does not hold what the tracker writes there.
UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError, Undecipherable)


class Head(NamedTuple):
    """The end of the ledger at some time. Published, it lets no one cut or rewrite what was before."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def head() -> Head:
    last = Revision.objects.order_by("-number").first()
    return Head(last.number, last.hash) if last else Head(0, NOTHING)


def read_head(text: str) -> Head:
    """A head as it is printed. Raises InvalidInput."""
    number, _, hashed = text.partition(":")
    if not (number.isascii() and number.isdecimal() and len(hashed) == 64):
        raise InvalidInput(f"“{text}” is no head of a ledger: write NUMBER:HASH.")
    return Head(int(number), hashed)


def faults(published: Head | None = None) -> Iterator[str]:
    """Every place where the ledger was tampered with, in words; none where it is whole.

    `published` is a head told to others earlier: that revision must still stand as it was.
    """
    try:
        yield from _broken_links(published)
        yield from _altered_values()
        yield from _differences()
    except UNREADABLE as error:
        # What the error says may quote what is confidential.
        yield f"The rest cannot be read ({type(error).__name__})."


def _broken_links(published: Head | None) -> Iterator[str]:
    expected, previous = 1, NOTHING
    seen = published is None or published.number == 0
    columns = [field.attname for field in Revision._meta.concrete_fields]
    # Rows are read in half the time that models are.
    rows = Revision.objects.order_by("number").values_list(*columns, named=True)
    for revision in rows.iterator(CHUNK):
        if revision.number != expected:
            yield f"Revisions {expected} to {revision.number - 1} are missing."
        elif revision.previous != previous:
            yield f"Revision {revision.number} does not follow on the one before it."
        if hash_of(revision) != revision.hash:
            yield f"Revision {revision.number} is not what was written."
        if published and revision.number == published.number:
            seen = True
            if revision.hash != published.hash:
                yield f"Revision {revision.number} is not the one that was published."
        expected, previous = revision.number + 1, revision.hash
    if not seen and published:
        yield f"Revision {published.number}, which was published, is missing."


def _altered_values() -> Iterator[str]:
    rows = Sealed.objects.values_list("digest", "salt", "value")
    for named, salt, text in rows.iterator(CHUNK):
        if digest(salt, text) != named:
            yield f"The sealed value {named} is not what was written."


def _differences() -> Iterator[str]:
    """Things that are not, by the tables, what the ledger says."""
    for kind in KINDS:
        last = LEAST
        while things := _next_things(kind, last):
            last = things[-1]
            doubtful = [thing for thing, _paths in _unlike(kind, things)]
            for thing, paths in _unlike_for_certain(kind, doubtful):
                yield f"{kind} {thing} is not what the ledger says: {', '.join(paths)}."


def _next_things(kind: str, last: int) -> list[int]:
    """The numbers that follow, in the ledger or in the tables."""
    root = model_of(KINDS[kind][0], apps)
    recorded = Revision.objects.filter(kind=kind, thing__gt=last).order_by("thing")
    stored = root._base_manager.filter(pk__gt=last).order_by("pk")
    either = {*recorded.values_list("thing", flat=True).distinct()[: CHUNK // 4]}
    either |= {*stored.values_list("pk", flat=True)[: CHUNK // 4]}
    return sorted(either)[: CHUNK // 4]


def _unlike_for_certain(kind: str, doubtful: list[int]) -> list[tuple[int, list[str]]]:
    """Those that were not changed just between the reading of the ledger and that of the tables."""
    if not doubtful:
        return []
    with transaction.atomic():
        hold()
        return list(_unlike(kind, doubtful))


def _unlike(kind: str, things: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Those of these things of which ledger and tables say something else, and in which paths."""
    by_ledger = told(Revision.objects.filter(kind=kind, thing__in=things))
    by_tables = states(kind, things, apps)
    values = opened(by_ledger.values())
    for thing in things:
        paths = _unlike_paths(by_ledger.get(thing, {}), by_tables.get(thing, {}), values)
        if paths:
            yield thing, paths


def _unlike_paths(by_ledger: State, by_tables: State, values: dict[str, Any]) -> list[str]:
    absent = object()
    paths = []
    for path in sorted({*by_ledger, *by_tables}):
        said = by_ledger.get(path, absent)
        if is_sealed(said):
            # Of a value that was destroyed, nothing is known that could differ.
            said = values.get(said[SEALED], by_tables.get(path, absent))
        if not is_same(said, by_tables.get(path, absent)):
            paths.append(path)
    return paths
