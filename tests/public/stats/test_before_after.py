from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_agreement, make_coverage, make_incident
from tests.public.stats.test_summary_and_timeline import listed, told, wrong
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def at(day, hour=0):
    """A moment of January in Damascus, two hours before Greenwich."""
    return dt.datetime(2017, 1, day, hour, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture
def agreements():
    """A truce of six whole days, and one from noon that lasts."""
    for agreement in (
        make_agreement(slug="truce", effective_from=at(10), effective_to=at(16)),
        make_agreement(slug="noon", effective_from=at(10, 12), effective_to=None),
    ):
        publishing.publish_agreement(agreement)


def days(answer):
    return {each["window"]: (each["date_from"][-5:], each["date_to"][-5:]) for each in answer}


def test_lays_windows_of_equal_length_before_during_and_after(client, agreements):
    compared = told(client, "before-after", around="truce")

    assert compared["days"] == 6
    assert days(compared["windows"]) == {
        "before": ("01-04", "01-09"),
        "during": ("01-10", "01-15"),
        "after": ("01-16", "01-21"),
    }


def test_leaves_out_the_day_on_which_it_began_at_noon(client, agreements):
    compared = told(client, "before-after", around="noon", days=2)

    assert days(compared["windows"]) == {
        "before": ("01-08", "01-09"),
        "during": ("01-11", "01-12"),
    }


def test_counts_in_each_window_what_its_list_holds(client, publish, agreements):
    for day, precision in ((8, 1), (9, 2), (10, 1), (15, 1), (20, 1), (25, 1)):
        publish(make_incident(date_start=dt.date(2017, 1, day), date_precision=precision))
    publishing.publish_coverage(
        make_coverage(access="full", date_start=dt.date(2017, 1, 9), date_end=dt.date(2017, 1, 12))
    )

    windows = told(client, "before-after", around="truce")["windows"]

    assert [(each["incidents"], each["imprecise"]) for each in windows] == [(2, 1), (2, 0), (1, 0)]
    assert [each["coverage"]["covered"] for each in windows] == [1, 3, 0]
    assert [each["coverage"]["unknown"] for each in windows] == [5, 3, 6]
    assert [listed(client, each["permalink"]) for each in windows] == [2, 2, 1]


def test_counts_by_the_filters_of_the_list(client, publish, agreements):
    publish(make_incident(date_start=dt.date(2017, 1, 9), acts=["siege"]))
    publish(make_incident(date_start=dt.date(2017, 1, 9)))

    windows = told(client, "before-after", around="truce", act="siege")["windows"]

    assert [each["incidents"] for each in windows] == [1, 0, 0]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/around"),
        ({"around": "nothing"}, "/around"),
        ({"around": "truce", "days": 7}, "/days"),
        ({"around": "truce", "days": 0}, "/days"),
        ({"around": "noon", "days": 367}, "/days"),
        ({"around": "truce", "date_from": "2017-01-01"}, "/date_from"),
    ],
)
def test_names_what_is_wrong_in_what_is_asked(client, agreements, asked, pointer):
    assert wrong(client, "before-after", **asked) == [pointer]
