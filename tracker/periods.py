"""Calendar periods: in which one an incident is counted, and which of them make up a range of days.

Pure: shared by the desk, which keeps the counts, and by the public wing, which reads them.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from tracker.codebook import DatePrecision
from tracker.scope.days import Span

ONE_DAY = dt.timedelta(days=1)


class Period(StrEnum):
    """A stretch of the calendar. A week begins on a Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    EVER = "ever"

    def begun(self, day: dt.date) -> dt.date:
        """The first day of the one that holds a day."""
        if self is Period.WEEK:
            # The first week of the first year begins before it.
            return dt.date.fromordinal(max(1, day.toordinal() - day.weekday()))
        beginnings = {
            Period.DAY: day,
            Period.MONTH: day.replace(day=1),
            Period.YEAR: day.replace(month=1, day=1),
        }
        return beginnings.get(self, dt.date.min)

    def whole(self, day: dt.date) -> Span:
        """The one that holds a day."""
        first = self.begun(day)
        if self is Period.WEEK:
            to_sunday = dt.timedelta(days=6 - day.weekday())
            return Span(first, day + min(to_sunday, dt.date.max - day))
        ends = {
            Period.DAY: day,
            Period.MONTH: day.replace(day=calendar.monthrange(day.year, day.month)[1]),
            Period.YEAR: day.replace(month=12, day=31),
        }
        return Span(first, ends.get(self, dt.date.max))

    def is_known_of(self, days: Span, precision: int) -> bool:
        """Whether what is dated so is known to belong to the period that holds its first day.

        Of what is known to the day the first day decides, however long it lasted; of all else every
        day that may be meant has to lie in the period.
        """
        if precision == DatePrecision.DAY:
            return True
        whole, meant = self.whole(days.first), days.widened(precision)
        return meant.first in whole and meant.last in whole


def parts(span: Span) -> dict[Period, list[dt.date]]:
    """Whole years, whole months and single days, by their first days, that make up a range of days."""
    made: dict[Period, list[dt.date]] = {Period.YEAR: [], Period.MONTH: [], Period.DAY: []}
    day = span.first
    while True:
        period = _longest(day, span.last)
        made[period].append(day)
        end = period.whole(day).last
        if end >= span.last:
            return made
        day = end + ONE_DAY


def each(period: Period, span: Span) -> Iterator[Span]:
    """The periods that a range of days touches, each whole."""
    whole = period.whole(span.first)
    yield whole
    while whole.last < span.last:
        whole = period.whole(whole.last + ONE_DAY)
        yield whole


def _longest(day: dt.date, last: dt.date) -> Period:
    """The longest of them that begins on a day and has ended by the last one."""
    for period in (Period.YEAR, Period.MONTH):
        whole = period.whole(day)
        if whole.first == day and whole.last <= last:
            return period
    return Period.DAY
