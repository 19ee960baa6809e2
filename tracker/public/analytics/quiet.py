"""Days without an incident, and whether anybody could have seen one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from django.db.models import QuerySet

from tracker.codebook import DatePrecision, Sight
from tracker.periods import ONE_DAY
from tracker.public.analytics.watching import Watch
from tracker.public.models import Entry
from tracker.public.rollups import DATED
from tracker.scope.days import Span

# How far from its days an incident of an imprecise date may have been.
FURTHEST = 366 * ONE_DAY
INCIDENTS, PERHAPS, QUIET = "incidents", "perhaps", "quiet"


@dataclass(frozen=True)
class Stretch:
    """Days in a row of which the same is known."""

    days: Span
    what: str
    coverage: Sight


@dataclass(frozen=True)
class Quiet:
    """How many days had incidents, may have had one, or were quiet: these by their coverage."""

    days: int
    with_incidents: int
    perhaps: int
    quiet: Counter[Sight]
    stretches: list[Stretch]


def days_without(entries: QuerySet[Entry], days: Span, watch: Watch) -> Quiet:
    """The days on which none of the incidents with these index rows, on whatever day they begin, was."""
    kinds = _kinds(entries, days)
    stretches = list(_stretches(kinds, days, watch))
    quiet: Counter[Sight] = Counter()
    for each in stretches:
        if each.what == QUIET:
            quiet[each.coverage] += each.days.length
    return Quiet(days.length, kinds.count(INCIDENTS), kinds.count(PERHAPS), quiet, stretches)


def _kinds(entries: QuerySet[Entry], days: Span) -> list[str]:
    """What each of the days is."""
    # How many more are under way on a day than on the day before.
    known, meant = ([0] * (days.length + 1) for _each in range(2))
    for first, last, precision in _dated(entries, days):
        told = Span(first, last).widened(precision)
        if told.last < days.first or told.first > days.last:
            continue
        touched = told.within(days)
        changes = known if precision == DatePrecision.DAY else meant
        changes[(touched.first - days.first).days] += 1
        changes[(touched.last - days.first).days + 1] -= 1
    return [
        INCIDENTS if known_of else PERHAPS if meant_of else QUIET
        for known_of, meant_of in zip(accumulate(known[:-1]), accumulate(meant[:-1]), strict=True)
    ]


def _dated(entries: QuerySet[Entry], days: Span) -> Iterator[tuple[Any, ...]]:
    """How they are dated, each way once."""
    earliest, latest = dt.date.min + FURTHEST, dt.date.max - FURTHEST
    near = entries.filter(
        date_start__lte=min(days.last, latest) + FURTHEST,
        date_end__gte=max(days.first, earliest) - FURTHEST,
    )
    # Not streamed: by a cursor PostgreSQL looks for them in one process alone.
    return iter(near.order_by().values_list(*DATED).distinct())


def _stretches(kinds: list[str], days: Span, watch: Watch) -> Iterator[Stretch]:
    for seen, sight in watch.stretches(days):
        begin, end = ((day - days.first).days for day in (seen.first, seen.last))
        alike = groupby(range(begin, end + 1), key=kinds.__getitem__)
        for what, numbers in alike:
            touched = [days.first + number * ONE_DAY for number in numbers]
            yield Stretch(Span(touched[0], touched[-1]), what, sight)
