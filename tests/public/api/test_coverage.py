from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_coverage, make_incident, make_party, make_place, make_source
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def january(day):
    return dt.date(2017, 1, day)


@pytest.fixture
def coverage():
    """What two monitors could see of Rif Dimashq, of a valley in it, and of the whole country."""
    un = make_source(slug="un", name="United Nations")
    sohr = make_source(slug="sohr", name="Observatory")
    army = make_party(slug="army", name="Army", name_ar="الجيش")
    around = make_place(name="Rif Dimashq", kind="governorate")
    valley = make_place(name="Wadi Barada", name_ar="وادي بردى", kind="area", parent=around)
    days = {"date_start": january(5), "date_end": january(10)}
    made = [
        make_coverage(monitor=un, place=valley, obstructed_by=army, **days),
        make_coverage(monitor=un, access="partial", place=around, date_start=january(8)),
        make_coverage(monitor=sohr, access="remote_only", date_start=january(1), date_end=None),
    ]
    for each in made:
        publishing.publish_coverage(each)
    return made


VALLEY, AROUND, COUNTRY = ("un", "denied"), ("un", "partial"), ("sohr", "remote_only")


def found(client, **asked):
    results = client.get("/api/v1/coverage/", asked).json()["results"]
    return [(each["monitor"]["id"], each["access"]) for each in results]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {VALLEY, AROUND, COUNTRY}),
        ({"monitor": "sohr"}, {COUNTRY}),
        ({"monitor": "nobody"}, set()),
        ({"access": "denied,remote_only"}, {VALLEY, COUNTRY}),
        ({"obstructed_by": "army"}, {VALLEY}),
        ({"q": "وادى"}, {VALLEY}),
        ({"q": "الجيش"}, {VALLEY}),
        ({"date_from": "2017-01-11"}, {AROUND, COUNTRY}),
        ({"date_from": "2017-01-10"}, {VALLEY, AROUND, COUNTRY}),
        ({"date_from": "2017-02-01"}, {COUNTRY}),
        ({"date_from": "9999-12-31"}, {COUNTRY}),
        ({"date_to": "2017-01-05"}, {VALLEY, COUNTRY}),
        ({"date_to": "2017-01-04"}, {COUNTRY}),
        ({"date_to": "2016-12-31"}, set()),
        ({"date_from": "2017-01-06", "date_to": "2017-01-07"}, {VALLEY, COUNTRY}),
        ({"date_from": "2017-01-11", "date_to": "2017-01-11", "monitor": "un"}, {AROUND}),
    ],
)
def test_finds_coverage_by_who_whose_doing_and_any_of_its_days(client, coverage, asked, expected):
    assert set(found(client, **asked)) == expected


def test_finds_under_a_place_the_coverage_of_what_lies_in_it(client, coverage):
    valley, around = (each.place for each in coverage[:2])
    for place in (valley, around):
        place.refresh_from_db()

    assert found(client, place=valley.public_id) == [VALLEY]
    assert set(found(client, place=around.public_id)) == {VALLEY, AROUND}


def test_gives_one_coverage_period_by_itself(client, coverage):
    told = client.get(f"/api/v1/coverage/{coverage[0].public_id}/").json()

    assert (told["date_start"], told["date_end"]) == ("2017-01-05", "2017-01-10")
    assert told["obstructed_by"] == {"id": "army", "name": "Army", "name_ar": "الجيش"}
    assert told["place"]["name"] == "Wadi Barada"
    assert told["means"] is None


def test_says_of_what_is_not_known_to_have_ended_that_its_end_is_not_known(client, coverage):
    [told] = client.get("/api/v1/coverage/?monitor=sohr").json()["results"]

    assert told["date_end"] is None


def test_sorts_coverage_by_its_first_day_over_pages(client, coverage):
    order, page = [], client.get("/api/v1/coverage/?page_size=1").json()
    while page:
        order += [each["date_start"][-2:] for each in page["results"]]
        page = page["next"] and client.get(page["next"]).json()

    assert order == ["08", "05", "01"]
    assert found(client, ordering="date") == [COUNTRY, VALLEY, AROUND]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"date_from": "2017-01-22", "date_to": "2017-01-21"}, "date_to"),
        ({"date_from": "22"}, "date_from"),
        ({"access": "some"}, "access/0"),
        ({"place": "Damascus"}, "place/0"),
        ({"means": "camera"}, "means"),
        ({"accused": "army"}, "accused"),
    ],
)
def test_names_what_is_wrong_in_what_is_asked(client, asked, pointer):
    answer = client.get("/api/v1/coverage/", asked)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{pointer}"]


def test_takes_one_query_however_many_periods(client, django_assert_num_queries):
    for number in (2, 8):
        for _each in range(number):
            publishing.publish_coverage(make_coverage(place=make_place()))
        with django_assert_num_queries(1):
            assert client.get("/api/v1/coverage/").json()["results"]


def test_never_mixes_coverage_with_incidents(client, coverage, publish):
    publish(make_incident())

    assert len(client.get("/api/v1/incidents/").json()["results"]) == 1
    assert len(found(client)) == 3


def test_tells_nothing_of_coverage_that_only_the_desk_sees(client):
    hidden = make_coverage()

    assert found(client) == []
    assert client.get(f"/api/v1/coverage/{hidden.public_id}/").status_code == 404


def test_names_coverage_among_the_resources(client):
    assert client.get("/api/v1/").json()["coverage"].endswith("/api/v1/coverage/")
