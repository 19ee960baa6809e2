"""What is particular to zones, places and counts."""

from __future__ import annotations

import pytest

from tests.factories import make_agreement, make_bulletin, make_place, make_source, make_zone
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def called(features, name="name"):
    return [each["properties"][name] for each in features]


def spelled(parameter: object) -> str:
    """A test's name, the same in every process: a set has another order in each."""
    return str(sorted(map(str, parameter)) if isinstance(parameter, set) else parameter)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"Valley", "Hama"}),
        ({"rule": "include"}, {"Hama"}),
        ({"rule": "include,exclude"}, {"Valley", "Hama"}),
        ({"reading": "truce-strict"}, {"Valley"}),
        ({"agreement": "truce"}, {"Valley", "Hama"}),
        ({"agreement": "another"}, set()),
        ({"bbox": "36.3,33.7,36.4,33.8"}, {"Valley"}),
        ({"bbox": "36.3,33.6,36.3,33.6"}, {"Valley"}),
        ({"bbox": "36.301,33,36.4,34"}, set()),
        ({"bbox": "36.9,35.1,-170,35.2"}, {"Hama"}),
        # The agreement holds from 30 December; one zone for ten days alone.
        ({"datetime": "2016-12-29"}, set()),
        ({"datetime": "2016-12-30"}, {"Valley"}),
        ({"datetime": "2017-01-10"}, {"Valley", "Hama"}),
        ({"datetime": "2017-01-21/.."}, {"Valley"}),
    ],
    ids=spelled,
)
def test_finds_zones_by_what_they_are_where_and_when(world, found, asked, names):
    assert set(called(found("zones", **asked))) == names


def test_tells_the_days_on_which_a_zone_holds(world, found):
    days = {
        each["properties"]["name"]: [each["properties"][n] for n in ("holds_from", "holds_to")]
        for each in found("zones")
    }

    assert days == {"Valley": ["2016-12-30", None], "Hama": ["2017-01-10", "2017-01-20"]}


def test_ends_a_zone_with_its_agreement_though_it_ends_at_midnight(world, found):
    truce = make_agreement(slug="short", effective_to="2017-01-31T22:00:00Z")
    truce.refresh_from_db()
    make_zone(truce, valid_to="2017-03-01")
    publishing.publish_agreement(truce)

    (zone,) = found("zones", agreement="short")

    assert zone["properties"]["holds_to"] == "2017-01-31"


def test_draws_a_zone_as_its_agreement_does(client, world, found):
    drawn = client.get("/api/v1/agreements/truce/").json()["zones"]["features"]

    expected = {each["properties"]["id"]: each["geometry"] for each in drawn}
    assert {each["id"]: each["geometry"] for each in found("zones")} == expected


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Deir Qanun", "Halfaya", "Hama", "Syria"]),
        ({"kind": "settlement"}, ["Deir Qanun", "Halfaya"]),
        ({"q": "حماة"}, ["Hama"]),
        # Syria has no position.
        ({"bbox": "36.5,35,37,35.2"}, ["Hama", "Syria"]),
        ({"bbox": "36.7,-90,-170,90"}, ["Hama", "Syria"]),
        # No place has a date.
        ({"datetime": "1900-01-01"}, ["Deir Qanun", "Halfaya", "Hama", "Syria"]),
    ],
    ids=spelled,
)
def test_finds_places_by_name(world, found, asked, names):
    assert called(found("places", **asked)) == names


def test_finds_what_lies_in_a_place(world, found):
    (hama,) = found("places", kind="governorate")

    within = found("places", place=hama["id"])

    assert called(within) == ["Halfaya", "Hama"]
    assert called(within, "lies_in_name") == ["Hama", "Syria"]


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({}, {2, 9, None}),
        ({"accused": "army"}, {None}),
        ({"monitor": "russia"}, {2, 9, None}),
        ({"monitor": "nobody"}, set()),
        # What is counted for the whole country has no position.
        ({"bbox": "36.7,35,37,35.2"}, {2, 9}),
        ({"bbox": "0,0,1,1"}, {9}),
        ({"datetime": "2017-01-20"}, set()),
        ({"datetime": "2017-01-21"}, {2, 9, None}),
        ({"datetime": "2017-01-22T12:00:00Z/.."}, {2, 9, None}),
        ({"datetime": "2017-01-23/.."}, set()),
        ({"datetime": "../2017-01-21"}, {2, 9, None}),
    ],
    ids=spelled,
)
def test_finds_counts_by_area_and_period(world, found, asked, counts):
    assert set(called(found("tallies", **asked), "count")) == counts


def test_puts_a_count_at_its_area_and_names_who_counted(world, found):
    (hama,) = [each for each in found("tallies") if each["properties"]["count"] == 2]

    assert hama["geometry"] == {"type": "Point", "coordinates": [36.75, 35.13]}
    assert hama["properties"]["monitor_name"] == "Russian centre"
    assert hama["properties"]["confirmed"] is None


def test_does_not_find_a_count_by_the_position_of_a_wider_place(world, found):
    village = make_place(name="Far away", latitude=10, longitude=10)
    wide = make_place(name="Wide", kind="governorate", latitude=50, longitude=50)
    village.parent = wide
    village.save()
    publishing.publish_bulletin(make_bulletin({"count": 77, "place": village}))

    assert 77 in called(found("tallies", bbox="9,9,11,11"), "count")
    assert 77 not in called(found("tallies", bbox="49,49,51,51"), "count")


def test_names_no_confidential_monitor(world, found):
    hidden = make_source(name="Hidden", slug="hidden", is_confidential=True)
    publishing.publish_bulletin(make_bulletin({"count": 78}, monitor=hidden))

    (count,) = [each for each in found("tallies") if each["properties"]["count"] == 78]

    assert count["properties"]["monitor"] is count["properties"]["monitor_name"] is None
    assert count["properties"]["monitor_kind"] == "monitor"
