"""Bulletins with their counts, over HTTP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import ROOT, pointers
from tests.factories import make_bulletin, make_party, make_place, make_source
from tracker.desk.models import Bulletin, Tally
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(db: None):
    """A bulletin as one document."""
    make_source(slug="russia")
    make_source(slug="turkey")
    make_party(slug="army")
    return {
        "monitor": "russia",
        "counterpart": "turkey",
        "date_start": "2017-01-21",
        "date_end": "2017-01-22",
        "document": "An agency's account",
        "tallies": [
            {"count": 12, "confirmed": 3},
            {"place": make_place(name="Hama").pk, "accused": "army", "count": 7},
        ],
    }


def test_takes_a_whole_bulletin_as_one_document(officer, whole):
    response = officer.post("tallies/", whole)

    told = response.json()
    bulletin = Bulletin.objects.get()
    assert (response.status_code, told["monitor"]["id"]) == (201, "russia")
    assert response["Location"] == f"http://testserver{ROOT}tallies/{bulletin.pk}/"
    total, part = bulletin.tallies.all()
    assert (total.place, total.count, total.confirmed, total.pending) == (None, 12, 3, None)
    assert (str(part.place), str(part.accused), part.confirmed) == ("Hama", str(part.accused), None)
    assert [each["count"] for each in told["tallies"]] == [12, 7]


def test_tells_of_totals_that_differ_and_refuses_none(officer, whole):
    whole["tallies"] = [{"count": 12}, {"place": make_place().pk, "count": 6}]

    told = officer.post("tallies/", whole).json()

    assert len(told["mismatches"]) == 1
    assert "the areas come to 6" in told["mismatches"][0]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"monitor": "nobody"}, "/monitor"),
        ({"counterpart": "russia"}, "/counterpart"),
        ({"counterpart": None}, "/counterpart"),
        ({"date_end": "2017-01-20"}, "/date_end"),
        ({"tallies": {"count": 1}}, "/tallies"),
        ({"tallies": [{"count": -1}]}, "/tallies/0/count"),
        ({"tallies": [{"counts": 1}]}, "/tallies/0/counts"),
        ({"tallies": [{}] * 501}, "/tallies"),
        ({"published_on": "2017-01-22"}, "/published_on"),
    ],
)
def test_points_at_what_is_wrong(officer, whole, wrong, pointer):
    response = officer.post("tallies/", {**whole, **wrong})

    assert (response.status_code, pointers(response)) == (400, [pointer])
    assert not Bulletin.objects.exists()


def test_puts_a_bulletin_and_keeps_the_counts_it_names(officer, whole):
    made = officer.post("tallies/", whole).json()
    kept = made["tallies"][0]["id"]
    whole["tallies"] = [{"id": kept, "count": 13}, {"count": None, "as_written": "several"}]

    put = officer.write("PUT", f"tallies/{made['number']}/", whole)

    assert put.status_code == 200
    first, second = put.json()["tallies"]
    assert (first["id"], first["count"], first["confirmed"]) == (kept, 13, None)
    assert (second["count"], second["as_written"]) == (None, "several")
    assert Tally.objects.count() == 2


@pytest.mark.parametrize("twice", [True, False])
def test_refuses_a_count_of_another_bulletin_or_one_given_twice(officer, whole, twice):
    made = officer.post("tallies/", whole).json()
    own, other = made["tallies"][0]["id"], str(make_bulletin({"count": 1}).tallies.get().public_id)
    whole["tallies"] = [{"id": own}, {"id": own if twice else other}]

    response = officer.write("PUT", f"tallies/{made['number']}/", whole)

    assert response.status_code == 400
    assert (own if twice else other) in response.json()["detail"]
    assert officer.get(f"tallies/{made['number']}/").json() == made


def test_leaves_out_no_count_without_the_right_to_delete_it(talker, officer, whole):
    made = officer.post("tallies/", whole).json()
    someone = talker(rights=["view_bulletin", "change_bulletin"])

    refused = someone.write("PUT", f"tallies/{made['number']}/", {**whole, "tallies": []})

    assert (refused.status_code, Tally.objects.count()) == (403, 2)


def test_publishes_by_right(client, officer, signer, whole):
    at = f"tallies/{officer.post('tallies/', whole).json()['number']}/"

    refused, done = (each.write("POST", f"{at}publish/", {}, of=at) for each in (officer, signer))

    assert (refused.status_code, done.status_code) == (403, 200)
    assert len(client.get("/api/v1/tallies/").json()["results"]) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("monitor=nobody", 0), ("date_from=2017-01-23", 0), ("date_to=2017-01-22", 1)],
)
def test_finds_bulletins_by_what_is_asked(officer, query, found):
    with recorded(by=None):
        make_bulletin({"count": 1})

    assert len(officer.get(f"tallies/?{query}").json()["results"]) == found


def test_lists_in_as_many_queries_for_many_as_for_few(officer):
    def queries(number: int) -> int:
        for _each in range(number):
            make_bulletin({"count": 1, "place": make_place(), "accused": make_party()})
        with CaptureQueriesContext(connection) as captured:
            assert officer.get("tallies/").json()["results"]
        return len(captured)

    assert queries(1) == queries(6) <= 7
