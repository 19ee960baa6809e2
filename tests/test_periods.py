from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.periods import ONE_DAY, Period, each, parts
from tracker.scope.days import Span

spans = st.tuples(st.dates(dt.date(2010, 1, 1), dt.date(2020, 1, 1)), st.integers(0, 1500)).map(
    lambda drawn: Span(drawn[0], drawn[0] + drawn[1] * ONE_DAY)
)


@given(st.sampled_from(Period), st.dates())
@example(Period.WEEK, dt.date.min)
@example(Period.WEEK, dt.date.max)
def test_holds_each_day_in_one_period(period, day):
    whole = period.whole(day)

    assert day in whole
    assert period.whole(whole.first) == period.whole(whole.last) == whole
    assert period.begun(day) == whole.first


@given(spans)
def test_makes_up_a_range_of_whole_periods_without_gap_or_overlap(span):
    made = [period.whole(start) for period, starts in parts(span).items() for start in starts]

    made.sort(key=lambda whole: whole.first)
    assert (made[0].first, made[-1].last) == (span.first, span.last)
    assert all(b.first - a.last == ONE_DAY for a, b in pairwise(made))
    # At most two broken years, of eleven months and sixty days each.
    assert len(made) <= span.length // 365 + 2 * (11 + 31)


@given(st.sampled_from(Period), spans)
def test_gives_every_period_that_a_range_touches(period, span):
    touched = list(each(period, span))

    assert span.first in touched[0]
    assert span.last in touched[-1]
    assert all(b.first - a.last == ONE_DAY for a, b in pairwise(touched))


@pytest.mark.parametrize(
    ("first", "days", "precision", "known"),
    [
        ("2017-01-15", 1, 1, {"day", "week", "month", "year"}),
        # A siege of ten days is counted on its first.
        ("2017-01-28", 10, 1, {"day", "week", "month", "year"}),
        ("2017-01-15", 1, 2, {"month", "year"}),
        ("2017-01-09", 7, 3, {"week", "month", "year"}),
        ("2017-01-30", 1, 3, {"year"}),
        ("2017-01-15", 1, 4, {"month", "year"}),
        ("2017-01-15", 1, 5, {"year"}),
    ],
)
def test_knows_a_date_to_belong_to_a_period_or_not(first, days, precision, known):
    begin = dt.date.fromisoformat(first)
    meant = Span(begin, begin + (days - 1) * ONE_DAY)

    assert {str(each) for each in Period if each.is_known_of(meant, precision)} == known | {"ever"}
