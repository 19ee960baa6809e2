"""Incidents before, during and after an agreement, in windows of equal length."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tracker.codebook import DatePrecision, Sight
from tracker.periods import ONE_DAY
from tracker.public.analytics.selection import Selection
from tracker.public.analytics.watching import Watch
from tracker.public.rollups import ALL, DATED
from tracker.scope.days import Span


@dataclass(frozen=True)
class InForce:
    """The days on all of which an agreement was in force; `last` is None while it lasts.

    `eve` and `morrow` are the last day before it began and the first after it ceased to be.
    """

    eve: dt.date
    first: dt.date
    last: dt.date | None
    morrow: dt.date | None

    @classmethod
    def of(cls, agreement: Mapping[str, Any]) -> InForce:
        zone = ZoneInfo(agreement["time_zone"])
        began = dt.datetime.fromisoformat(agreement["effective_from"]).astimezone(zone)
        eve = began.date() - ONE_DAY
        first = began.date() if began.time() == dt.time.min else began.date() + ONE_DAY
        if agreement["effective_to"] is None:
            return cls(eve, first, None, None)
        ended = dt.datetime.fromisoformat(agreement["effective_to"]).astimezone(zone)
        # One that ends at midnight ends with the day before.
        morrow = ended.date() if ended.time() == dt.time.min else ended.date() + ONE_DAY
        return cls(eve, first, ended.date() - ONE_DAY, morrow)

    @property
    def length(self) -> int | None:
        """How many whole days it was in force; None while it lasts."""
        return None if self.last is None else max((self.last - self.first).days + 1, 0)

    def windows(self, days: int) -> dict[str, Span]:
        """The days before, during and, where it has ended, after it: as many each."""
        more = (days - 1) * ONE_DAY
        spans = {
            "before": Span(self.eve - more, self.eve),
            "during": Span(self.first, self.first + more),
        }
        if self.morrow:
            spans["after"] = Span(self.morrow, self.morrow + more)
        return spans


@dataclass(frozen=True)
class Window:
    """What was counted in one of them."""

    name: str
    days: Span
    incidents: int
    imprecise: int
    coverage: Counter[Sight]


def compare(selection: Selection, spans: Mapping[str, Span], watch: Watch) -> list[Window]:
    return [_window(name, days, selection, watch) for name, days in spans.items()]


def _window(name: str, days: Span, selection: Selection, watch: Watch) -> Window:
    incidents = imprecise = 0
    for first, last, precision, _all, number in selection.rows(ALL, *DATED, days=days):
        incidents += number
        meant = Span(first, last).widened(precision)
        if precision != DatePrecision.DAY and not (meant.first in days and meant.last in days):
            imprecise += number
    return Window(name, days, incidents, imprecise, watch.count(days))
