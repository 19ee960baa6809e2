"""How many incidents there are in all, and under each code."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from tracker.public.analytics import counts
from tracker.public.analytics.selection import Selection
from tracker.public.rollups import ALL

BY = ("act", "accused", "verification")
# So many values of each are told, the most frequent first.
MOST_VALUES = 50


@dataclass(frozen=True)
class Count:
    """How many incidents have a value; None is having none."""

    value: str | None
    incidents: int


@dataclass(frozen=True)
class ReadingCounts:
    reading: str
    verdicts: list[Count]


@dataclass(frozen=True)
class Summary:
    incidents: int
    first_day: dt.date | None
    last_day: dt.date | None
    by: dict[str, list[Count]]
    readings: list[ReadingCounts]
    contested: list[Count]


def summarise(selection: Selection) -> Summary:
    told = counts.by_value(selection, [ALL, *BY, "verdict", "contested"])
    earliest, latest = counts.first_and_last(selection)
    return Summary(
        incidents=told[ALL].total(),
        first_day=earliest,
        last_day=latest,
        by={name: ranked(told[name]) for name in BY},
        readings=_under_each_reading(told["verdict"]),
        contested=ranked(Counter({slug: n for slug, n in told["contested"].items() if slug})),
    )


def ranked(counted: Counter[str]) -> list[Count]:
    """The most frequent values first."""
    pairs = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Count(value or None, number) for value, number in pairs[:MOST_VALUES]]


def _under_each_reading(verdicts: Counter[str]) -> list[ReadingCounts]:
    by_reading: dict[str, Counter[str]] = {}
    for value, number in verdicts.items():
        verdict, _at, reading = value.partition("@")
        if reading:
            by_reading.setdefault(reading, Counter())[verdict] = number
    return [ReadingCounts(slug, ranked(by_reading[slug])) for slug in sorted(by_reading)]
