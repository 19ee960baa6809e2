from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.factories import make_bulletin, make_party, make_place, make_source, make_user
from tracker.desk.models import Bulletin, Tally
from tracker.desk.workflow import merging, publishing, tallies
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


def test_says_nothing_of_parts_that_come_to_their_total():
    hama, latakia = make_place(name="Hama"), make_place(name="Latakia")
    bulletin = make_bulletin(
        {"count": 2}, {"count": 1, "place": hama}, {"count": 1, "place": latakia}
    )

    assert tallies.mismatches(bulletin) == []


def test_tells_of_areas_that_do_not_come_to_their_total():
    army = make_party(name="Army")
    bulletin = make_bulletin(
        {"count": 315, "accused": army},
        {"count": 314, "accused": army, "place": make_place()},
        {"count": 366},
        {"count": 366, "place": make_place()},
    )

    assert "Army: the areas come to 314, the whole country is given as 315." in (
        tallies.mismatches(bulletin)
    )


def test_tells_of_accused_who_do_not_come_to_their_total():
    bulletin = make_bulletin(
        {"count": 100},
        {"count": 91, "accused": make_party()},
        {"count": 8, "accused": make_party()},
    )

    assert tallies.mismatches(bulletin) == [
        "Whole country: the accused come to 99, all are given as 100."
    ]


def test_takes_no_unknown_count_for_zero():
    bulletin = make_bulletin({"count": 12}, {"place": make_place()}, {"count": 6, "accused": None})

    assert tallies.mismatches(bulletin) == []


def test_tells_of_more_answers_than_counts():
    bulletin = make_bulletin({"count": 3, "confirmed": 2, "pending": 2}, counterpart=make_source())

    assert tallies.mismatches(bulletin) == [
        "whole country: 3: the answers come to 4, more than were counted."
    ]


@pytest.mark.parametrize("name", ["count", *Tally.ANSWERS])
def test_lets_the_database_refuse_a_count_below_zero(name):
    with pytest.raises(IntegrityError):
        make_bulletin({name: -1})


def test_lets_the_database_refuse_a_period_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        make_bulletin(date_end=dt.date(2017, 1, 20))


def test_lets_the_database_refuse_a_monitor_that_answers_itself():
    monitor = make_source()

    with pytest.raises(IntegrityError):
        make_bulletin(monitor=monitor, counterpart=monitor)


def test_publishing_again_changes_nothing_that_says_the_same(client):
    bulletin = make_bulletin({"count": 2, "place": make_place()})
    publishing.publish_bulletin(bulletin)
    before = list(Edition.objects.order_by("pk").values())

    publishing.publish_bulletin(bulletin)

    assert list(Edition.objects.order_by("pk").values()) == before


def test_leaves_a_tombstone_of_a_count_taken_out_of_its_bulletin(client):
    bulletin = make_bulletin({"count": 2}, {"count": 3, "place": make_place()})
    publishing.publish_bulletin(bulletin)
    gone, kept = bulletin.tallies.get(count=3), bulletin.tallies.get(count=2)
    gone.delete()

    publishing.publish_bulletin(bulletin)

    answer = client.get(f"/api/v1/tallies/{gone.public_id}/")
    assert (answer.status_code, "no longer a count" in answer.json()["detail"]) == (410, True)
    assert client.get(f"/api/v1/tallies/{kept.public_id}/").json()["count"] == 2


def test_hides_a_monitor_wherever_its_counts_name_it(client):
    monitor = make_source(name="Zugvogel", slug="zugvogel")
    answering = make_bulletin({"count": 1, "confirmed": 1}, counterpart=monitor)
    counting = make_bulletin({"count": 2, "as_written": "zugvogel"}, monitor=monitor)
    for bulletin in (answering, counting):
        publishing.publish_bulletin(bulletin)
    monitor.is_confidential = True
    monitor.save()

    publishing.hide_source(monitor)

    said = client.get("/api/v1/tallies/")
    assert "zugvogel" not in said.text.casefold()
    assert sorted(each["count"] for each in said.json()["results"]) == [1, 2]
    assert client.get("/api/v1/tallies/?q=zugvogel").json()["results"] == []
    assert client.get("/api/v1/tallies/?monitor=zugvogel").json()["results"] == []


def test_publishes_the_count_of_a_confidential_monitor_without_its_name(client):
    monitor = make_source(name="Zugvogel", slug="zugvogel", is_confidential=True)
    publishing.publish_bulletin(make_bulletin({"count": 2}, monitor=monitor, document="zugvogel"))

    [tally] = client.get("/api/v1/tallies/").json()["results"]

    assert tally["monitor"] == {"id": None, "name": None, "name_ar": None, "kind": "monitor"}
    assert tally["document"] is None


def test_shows_a_count_where_the_place_it_turned_out_to_be_lies(client):
    twice, hama = make_place(name="Hamah"), make_place(name="Hama")
    publishing.publish_bulletin(make_bulletin({"count": 2, "place": twice}))
    by = make_user()

    def shown():
        return client.get("/api/v1/tallies/").json()["results"][0]["place"]["name"]

    merging.merge(twice, into=hama, by=by)
    assert shown() == "Hama"
    assert Tally.objects.get().place == hama
    merging.unmerge(twice, by=by)
    assert shown() == "Hamah"
    assert Tally.objects.get().place == twice


def test_shows_only_who_may_know_the_bulletins_of_confidential_sources():
    hidden = make_source(is_confidential=True)
    make_bulletin(monitor=hidden)
    make_bulletin(counterpart=hidden)
    plain = make_bulletin()

    assert list(Bulletin.objects.visible_to(make_user("data entry"))) == [plain]
    assert Bulletin.objects.visible_to(make_user("reviewer")).count() == 3
    assert Edition.objects.of(Kind.TALLY).count() == 0
