"""What the ledger tells of things an import has brought."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.desk.models import ImportRun, Revision


def why(run: ImportRun) -> str:
    """The reason by which the ledger names a run: in English, whoever's language the worker has."""
    return f"import {run.pk}"


def touched(run: ImportRun, kind: str, things: Iterable[int]) -> set[int]:
    """Those of these things that anything but the run has changed since the run first did."""
    found: set[int] = set()
    brought: set[int] = set()
    revisions = Revision.objects.filter(kind=kind, thing__in=things).order_by("number")
    for thing, reason in revisions.values_list("thing", "why").iterator():
        if reason.endswith(why(run)):
            brought.add(thing)
        elif thing in brought:
            found.add(thing)
    return found
