from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_coverage, make_incident, make_place
from tests.public.stats.test_summary_and_timeline import told, wrong
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db
WEEKS = {"date_from": "2017-01-01", "date_to": "2017-01-14"}


def january(day):
    return dt.date(2017, 1, day)


@pytest.fixture
def valley(publish):
    """A valley with a siege of three days and a shelling of some week, in a country watched in part."""
    around = make_place(name="Rif Dimashq", kind="governorate")
    valley = make_place(name="Wadi Barada", kind="area", parent=around)
    elsewhere = make_place(name="Aleppo", kind="governorate")
    publish(make_incident(place=valley, date_start=january(3), date_end=january(5)))
    publish(
        make_incident(place=valley, date_start=january(8), date_end=january(9), date_precision=2)
    )
    publish(make_incident(place=elsewhere, date_start=january(1)))
    for access, place, first, last in (
        ("full", around, 1, 2),
        ("partial", None, 6, 7),
        ("denied", valley, 12, 12),
        ("denied", elsewhere, 13, 13),
        ("full", elsewhere, 14, 14),
    ):
        publishing.publish_coverage(
            make_coverage(
                access=access, place=place, date_start=january(first), date_end=january(last)
            )
        )
    valley.refresh_from_db()
    return str(valley.public_id)


def test_splits_days_without_an_incident_by_what_could_be_seen(client, valley):
    quiet = told(client, "quiet-days", place=valley, **WEEKS)

    # The siege lasts three days; the shelling was on the 8th or the 9th.
    assert (quiet["days"], quiet["with_incidents"], quiet["perhaps"]) == (14, 3, 2)
    assert quiet["quiet"] == {"covered": 2, "partly": 2, "not_covered": 1, "unknown": 4}


def test_tells_days_in_a_row_together(client, valley):
    stretches = told(client, "quiet-days", place=valley, **WEEKS)["stretches"]

    assert [tuple(each.values()) for each in stretches] == [
        ("2017-01-01", "2017-01-02", "quiet", "covered"),
        ("2017-01-03", "2017-01-05", "incidents", "unknown"),
        ("2017-01-06", "2017-01-07", "quiet", "partly"),
        ("2017-01-08", "2017-01-09", "perhaps", "unknown"),
        ("2017-01-10", "2017-01-11", "quiet", "unknown"),
        ("2017-01-12", "2017-01-12", "quiet", "not_covered"),
        ("2017-01-13", "2017-01-14", "quiet", "unknown"),
    ]


def test_takes_for_the_whole_country_what_is_told_of_a_part_as_a_part(client, valley):
    quiet = told(client, "quiet-days", **WEEKS)

    assert quiet["with_incidents"] == 4
    # Who was kept out of Aleppo on the 13th tells nothing of the rest of the country.
    assert quiet["quiet"] == {"covered": 0, "partly": 4, "not_covered": 0, "unknown": 4}


def test_asks_what_happened_before_the_days_and_lasted(client, valley):
    quiet = told(client, "quiet-days", place=valley, date_from="2017-01-05", date_to="2017-01-06")

    assert [each["what"] for each in quiet["stretches"]] == ["incidents", "quiet"]


def test_finds_the_days_without_what_was_asked_for(client, valley):
    quiet = told(client, "quiet-days", place=valley, act="siege", **WEEKS)

    assert quiet["with_incidents"] == quiet["perhaps"] == 0
    assert sum(quiet["quiet"].values()) == 14


@pytest.mark.parametrize(
    ("asked", "pointers"),
    [
        ({}, ["/date_from", "/date_to"]),
        ({"date_from": "2017-01-01"}, ["/date_to"]),
        ({"date_from": "2017-01-01", "date_to": "2019-01-02"}, ["/date_to"]),
        ({"date_from": "2017-01-02", "date_to": "2017-01-01"}, ["/date_to"]),
    ],
)
def test_names_what_is_wrong_in_what_is_asked(client, asked, pointers):
    assert wrong(client, "quiet-days", **asked) == pointers


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_reaches_to_the_ends_of_time(client, valley, day):
    assert told(client, "quiet-days", date_from=day, date_to=day)["quiet"]["unknown"] == 1
