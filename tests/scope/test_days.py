"""How wide a day that is known roughly may be."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.errors import InvalidInput
from tracker.scope.days import Span


def span(text: str) -> Span:
    first, _dash, last = text.partition(" – ")
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("given", "precision", "meant"),
    [
        ("2016-12-28", 1, "2016-12-28"),
        ("2016-12-28 – 2017-01-03", 1, "2016-12-28 – 2017-01-03"),
        ("2016-12-28", 2, "2016-12-23 – 2017-01-02"),
        ("2016-12-28 – 2016-12-29", 2, "2016-12-28 – 2016-12-29"),
        ("2016-12-28", 3, "2016-12-22 – 2017-01-03"),
        ("2016-12-27 – 2016-12-29", 3, "2016-12-23 – 2017-01-02"),
        ("2016-12-25 – 2016-12-31", 3, "2016-12-25 – 2016-12-31"),
        ("2017-02-03", 4, "2017-02-01 – 2017-02-28"),
        ("2016-12-30 – 2017-01-02", 4, "2016-12-01 – 2017-01-31"),
        ("2016-12-28 – 2017-01-04", 4, "2016-12-28 – 2017-01-04"),
        ("2016-12-20 – 2017-01-10", 4, "2016-12-20 – 2017-01-10"),
        ("2016-03-03", 5, "2016-01-01 – 2016-12-31"),
        ("2016-11-01 – 2017-02-15", 5, "2016-11-01 – 2017-02-15"),
    ],
)
def test_widens_days_by_their_precision(given, precision, meant):
    assert span(given).widened(precision) == span(meant)


@pytest.mark.parametrize("precision", range(1, 6))
@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_widens_no_day_beyond_the_calendar(day, precision):
    assert day in Span(day, day).widened(precision)


def test_refuses_days_that_run_backwards():
    with pytest.raises(InvalidInput, match="2016-12-28"):
        span("2016-12-29 – 2016-12-28")
