"""Incidents that are held to have happened: those of a period, and those that came to be so in it."""

from __future__ import annotations

from typing import Any

import orjson

from tracker.codebook import ESTABLISHED
from tracker.public.models import Edition, EditionQuerySet, Kind
from tracker.scope.days import Span

# By more than one source, by a monitor's own eyes, or by the desk.
# So many of them are told one by one.
MOST_TOLD = 200

Told = list[dict[str, str]]


def of_days(days: Span, agreement: str | None) -> Told:
    """Those that began on these days, oldest first."""
    found = _held(agreement).filter(entry__date_start__range=(days.first, days.last))
    rows = found.order_by("entry__date_start", "public_id")
    told = rows.values_list("public_id", "entry__verification")[:MOST_TOLD]
    return [{"id": public_id, "verification": code} for public_id, code in told]


def meanwhile(days: Span, agreement: str | None) -> Told | None:
    """Those of earlier days that came to be so on these; None where too many changed to look at."""
    changed = _held(agreement).filter(
        entry__date_start__lt=days.first, entry__updated_on__gte=days.first
    )
    # In the order of an index, so that too many are soon found.
    rows = changed.order_by("entry__updated_on", "entry__public_id")
    held = dict(rows.values_list("public_id", "entry__verification")[: MOST_TOLD + 1])
    if len(held) > MOST_TOLD:
        return None
    histories = Edition.objects.of(Kind.HISTORY).filter(public_id__in=held).order_by("public_id")
    told = (orjson.loads(each) for each in histories.values_list("document", flat=True))
    return [
        {"id": each["id"], "verification": held[each["id"]]}
        for each in told
        if any(_establishes(revision, days) for revision in each["revisions"])
    ]


def _held(agreement: str | None) -> EditionQuerySet:
    codes = [str(each) for each in ESTABLISHED]
    held = Edition.objects.of(Kind.INCIDENT).filter(entry__verification__in=codes)
    return held.with_facet("agreement", [agreement]) if agreement else held


def _establishes(revision: dict[str, Any], days: Span) -> bool:
    """Whether a revision of these days says it of an incident of which it was not said before."""
    if not days.first.isoformat() <= revision["date"] <= days.last.isoformat():
        return False
    changes = (each for each in revision["differences"] if each["field"] == "verification")
    return any(
        each["after"] in ESTABLISHED and each["before"] not in ESTABLISHED for each in changes
    )
