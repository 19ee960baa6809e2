"""How long it is since the last verified violation, and whether anybody could have seen another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.codebook import ESTABLISHED, Sight, VerdictCode
from tracker.periods import ONE_DAY
from tracker.public import statistics
from tracker.public.analytics import quiet
from tracker.public.analytics.watching import watch
from tracker.public.models import Entry
from tracker.public.pages.agreement.view import (
    Filters,
    View,
    asked_for,
    told_sights,
)
from tracker.scope.days import Span

A_YEAR = 365 * ONE_DAY


@dataclass(frozen=True)
class Quiet:
    """The days at the end of an agreement's days so far on which none was, or may have been.

    `is_all` holds where these are all of its days.
    """

    days: int
    is_all: bool
    coverage: list[tuple[Sight, int]]
    verified: Filters


def since_the_last(view: View) -> Quiet | None:
    """None where there is no reading to count violations under, or no day yet to count."""
    days = view.standing.days
    if days is None or view.reading is None:
        return None
    filters = view.judged(VerdictCode.VIOLATION, verification=",".join(ESTABLISHED))
    violations = statistics.selected_on_any_day(asked_for(filters)).entries
    # The last of them is seldom long ago, and to look at a few days costs little.
    recent = Span(days.last - A_YEAR, days.last).within(days)
    seen = _quiet_to_the_end(violations, recent)
    if seen.total() == recent.length < days.length:
        seen = _quiet_to_the_end(violations, days)
    return Quiet(seen.total(), seen.total() == days.length, told_sights(seen), filters)


def _quiet_to_the_end(violations: QuerySet[Entry], days: Span) -> Counter[Sight]:
    """The days after the last that had or may have had one, by what could be seen on them."""
    seen: Counter[Sight] = Counter()
    for stretch in reversed(quiet.days_without(violations, days, watch(days)).stretches):
        if stretch.what != quiet.QUIET:
            break
        seen[stretch.coverage] += stretch.days.length
    return seen
