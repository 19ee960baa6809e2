"""Incidents along time, in buckets of the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from tracker.codebook import Sight
from tracker.periods import Period, each
from tracker.public.analytics import counts
from tracker.public.analytics.counts import ByPeriod
from tracker.public.analytics.selection import Selection
from tracker.public.analytics.watching import Watch
from tracker.public.rollups import ALL
from tracker.scope.days import Span

# What is drawn: more of either, and nobody could tell them apart.
MOST_BUCKETS, MOST_SERIES = 400, 30


@dataclass(frozen=True)
class Bucket:
    """One stretch of the days asked for."""

    start: dt.date
    end: dt.date
    incidents: int
    coverage: Sight


@dataclass(frozen=True)
class Series:
    """The incidents under one value, bucket by bucket; None is under none at all."""

    value: str | None
    incidents: int
    imprecise: int
    counts: list[int]


@dataclass(frozen=True)
class Timeline:
    incidents: int
    imprecise: int
    buckets: list[Bucket]
    series: list[Series]
    left_out: int


@dataclass(frozen=True)
class Split:
    """What the incidents are told apart by: act, accused, verification; or verdict, under a reading."""

    by: str
    reading: str = ""
    agreement: str = ""


def buckets(days: Span | None, period: Period) -> list[Span] | None:
    """The periods that these days touch, as far as they lie in them; None where they are too many."""
    if days is None:
        return []
    touched = list(islice(each(period, days), MOST_BUCKETS + 1))
    return [whole.within(days) for whole in touched] if len(touched) <= MOST_BUCKETS else None


def draw(
    selection: Selection, spans: list[Span], period: Period, watch: Watch, split: Split | None
) -> Timeline:
    """The incidents in these buckets, which hold all the days there are any on."""
    starts = [period.begun(span.first) for span in spans]
    all_of_them = counts.by_period(selection, period, ALL).get("", ByPeriod())
    series = _series(selection, period, split, all_of_them) if split else {}
    drawn = [
        Series(value or None, told.total(), told[None], [told[start] for start in starts])
        for value, told in _largest(series)
    ]
    return Timeline(
        incidents=all_of_them.total(),
        imprecise=all_of_them[None],
        buckets=[
            Bucket(span.first, span.last, all_of_them[start], watch.over(span))
            for span, start in zip(spans, starts, strict=True)
        ],
        series=drawn[:MOST_SERIES],
        left_out=len(drawn[MOST_SERIES:]),
    )


def _series(
    selection: Selection, period: Period, split: Split, all_of_them: ByPeriod
) -> dict[str, ByPeriod]:
    if split.by != "verdict":
        return counts.by_period(selection, period, split.by)
    ending = f"@{split.reading}"
    judged = counts.by_period(selection, period, split.by, ending=ending)
    series = {value.removesuffix(ending): told for value, told in judged.items()}
    series[""] = all_of_them.copy()
    for told in judged.values():
        series[""].subtract(told)
    contested = counts.by_period(selection, period, "contested")
    series["contested"] = contested.get(split.agreement, ByPeriod())
    return series


def _largest(series: Mapping[str, ByPeriod]) -> list[tuple[str, ByPeriod]]:
    """Those that hold anything, the largest first."""
    held = [(value, told) for value, told in series.items() if told.total()]
    return sorted(held, key=lambda pair: (-pair[1].total(), pair[0]))
