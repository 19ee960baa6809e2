"""The incidents that answer to what was asked, along time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.codebook import Sight, VerdictCode
from tracker.periods import Period
from tracker.public import statistics
from tracker.public.analytics import counts, timeline
from tracker.public.analytics.timeline import Split, Timeline
from tracker.public.analytics.watching import Watch, watch
from tracker.public.charts import bars
from tracker.public.charts.bars import Bars
from tracker.public.pages.readings import ReadBy
from tracker.scope.days import Span

# More columns than these are not told apart on a phone.
MOST_COLUMNS = 120
# More incidents than these are told apart by verdict only where they are counted ahead.
MOST_SPLIT = 20_000
NOT_JUDGED = "not_judged"
# From the bottom of a column up.
KINDS = (VerdictCode.VIOLATION, VerdictCode.UNDETERMINED, VerdictCode.OUTSIDE)
PERIODS = (Period.DAY, Period.WEEK, Period.MONTH, Period.YEAR)


@dataclass(frozen=True)
class Row:
    """One column in numbers; `verdicts` in the order of KINDS, then those that are not judged."""

    first: dt.date
    last: dt.date
    incidents: int
    verdicts: list[int]
    coverage: Sight
    query: dict[str, str]
    """The filters that pick all that begin on these days, however well they are dated."""


@dataclass(frozen=True)
class AlongTime:
    """`imprecise` of the incidents are dated too vaguely for a column, and stand in none."""

    interval: Period
    incidents: int
    imprecise: int
    is_split: bool
    rows: list[Row]
    bars: Bars

    @property
    def told(self) -> list[Row]:
        return [row for row in self.rows if row.incidents]

    @property
    def has_not_judged(self) -> bool:
        return any(row.verdicts[-1] for row in self.rows)


def drawn(asked: dict[str, Any], by: ReadBy | None, filters: Mapping[str, str]) -> AlongTime:
    """The chart, `filters` being what was asked as the address tells it."""
    selection = statistics.selected(asked)
    days = counts.extent(selection)
    period, spans = _columns(days)
    watched = watch(days, statistics.places(asked)) if days else Watch([], [])
    told = timeline.draw(selection, spans, period, watched, None)
    is_split = by is not None and (selection.is_of_all or told.incidents <= MOST_SPLIT)
    if by is not None and is_split:
        split = Split("verdict", by.reading["id"], by.agreement["id"])
        told = timeline.draw(selection, spans, period, watched, split)
    rows = _rows(told, filters)
    return AlongTime(
        interval=period,
        incidents=told.incidents,
        imprecise=told.imprecise,
        is_split=is_split,
        rows=rows,
        bars=bars.draw([_column(row, is_split) for row in rows]),
    )


def _columns(days: Span | None) -> tuple[Period, list[Span]]:
    """The shortest periods of which a chart can hold as many as these days make; none where it
    cannot hold the years."""
    for period in PERIODS:
        spans = timeline.buckets(days, period)
        if spans is not None and (len(spans) <= MOST_COLUMNS or period == Period.YEAR):
            return period, spans
    return Period.YEAR, []


def _rows(told: Timeline, filters: Mapping[str, str]) -> list[Row]:
    under = {each.value: each.counts for each in told.series}
    nothing = [0] * len(told.buckets)
    series = [under.get(kind, nothing) for kind in (*KINDS, None)]
    return [
        Row(
            first=bucket.start,
            last=bucket.end,
            incidents=bucket.incidents,
            verdicts=[each[at] for each in series],
            coverage=bucket.coverage,
            query={**filters, **statistics.told_days(Span(bucket.start, bucket.end))},
        )
        for at, bucket in enumerate(told.buckets)
    ]


def _column(row: Row, is_split: bool) -> bars.Bucket:  # noqa: FBT001 - of a row, as all else
    kinds = (*map(str, KINDS), NOT_JUDGED)
    counted = dict(zip(kinds, row.verdicts, strict=True)) if is_split else {"all": row.incidents}
    return bars.Bucket(row.first, row.last, counted, row.coverage)
