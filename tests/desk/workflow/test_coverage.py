from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.factories import make_coverage, make_party, make_place, make_source, make_user
from tracker.desk.models import Coverage
from tracker.desk.workflow import coverage, merging, publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


def january(day):
    return dt.date(2017, 1, day)


@pytest.fixture
def denied():
    """Patrols of a monitor are kept out of one place from 10 to 20 January."""
    return make_coverage(
        place=make_place(name="Wadi Barada"),
        date_start=january(10),
        date_end=january(20),
        means="patrol",
    )


def also(denied, **fields):
    """What the monitor says besides of the same patrols on the same days, but for these fields."""
    same = ("monitor", "place", "date_start", "date_end", "means")
    told = {name: getattr(denied, name) for name in same}
    return make_coverage(**{**told, "access": "full", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"date_start": january(20), "date_end": january(25)},
        {"date_start": january(1), "date_end": january(10)},
        {"date_start": january(1), "date_end": None},
        {"means": ""},
    ],
)
def test_tells_of_what_the_same_monitor_says_otherwise(denied, fields):
    other = also(denied, **fields)

    assert coverage.contradictions(denied) == [f"The same monitor says otherwise: {other}."]
    assert coverage.contradictions(other) == [f"The same monitor says otherwise: {denied}."]


@pytest.mark.parametrize(
    "fields",
    [
        {"access": "denied"},
        {"date_start": january(21), "date_end": None},
        {"date_start": january(1), "date_end": january(9)},
        {"means": "camera"},
        {"place": None},
        {"monitor": None},
    ],
)
def test_takes_nothing_else_for_a_contradiction(denied, fields):
    other = also(denied, **fields)

    assert coverage.contradictions(denied) == coverage.contradictions(other) == []


def test_tells_of_the_whole_country_said_otherwise():
    first = make_coverage(date_end=None)
    make_coverage(monitor=first.monitor, access="full")

    assert len(coverage.contradictions(first)) == 1


def test_lets_the_database_refuse_a_period_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        make_coverage(date_end=dt.date(2016, 12, 31))


def test_lets_the_database_refuse_full_access_that_somebody_obstructs():
    with pytest.raises(IntegrityError):
        make_coverage(access="full", obstructed_by=make_party())


def test_publishes_with_coverage_all_that_it_names(client, denied):
    denied.monitor.alignment, denied.obstructed_by = make_party(slug="state"), make_party()
    denied.monitor.save()
    denied.save()

    publishing.publish_coverage(denied)

    [told] = client.get("/api/v1/coverage/").json()["results"]
    for address in (
        f"places/{told['place']['id']}",
        f"parties/{told['obstructed_by']['id']}",
        f"sources/{told['monitor']['id']}",
        "parties/state",
    ):
        assert client.get(f"/api/v1/{address}/").status_code == 200, address


def test_publishing_again_changes_nothing_that_says_the_same(denied):
    publishing.publish_coverage(denied)
    before = list(Edition.objects.order_by("pk").values())

    publishing.publish_coverage(denied)

    assert list(Edition.objects.order_by("pk").values()) == before


def test_keeps_what_has_changed_at_the_desk_until_it_is_published_again(client, denied):
    publishing.publish_coverage(denied)
    denied.access, denied.place = "partial", None
    denied.save()
    address = f"/api/v1/coverage/{denied.public_id}/"
    assert client.get(address).json()["access"] == "denied"

    publishing.publish_coverage(denied)

    told = client.get(address).json()
    assert (told["access"], told["place"], told["revision"]) == ("partial", None, 2)
    assert client.get("/api/v1/coverage/?access=denied").json()["results"] == []


TELLING = {
    "means": "camera",
    "as_written": "zugvogel",
    "document": "zugvogel",
    "url": "https://zugvogel.example/",
    "stated_on": january(2),
}


def test_hides_a_monitor_wherever_its_coverage_names_it(client):
    monitor = make_source(name="Zugvogel", slug="zugvogel")
    publishing.publish_coverage(make_coverage(monitor=monitor, **TELLING))
    monitor.is_confidential = True
    monitor.save()

    publishing.hide_source(monitor)

    said = client.get("/api/v1/coverage/")
    [told] = said.json()["results"]
    assert "zugvogel" not in said.text.casefold()
    assert (told["access"], {told[name] for name in TELLING}) == ("denied", {None})
    assert client.get("/api/v1/coverage/?q=zugvogel").json()["results"] == []
    assert client.get("/api/v1/coverage/?monitor=zugvogel").json()["results"] == []


def test_publishes_the_coverage_of_a_confidential_monitor_without_its_name(client):
    monitor = make_source(name="Zugvogel", slug="zugvogel", is_confidential=True)
    publishing.publish_coverage(make_coverage(monitor=monitor, **TELLING))

    [told] = client.get("/api/v1/coverage/").json()["results"]

    assert told["monitor"] == {"id": None, "name": None, "name_ar": None, "kind": "monitor"}
    assert {told[name] for name in TELLING} == {None}
    assert client.get("/api/v1/sources/").json()["results"] == []


def test_shows_coverage_where_the_place_it_turned_out_to_be_lies(client, denied):
    publishing.publish_coverage(denied)
    twice, valley = denied.place, make_place(name="The valley")
    by = make_user()

    def shown():
        [told] = client.get("/api/v1/coverage/?q=valley").json()["results"] or [{"place": None}]
        return told["place"] and told["place"]["name"]

    assert shown() is None
    merging.merge(twice, into=valley, by=by)
    assert shown() == "The valley"
    assert Coverage.objects.get().place == valley
    merging.unmerge(twice, by=by)
    assert client.get("/api/v1/coverage/").json()["results"][0]["place"]["name"] == "Wadi Barada"
    assert Coverage.objects.get().place == twice


def test_shows_only_who_may_know_the_coverage_of_confidential_monitors():
    make_coverage(monitor=make_source(is_confidential=True))
    plain = make_coverage()

    assert list(Coverage.objects.visible_to(make_user("data entry"))) == [plain]
    assert Coverage.objects.visible_to(make_user("reviewer")).count() == 2
    assert Edition.objects.of(Kind.COVERAGE).count() == 0
