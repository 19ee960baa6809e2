"""The days of an agreement, in its own time zone."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.errors import InvalidInput
from tracker.scope.days import Span
from tracker.scope.terms import Provision, Reading, Terms


def terms(begins: str, ends: str | None = None, zone: str = "Asia/Damascus") -> Terms:
    return Terms(
        "agreement",
        Reading("text", "Text"),
        dt.datetime.fromisoformat(begins),
        dt.datetime.fromisoformat(ends) if ends else None,
        zone,
    )


@pytest.mark.parametrize(
    ("begins", "ends", "days", "whole"),
    [
        ("2016-12-29T22:00+00:00", None, "2016-12-30", "2016-12-30"),
        ("2016-12-30T00:00+02:00", None, "2016-12-30", "2016-12-30"),
        ("2016-12-30T00:00+00:00", None, "2016-12-30", "2016-12-31"),
        # The night the clocks go forward, midnight is one o'clock.
        ("2017-03-31T01:00+03:00", None, "2017-03-31", "2017-03-31"),
    ],
)
def test_begins_its_days_at_midnight_where_it_holds(begins, ends, days, whole):
    read = terms(begins, ends)

    assert str(read.days.first) == days
    assert read.whole_days
    assert str(read.whole_days.first) == whole


@pytest.mark.parametrize(
    ("ends", "last", "whole"),
    [
        ("2017-01-09T00:00+02:00", "2017-01-08", "2017-01-08"),
        ("2017-01-09T00:01+02:00", "2017-01-09", "2017-01-08"),
        ("2017-01-08T18:00+02:00", "2017-01-08", "2017-01-07"),
    ],
)
def test_ends_with_the_day_before_when_it_ends_at_midnight(ends, last, whole):
    read = terms("2017-01-01T00:00+02:00", ends)

    assert str(read.days.last) == last
    assert read.whole_days
    assert str(read.whole_days.last) == whole


def test_has_no_whole_day_where_it_lasts_for_some_hours():
    assert terms("2017-01-01T12:00+02:00", "2017-01-02T12:00+02:00").whole_days is None


def test_prohibits_by_a_general_provision_whatever_is_a_breach():
    assert Provision("1", "All hostilities cease").prohibits("posture")
    assert not Provision("1", "All hostilities cease").prohibits("none")


def test_lasts_to_the_end_of_the_calendar_where_it_has_no_end():
    assert terms("0001-01-01T00:00+00:00", zone="Etc/GMT+12").days == Span()


@pytest.mark.parametrize(
    ("begins", "ends", "zone", "named"),
    [
        ("2017-01-01T00:00", None, "UTC", "2017-01-01 00:00:00"),
        ("2017-01-02T00:00+02:00", "2017-01-02T00:00+02:00", "UTC", "before it begins"),
        ("2017-01-01T00:00+02:00", None, "Asia/Nowhere", "Asia/Nowhere"),
        ("2017-01-01T00:00+02:00", None, "Asia", "Asia"),
        ("2017-01-01T00:00+02:00", None, "../etc", "../etc"),
        ("2017-01-01T00:00+02:00", None, "", "''"),
    ],
)
def test_refuses_moments_and_time_zones_that_are_none(begins, ends, zone, named):
    with pytest.raises(InvalidInput, match=named):
        terms(begins, ends, zone)
