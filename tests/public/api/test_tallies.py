from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import (
    make_bulletin,
    make_incident,
    make_party,
    make_place,
    make_source,
)
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db
SHIFT = {"date_start": dt.date(2017, 1, 22), "date_end": dt.date(2017, 1, 23)}


@pytest.fixture
def bulletins():
    """A Russian and a Turkish count of 22 January, and a Russian one of the day after."""
    russia = make_source(slug="russia", name="Russian centre")
    turkey = make_source(slug="turkey", name="Turkish side")
    syria = make_place(name="Syria", kind="country")
    hama = make_place(name="Hama", name_ar="حماة", kind="governorate", parent=syria)
    army = make_party(slug="army", name="Army")
    made = [
        make_bulletin({"count": 2}, {"count": 1, "place": hama}, monitor=russia),
        make_bulletin({"count": 12, "confirmed": 3}, monitor=turkey, counterpart=russia),
        make_bulletin({"count": 9, "accused": army}, {"place": hama}, monitor=russia, **SHIFT),
    ]
    for bulletin in made:
        publishing.publish_bulletin(bulletin)
    return made


def found(client, **asked):
    results = client.get("/api/v1/tallies/", asked).json()["results"]
    return [(each["monitor"]["id"], each["date_end"][-2:], each["count"]) for each in results]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"monitor": "turkey"}, {("turkey", "22", 12)}),
        ({"counterpart": "russia"}, {("turkey", "22", 12)}),
        ({"monitor": "nobody"}, set()),
        ({"accused": "army"}, {("russia", "23", 9)}),
        ({"date_from": "2017-01-23"}, {("russia", "23", 9), ("russia", "23", None)}),
        (
            {"date_to": "2017-01-22", "monitor": "russia"},
            {("russia", "22", 2), ("russia", "22", 1)},
        ),
        ({"q": "حماه", "date_to": "2017-01-22"}, {("russia", "22", 1)}),
        ({"q": "turkish"}, {("turkey", "22", 12)}),
    ],
)
def test_finds_counts_by_who_whom_and_when(client, bulletins, asked, expected):
    assert set(found(client, **asked)) == expected


def test_refuses_days_that_end_before_they_begin(client):
    asked = {"date_from": "2017-01-22", "date_to": "2017-01-21"}

    assert client.get("/api/v1/tallies/", asked).status_code == 400


def test_finds_under_a_place_what_was_counted_in_it(client, bulletins):
    [syria] = client.get("/api/v1/places/", {"kind": "country"}).json()["results"]

    assert set(found(client, place=syria["id"])) == {("russia", "22", 1), ("russia", "23", None)}


def test_sorts_counts_by_their_last_day_over_pages(client, bulletins):
    days, page = [], client.get("/api/v1/tallies/?page_size=2").json()
    while page:
        days += [each["date_end"][-2:] for each in page["results"]]
        page = page["next"] and client.get(page["next"]).json()

    assert days == ["23", "23", "22", "22", "22"]
    assert [day for _who, day, _count in found(client, ordering="date")] == days[::-1]


def test_tells_an_unknown_count_from_none_at_all(client):
    publishing.publish_bulletin(make_bulletin({"count": 0}, {"place": make_place()}))

    results = client.get("/api/v1/tallies/").json()["results"]

    assert [each["count"] for each in results if each["place"] is None] == [0]
    assert [each["count"] for each in results if each["place"]] == [None]


def test_never_mixes_counts_with_incidents(client, bulletins, publish):
    publish(make_incident())

    incidents = client.get("/api/v1/incidents/").json()["results"]

    assert len(incidents) == 1
    assert incidents[0]["id"] not in {
        each["id"] for each in client.get("/api/v1/tallies/").json()["results"]
    }


def test_tells_nothing_of_a_bulletin_that_only_the_desk_sees(client):
    make_bulletin({"count": 2})

    assert client.get("/api/v1/tallies/").json()["results"] == []


def concordance(client, first, last):
    answer = client.get("/api/v1/tallies/concordance/", {"date_from": first, "date_to": last})
    return answer.json()["results"]


def test_sets_the_counts_of_a_day_and_area_side_by_side(client, bulletins):
    rows = concordance(client, "2017-01-22", "2017-01-23")

    assert [
        (
            row["day"],
            row["place"] and row["place"]["name"],
            [(each["monitor"]["id"], each["count"]) for each in row["counts"]],
        )
        for row in rows
    ] == [
        ("2017-01-22", None, [("russia", 2), ("turkey", 12)]),
        ("2017-01-22", "Hama", [("russia", 1)]),
        ("2017-01-23", None, [("russia", 9)]),
        ("2017-01-23", "Hama", [("russia", None)]),
    ]


def test_keeps_counts_of_longer_periods_out_of_the_concordance(client):
    month = make_bulletin({"count": 366}, date_start=dt.date(2016, 12, 30))
    publishing.publish_bulletin(month)

    assert concordance(client, "2017-01-22", "2017-01-22") == []


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"date_from": "2017-01-22"}, "date_to"),
        ({"date_from": "2017-01-22", "date_to": "2017-01-21"}, "date_to"),
        ({"date_from": "2017-01-22", "date_to": "2018-01-23"}, "date_to"),
        ({"date_from": "22", "date_to": "2017-01-22"}, "date_from"),
        ({"date_from": "2017-01-22", "date_to": "2017-01-22", "sum": "1"}, "sum"),
    ],
)
def test_refuses_a_concordance_of_no_days_or_too_many(client, asked, pointer):
    answer = client.get("/api/v1/tallies/concordance/", asked)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{pointer}"]


ANSWERS = ("confirmed", "cannot_confirm", "target_excluded", "pending")


def country(client, day):
    [row] = [row for row in concordance(client, day, day) if row["place"] is None]
    return {
        each["monitor"]["id"]: (each["count"], *(each[name] for name in ANSWERS))
        for each in row["counts"]
    }


def test_shows_what_two_guarantors_of_the_demo_counted_on_two_days(client):
    call_command("load_demo", stdout=StringIO())

    assert country(client, "2017-01-22") == {
        "russian-reconciliation-centre": (2, None, None, None, None),
        "turkish-monitors": (12, 3, None, None, None),
    }
    assert country(client, "2017-03-25") == {
        "russian-reconciliation-centre": (13, None, None, None, None),
        "turkish-monitors": (19, None, 18, 1, None),
    }
