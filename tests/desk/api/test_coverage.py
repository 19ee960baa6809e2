"""Coverage periods, over HTTP."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import ROOT, pointers
from tests.factories import make_coverage, make_party, make_place, make_source
from tracker.desk.models import Coverage
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(db: None):
    """A coverage period as one document."""
    make_source(slug="ocha")
    make_party(slug="army")
    return {
        "monitor": "ocha",
        "place": make_place(name="Madaya").pk,
        "date_start": "2017-01-01",
        "date_end": "2017-01-31",
        "access": "denied",
        "obstructed_by": "army",
        "document": "A monthly report",
    }


def test_takes_a_whole_period(officer, whole):
    response = officer.post("coverage/", whole)

    told = response.json()
    period = Coverage.objects.get()
    assert (response.status_code, told["monitor"]["id"]) == (201, "ocha")
    assert response["Location"] == f"http://testserver{ROOT}coverage/{period.pk}/"
    assert (told["place"]["name"], told["obstructed_by"]["id"]) == ("Madaya", "army")
    assert (period.date_end, period.means) == (dt.date(2017, 1, 31), "")
    assert told["contradictions"] == []


def test_tells_of_contradictions_and_refuses_none(officer, whole):
    officer.post("coverage/", whole)

    told = officer.post("coverage/", {**whole, "access": "partial"}).json()

    assert len(told["contradictions"]) == 1
    assert "Denied" in told["contradictions"][0]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"monitor": "nobody"}, "/monitor"),
        ({"monitor": None}, "/monitor"),
        ({"place": 999_999}, "/place"),
        ({"date_end": "2016-12-31"}, "/date_end"),
        ({"access": "some"}, "/access"),
        ({"access": "full"}, "/obstructed_by"),
        ({"means": "drone"}, "/means"),
        ({"document": ""}, "/document"),
        ({"published_on": "2017-01-22"}, "/published_on"),
    ],
)
def test_points_at_what_is_wrong(officer, whole, wrong, pointer):
    response = officer.post("coverage/", {**whole, **wrong})

    assert (response.status_code, pointers(response)) == (400, [pointer])
    assert not Coverage.objects.exists()


def test_puts_a_whole_period_and_empties_what_is_left_out(officer, whole):
    at = f"coverage/{officer.post('coverage/', {**whole, 'note': 'Twice.'}).json()['number']}/"
    del whole["place"], whole["date_end"], whole["obstructed_by"]

    put = officer.write("PUT", at, whole)

    told = put.json()
    assert put.status_code == 200
    assert (told["place"], told["date_end"], told["obstructed_by"]) == (None, None, None)
    assert (told["note"], told["access"]) == ("", "denied")


def test_changes_only_what_is_given(officer, whole):
    at = f"coverage/{officer.post('coverage/', whole).json()['number']}/"

    changed = officer.write("PATCH", at, {"access": "partial", "why": "They saw the road."})

    assert (changed.json()["access"], changed.json()["date_end"]) == ("partial", "2017-01-31")
    assert changed.json()["obstructed_by"]["id"] == "army"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [({"access": "full"}, "/obstructed_by"), ({"date_start": "2017-02-01"}, "/date_end")],
)
def test_holds_a_change_against_what_stays(officer, whole, wrong, pointer):
    at = f"coverage/{officer.post('coverage/', whole).json()['number']}/"

    response = officer.write("PATCH", at, wrong)

    assert (response.status_code, pointers(response)) == (400, [pointer])


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_writes_over_nothing_unseen(officer, whole, method):
    at = f"coverage/{officer.post('coverage/', whole).json()['number']}/"
    seen = officer.get(at)["ETag"]
    officer.write("PATCH", at, {"access": "partial"})

    unsaid = officer.ask(method, at, whole)
    stale = officer.ask(method, at, whole, **{"If-Match": seen})

    assert (unsaid.status_code, stale.status_code) == (428, 412)
    assert stale.json()["current"]["access"] == "partial"


def test_publishes_by_right(client, officer, signer, whole):
    at = f"coverage/{officer.post('coverage/', whole).json()['number']}/"

    refused, done = (each.write("POST", f"{at}publish/", {}, of=at) for each in (officer, signer))

    assert (refused.status_code, done.status_code) == (403, 200)
    assert done.json()["published_on"]
    assert len(client.get("/api/v1/coverage/").json()["results"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("monitor=ocha", 1),
        ("access=denied", 1),
        ("access=denied,full", 2),
        ("date_from=2017-02-01", 1),
        ("date_to=2016-12-31", 0),
        ("date_from=2017-01-10&date_to=2017-01-10", 1),
    ],
)
def test_finds_periods_by_what_is_asked(officer, query, found):
    with recorded(by=None):
        make_coverage(monitor=make_source(slug="ocha"))
        make_coverage(access="full", date_start=dt.date(2017, 2, 1), date_end=None)

    assert len(officer.get(f"coverage/?{query}").json()["results"]) == found


def test_finds_periods_of_what_lies_in_a_place(officer):
    wider = make_place(kind="district")
    inner = make_coverage(place=make_place(parent=wider))
    make_coverage(place=make_place())
    make_coverage()

    told = officer.get(f"coverage/?place={wider.pk}").json()["results"]

    assert [each["number"] for each in told] == [inner.pk]


def test_tells_of_no_period_of_a_confidential_monitor(officer, signer, whole):
    with recorded(by=None):
        hidden = make_source(slug="abu-ahmad", is_confidential=True)
        number = make_coverage(monitor=hidden).pk

    refused = officer.post("coverage/", {**whole, "monitor": "abu-ahmad"})

    assert officer.get(f"coverage/{number}/").status_code == 404
    assert officer.get("coverage/").json()["results"] == []
    assert (refused.status_code, pointers(refused)) == (400, ["/monitor"])
    assert signer.get(f"coverage/{number}/").status_code == 200


def test_lists_in_as_many_queries_for_many_as_for_few(officer):
    def queries(number: int) -> int:
        for _each in range(number):
            make_coverage(place=make_place(), obstructed_by=make_party())
        with CaptureQueriesContext(connection) as captured:
            assert officer.get("coverage/").json()["results"]
        return len(captured)

    assert queries(1) == queries(6) <= 6
