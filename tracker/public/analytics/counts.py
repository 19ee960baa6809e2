"""Incidents counted: read from what is counted ahead where nothing but days and one code is asked,
else anew."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Max, Min, Q, QuerySet, Sum

from tracker.periods import Period, parts
from tracker.public.analytics.selection import Selection
from tracker.public.models import Rollup
from tracker.public.rollups import ALL, DATED
from tracker.scope.days import Span

# How many begin in each period, by its first day; under None those not known to belong to any.
ByPeriod = Counter[dt.date | None]


def extent(selection: Selection) -> Span | None:
    """The days asked for; where they are open, from or to the first day of an incident.

    None where there is neither an incident nor an end to them.
    """
    first, last = selection.first, selection.last
    if first is None or last is None:
        earliest, latest = first_and_last(selection)
        first, last = first or earliest, last or latest
    if first is None or last is None or first > last:
        return None
    return Span(first, last)


def by_value(selection: Selection, names: Iterable[str]) -> dict[str, Counter[str]]:
    """How many there are under each value, by what they are counted by; under "" those with none."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    ahead = {name for name in counted if selection.is_counted_ahead(name)}
    for name in counted.keys() - ahead:
        for value, number in selection.rows(name):
            counted[name][value] += number
    if ahead:
        held = _held(selection, *ahead).filter(during(selection))
        summed = held.values("name", "value").annotate(number=Sum("incidents")).order_by()
        for name, value, number in summed.values_list("name", "value", "number"):
            if number:
                if not selection.is_of_all:
                    name, value = ALL, ""
                counted[name][value] = number
    return counted


def total(selection: Selection) -> int:
    return by_value(selection, [ALL])[ALL].total()


def by_period(
    selection: Selection, period: Period, name: str, *, ending: str = ""
) -> dict[str, ByPeriod]:
    """How many begin in each period, by value; of the values those alone that end in this."""
    counted: dict[str, ByPeriod] = defaultdict(Counter)
    if not selection.is_counted_ahead(name):
        _count(selection, period, name, counted)
    else:
        held = _held(selection, name).filter(
            _whole(selection, period), period=period, value__endswith=ending
        )
        told = held.values_list("value", "start", "is_certain", "incidents")
        for value, start, is_certain, number in told.iterator():
            under = value if selection.is_of_all else ""
            counted[under][start if is_certain else None] += number
        for days in _edges(selection, period):
            _count(selection, period, name, counted, days=days)
    return {value: counts for value, counts in counted.items() if value.endswith(ending)}


def during(selection: Selection) -> Q:
    """What picks the counts that together make up the days asked for."""
    if selection.first is None and selection.last is None:
        return Q(period=Period.EVER)
    picked = Q(pk__in=[])
    for period, starts in made_up(selection).items():
        picked |= Q(period=period, start__in=starts)
    return picked


def made_up(selection: Selection) -> dict[Period, list[dt.date]]:
    """The whole years, whole months and single days that hold what is asked for."""
    held = extent(selection)
    earliest, latest = first_and_last(selection)
    if held is None or earliest is None or latest is None:
        return {}
    # No further than there are incidents: the days asked for may be all of time.
    first, last = max(held.first, earliest), min(held.last, latest)
    return parts(Span(first, last)) if first <= last else {}


def _held(selection: Selection, *names: str) -> QuerySet[Rollup]:
    """What is counted ahead by these, or of those under the one code that was asked for."""
    if selection.under is None or selection.is_of_all:
        return Rollup.objects.filter(name__in=names)
    name, value = selection.under
    return Rollup.objects.filter(name=name, value=value)


def _count(
    selection: Selection,
    period: Period,
    name: str,
    counted: dict[str, ByPeriod],
    *,
    days: Span | None = None,
) -> None:
    for first, last, precision, value, number in selection.rows(name, *DATED, days=days):
        counted[value][_start(period, first, last, precision)] += number


@lru_cache(maxsize=65536)
def _start(period: Period, first: dt.date, last: dt.date, precision: int) -> dt.date | None:
    """The first day of the period that what is dated so belongs to; None where that is not known."""
    return period.begun(first) if period.is_known_of(Span(first, last), precision) else None


def _whole(selection: Selection, period: Period) -> Q:
    """What picks the periods of which every day is asked for."""
    picked = Q()
    if selection.first:
        whole = period.whole(selection.first)
        picked &= Q(start__gt=whole.last) | Q(start=selection.first)
    if selection.last:
        whole = period.whole(selection.last)
        is_whole = whole.last == selection.last
        picked &= Q(start__lte=whole.first) if is_whole else Q(start__lt=whole.first)
    return picked


def _edges(selection: Selection, period: Period) -> list[Span]:
    """The days asked for of which not the whole period is."""
    first, last = selection.first or dt.date.min, selection.last or dt.date.max
    at_first, at_last = period.whole(first), period.whole(last)
    if at_first == at_last:
        return [] if at_first == Span(first, last) else [Span(first, last)]
    edges = []
    if at_first.first < first:
        edges.append(Span(first, at_first.last))
    if at_last.last > last:
        edges.append(Span(at_last.first, last))
    return edges


def first_and_last(selection: Selection) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that any of them begins on."""
    if selection.under is not None:
        held = _held(selection, ALL).filter(period=Period.DAY)
        if selection.first:
            held = held.filter(start__gte=selection.first)
        if selection.last:
            held = held.filter(start__lte=selection.last)
        found = held.aggregate(earliest=Min("start"), latest=Max("start"))
    else:
        day = "date_start"
        found = selection.entries.aggregate(earliest=Min(day), latest=Max(day))
    return found["earliest"], found["latest"]
