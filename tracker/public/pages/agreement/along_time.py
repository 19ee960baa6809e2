"""Incidents along time: before an agreement, on its days, and after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.codebook import DatePrecision, Sight, VerdictCode
from tracker.periods import ONE_DAY, Period, each
from tracker.public.analytics import comparing, counts, timeline
from tracker.public.analytics.watching import watch
from tracker.public.charts import bars
from tracker.public.pages.agreement.view import (
    VERDICTS,
    Counted,
    Filters,
    View,
    selection,
    told_sights,
)
from tracker.public.statistics import USUAL_WINDOW
from tracker.scope.days import Span

MOST_COLUMNS = 120
UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Row:
    """What one column of the chart shows; `listed` are the filters of all that begins on its days."""

    days: Span
    listed: Filters
    incidents: Counted
    verdicts: list[Counted]
    contested: Counted
    coverage: Sight


@dataclass(frozen=True)
class Chart:
    """`imprecise` of all incidents stand in no column, since it is not known in which they belong.

    `left_out` is how many days after the last one drawn are not, for nothing is published of them.
    """

    bars: bars.Bars
    rows: list[Row]
    interval: Period
    days: Span
    incidents: Counted
    imprecise: int
    unjudged: int
    left_out: int


@dataclass(frozen=True)
class Window:
    name: str
    days: Span
    incidents: Counted
    imprecise: int
    coverage: list[tuple[Sight, int]]


@dataclass(frozen=True)
class Windows:
    """Windows of as many days each; `pending` are the days of the one that is not over yet."""

    days: int
    windows: list[Window]
    pending: Span | None


def chart(view: View) -> Chart:
    """Columns by what incidents are under the reading, and what monitors could see beneath."""
    whole = _whole(view)
    interval = _interval(_drawn(whole))
    days = _in_whole(interval, _drawn(whole), view.on)
    reading = view.reading["id"] if view.reading else ""
    split = timeline.Split("verdict", reading, view.slug) if reading else None
    spans = timeline.buckets(days, interval) or []
    along = timeline.draw(selection(_begun(days)), spans, interval, watch(days), split)
    series = {one.value or UNJUDGED: one.counts for one in along.series}
    turns = [view.standing.first]
    if view.standing.last:
        turns.append(view.standing.last + ONE_DAY)
    return Chart(
        bars=bars.draw(_buckets(along, series), turns),
        rows=[
            _row(view, interval, bucket, {value: told[at] for value, told in series.items()})
            for at, bucket in enumerate(along.buckets)
            if bucket.incidents
        ],
        interval=interval,
        days=days,
        incidents=Counted(along.incidents, _begun(days)),
        imprecise=along.imprecise,
        unjudged=sum(series.get(UNJUDGED, [])) if reading else 0,
        left_out=max((whole.last - days.last).days, 0),
    )


def windows(view: View) -> Windows | None:
    """The incidents in the days before, the first and the days after; None before it began."""
    so_far = view.standing.days
    in_force = comparing.InForce.of(view.agreement)
    whole = so_far and (so_far.last - in_force.first).days + 1
    if in_force.last and whole:
        whole = min(whole, (in_force.last - in_force.first).days + 1)
    if not whole or whole < 1:
        return None
    length = min(USUAL_WINDOW, whole)
    spans = in_force.windows(length)
    pending = None
    if "after" in spans and spans["after"].last > view.standing.as_of:
        pending = spans.pop("after")
    around = Span(spans["before"].first, max(days.last for days in spans.values()))
    compared = comparing.compare(selection({}), spans, watch(around))
    return Windows(length, [_window(one) for one in compared], pending)


def _window(window: comparing.Window) -> Window:
    counted = Counted(window.incidents, _begun(window.days))
    return Window(window.name, window.days, counted, window.imprecise, told_sights(window.coverage))


def _whole(view: View) -> Span:
    """From as long before it began as a window is, to as long after it ended or to the day asked."""
    standing = view.standing
    lasted = (standing.last - standing.first).days + 1 if standing.last else USUAL_WINDOW
    around = min(USUAL_WINDOW, lasted) * ONE_DAY
    last = min(standing.as_of, standing.last + around) if standing.last else standing.as_of
    return Span(standing.first - around, max(last, standing.first))


def _drawn(whole: Span) -> Span:
    """The same, without what follows where nothing has been published for so long that columns of
    a week would not do."""
    if whole.length <= MOST_COLUMNS * 7:
        return whole
    _first, latest = counts.first_and_last(selection(_begun(whole)))
    last = (latest or whole.first) + USUAL_WINDOW * ONE_DAY
    soonest = whole.first + 2 * USUAL_WINDOW * ONE_DAY
    return Span(whole.first, min(whole.last, max(last, soonest)))


def _interval(days: Span) -> Period:
    """The shortest of which there are not too many."""
    for period in (Period.DAY, Period.WEEK, Period.MONTH):
        if len([*each(period, days)]) <= MOST_COLUMNS:
            return period
    return Period.YEAR


def _in_whole(interval: Period, days: Span, on: dt.date | None) -> Span:
    """The same in whole periods, which are counted ahead, but none beyond the day that was asked."""
    return Span(interval.begun(days.first), days.last if on else interval.whole(days.last).last)


def _begun(days: Span) -> Filters:
    return {"date_from": days.first.isoformat(), "date_to": days.last.isoformat()}


def _buckets(along: timeline.Timeline, series: dict[str, list[int]]) -> list[bars.Bucket]:
    """What is drawn of each: by verdict where there is a reading, else all of one kind."""
    kinds = [*map(str, VERDICTS), UNJUDGED] if series else []
    return [
        bars.Bucket(
            bucket.start,
            bucket.end,
            {kind: series[kind][at] for kind in kinds if kind in series}
            or {UNJUDGED: bucket.incidents},
            str(bucket.coverage),
        )
        for at, bucket in enumerate(along.buckets)
    ]


def _row(view: View, interval: Period, bucket: timeline.Bucket, numbers: dict[str, int]) -> Row:
    """Its numbers are linked where a list holds just what the column does: what is dated to the day.

    What is known to the week belongs in a column of a week, and no filter finds it with these.
    """
    days = Span(bucket.start, bucket.end)
    listed = _begun(days)
    dated = {**listed, "max_date_precision": str(DatePrecision.DAY)}

    def counted(number: int, **more: str) -> Counted:
        return Counted(number, {**dated, **more} if interval is Period.DAY else None)

    reading = view.reading["id"] if view.reading else ""
    return Row(
        days,
        listed,
        counted(bucket.incidents),
        [
            counted(numbers.get(verdict, 0), verdict=verdict, reading=reading)
            for verdict in VERDICTS
            if reading
        ],
        counted(numbers.get(VerdictCode.CONTESTED, 0), contested="true", agreement=view.slug),
        bucket.coverage,
    )
