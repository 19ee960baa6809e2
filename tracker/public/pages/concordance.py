"""What monitors counted on the same days, a column each. Nothing is added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.public.models import EditionQuerySet, Facet
from tracker.public.pages.reading import Document


@dataclass(frozen=True)
class Row:
    """One area on one day: under each monitor its counts there."""

    day: dt.date
    place: Document | None
    cells: list[list[Document]]


@dataclass(frozen=True)
class Concordance:
    """`left_out` is how many rows there are besides those shown."""

    monitors: list[Document]
    rows: list[Row]
    left_out: int


def beside_each_other(told: Iterable[dict[str, Any]], *, most: int) -> Concordance:
    """The newest days of a concordance, a day's areas in the order of their names.

    What is counted for the whole country stands first.
    """
    rows = sorted(told, key=_by_area)
    rows.sort(key=lambda row: row["day"], reverse=True)
    shown = rows[:most]
    monitors = {
        count["monitor"]["id"] or "": count["monitor"] for row in shown for count in row["counts"]
    }
    columns = sorted(monitors)
    return Concordance(
        monitors=[monitors[slug] for slug in columns],
        rows=[
            Row(
                dt.date.fromisoformat(row["day"]),
                row["place"],
                [
                    [each for each in row["counts"] if (each["monitor"]["id"] or "") == slug]
                    for slug in columns
                ],
            )
            for row in shown
        ],
        left_out=len(rows[most:]),
    )


def latest_day(tallies: EditionQuerySet) -> dt.date | None:
    """The last day that any of these counts belongs to."""
    days = Facet.objects.filter(name="day", edition__in=tallies).order_by("-value")
    latest = days.values_list("value", flat=True).first()
    return dt.date.fromisoformat(latest) if latest else None


def _by_area(row: dict[str, Any]) -> tuple[str, str]:
    return (row["place"]["name"], row["place"]["id"]) if row["place"] else ("", "")
