"""Days: spans of them, how wide one known roughly may be, and what holds on which of them."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from tracker.codebook import DatePrecision
from tracker.errors import InvalidInput

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included. Raises InvalidInput where it ends too early."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.max

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput(f"the last day, {self.last}, is before the first, {self.first}.")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def within(self, other: Self) -> Self:
        """The part of it in another span; where there is none, the day of the other nearest to it."""
        return type(self)(
            min(max(self.first, other.first), other.last),
            max(min(self.last, other.last), other.first),
        )

    def widened(self, precision: int) -> Self:
        """Every day that may be meant by days known to this precision (UCDP's `date_prec`).

        Where the days given are as many as the precision says (2, 7, 8 and 32 for the grades 2 to 5)
        they are its bounds, as in every row of UCDP, and stand. Fewer days only lie within what is
        meant. A week begins on a Monday for one source and on a Saturday for another, so every seven
        days that hold those given may be meant, and likewise every six; a month and a year begin on
        the same day for all, so it is the month, or the year.
        """
        if precision == DatePrecision.DAYS and self.length < 2:
            return self._more(6 - self.length)
        if precision == DatePrecision.WEEK and self.length < 7:
            return self._more(7 - self.length)
        if precision == DatePrecision.MONTH and self.length < 8:
            end = calendar.monthrange(self.last.year, self.last.month)[1]
            return type(self)(self.first.replace(day=1), self.last.replace(day=end))
        if precision == DatePrecision.YEAR and self.length < 32:
            return type(self)(
                self.first.replace(month=1, day=1), self.last.replace(month=12, day=31)
            )
        return self

    def _more(self, days: int) -> Self:
        return type(self)(
            dt.date.fromordinal(max(self.first.toordinal() - days, dt.date.min.toordinal())),
            dt.date.fromordinal(min(self.last.toordinal() + days, dt.date.max.toordinal())),
        )


ALWAYS = Span()


class Timeline(Generic[T]):
    """What holds on each day, where it changes on a few days only. It is worked out once a stretch."""

    def __init__(self, spans: Iterable[Span], on: Callable[[dt.date], T]) -> None:
        """`on` says what holds on a day; it may change where one of the spans begins or has ended."""
        turns = {dt.date.min}
        for span in spans:
            turns.add(span.first)
            if span.last < dt.date.max:
                turns.add(span.last + dt.timedelta(days=1))
        self._turns = sorted(turns)
        self._stretches = [on(turn) for turn in self._turns]

    def during(self, span: Span) -> list[T]:
        """What holds on its days, in their order: one for each stretch they touch."""
        return self._stretches[
            bisect_right(self._turns, span.first) - 1 : bisect_right(self._turns, span.last)
        ]
