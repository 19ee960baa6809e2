"""What caches and those who hold an answer already are told, at every public address."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_situation_report,
    make_user,
    make_zone,
)
from tests.public.issuing import issue
from tests.test_privacy import addresses
from tracker.desk.models import Boundary
from tracker.desk.workflow import incident_merging, publishing

pytestmark = pytest.mark.django_db
LISTS = [
    *("incidents", "reports", "agreements", "parties", "places", "sources"),
    *("tallies", "coverage", "situation-reports", "deleted"),
]
# What stands at these is no answer from editions.
OTHERS = ("/api/v1/schema/", "/api/v1/docs/")
NEEDED = {
    "/api/v1/places/reverse/": "?near=33.6,36.1",
    "/api/v1/tallies/concordance/": "?date_from=2017-01-01&date_to=2017-01-31",
    "/api/v1/stats/quiet-days/": "?date_from=2017-01-01&date_to=2017-01-31",
    "/api/v1/stats/before-after/": "?around=truce",
}


@pytest.fixture
def published(publish):
    """Something at every public address."""
    truce = make_agreement(slug="truce")
    make_zone(truce, reading=make_reading(truce))
    publishing.publish_agreement(truce)
    incident = make_incident(reports=0, place=make_place())
    make_report(incident=incident, accused=[make_party()], place=incident.place)
    publish(incident)
    incident_merging.merge(publish(make_incident()), into=incident, by=make_user())
    publishing.publish_bulletin(make_bulletin({"count": 2}))
    publishing.publish_coverage(make_coverage())
    issue(make_situation_report())
    return incident


def reads():
    """Every address of the API and every feed, with what it must be asked."""
    for address in addresses():
        if address.startswith(("/api/v1/", "/feeds/")) and address not in OTHERS:
            yield address + NEEDED.get(address, "")


def held(answer):
    return {"If-None-Match": answer["ETag"]}


def test_answers_not_modified_at_every_address_to_who_holds_the_answer(client, published):
    asked = 0
    for address in reads():
        answer = client.get(address)
        if answer.status_code in {404, 410}:
            continue
        asked += 1
        assert answer.status_code == 200, address
        # A file is tagged before it is written.
        assert answer["ETag"].startswith("W/") == answer.streaming, address
        for ask in (client.get, client.head):
            again = ask(address, headers=held(answer))
            assert (again.status_code, again.content) == (304, b""), address
            for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
                assert again[name] == answer[name], address
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert asked > 25


def test_heads_every_answer_as_the_answer_itself(client, published):
    for address in reads():
        answer, head = client.get(address), client.head(address)
        assert head.getvalue() == b""
        for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Vary"):
            assert head.get(name) == answer.get(name), (address, name)


def test_lets_any_cache_keep_every_answer_once_for_everyone(client, published):
    for address in reads():
        answer = client.get(address)
        if answer.status_code == 200:
            assert answer["Cache-Control"].startswith("public, max-age="), address
            varies = {each.strip() for each in answer.get("Vary", "").split(",")}
            assert varies <= {"", "Accept-Encoding"}, address
            assert not answer.cookies


@pytest.mark.parametrize("name", LISTS)
def test_tells_on_which_day_each_list_and_each_thing_changed(client, published, name):
    address = f"/api/v1/{name}/"
    results = client.get(address).json()["results"]
    single = f"{address}{results[0]['id']}/"

    for each in (address,) if name == "deleted" else (address, single):
        moment = parsedate_to_datetime(client.get(each)["Last-Modified"])
        assert moment.astimezone(timezone.get_default_timezone()).time() == dt.time()
        assert timezone.localdate(moment) == timezone.localdate()
        assert moment <= timezone.now()


def test_answers_whole_to_who_knows_the_day_alone(client, published):
    address = f"/api/v1/incidents/{published.public_id}/"
    day = client.get(address)["Last-Modified"]

    assert client.get(address, headers={"If-Modified-Since": day}).status_code == 200


def test_changes_the_tag_of_whatever_a_change_is_told_in(client, publish, published):
    truce = make_agreement()
    publishing.publish_agreement(truce)
    tagged = [
        "/api/v1/incidents/",
        f"/api/v1/incidents/{published.public_id}/",
        f"/api/v1/incidents/{published.public_id}/reports/",
        f"/api/v1/incidents/{published.public_id}/history/",
        f"/api/v1/agreements/{truce.slug}/",
        f"/api/v1/places/{published.place.public_id}/",
        "/feeds/incidents.atom",
        "/feeds/incidents.json",
    ]
    before = {address: client.get(address)["ETag"] for address in tagged}

    make_zone(truce)
    publishing.publish_agreement(truce)
    square = {"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [37, 34], [36, 33]]]}
    Boundary.objects.create(
        place=published.place, geometry=square, west=36, south=33, east=37, north=34
    )
    published.summary = "It was lifted."
    published.save()
    publish(published)

    for address, tag in before.items():
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200, address


@pytest.mark.parametrize("name", ["incidents/?ordering=updated", "deleted/"])
def test_has_who_keeps_up_ask_anew_each_time(client, published, name):
    answer = client.get(f"/api/v1/{name}")

    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(f"/api/v1/{name}", headers=held(answer)).status_code == 304


def test_lets_the_pages_of_other_sites_read_and_ask_whether_it_is_still_so(client, published):
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Headers": "if-none-match"}

    answer = client.get("/api/v1/incidents/", headers=origin)
    refusal = client.get("/api/v1/incidents/?nope=1", headers=origin)
    question = client.options("/api/v1/incidents/", headers=asked)

    for each in (answer, refusal, question):
        assert each["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in each.headers
    assert question["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert question["Access-Control-Allow-Headers"] == "If-None-Match"


def test_opens_no_write_to_the_pages_of_other_sites(client, db):
    answer = client.post("/api/v1/reports/", {}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 401
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_says_what_is_wrong_in_the_language_of_who_asks(client, db):
    answer = client.get("/api/v1/incidents/?nope=1", headers={"Accept-Language": "ar"})

    assert "Accept-Language" in answer["Vary"]
    assert "public" not in answer.get("Cache-Control", "")
