from __future__ import annotations

import datetime as dt

import feedparser
import pytest

from tests.factories import make_incident, make_place
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db
ATOM, JSON, LIST = "/feeds/incidents.atom", "/feeds/incidents.json", "/api/v1/incidents/"
FILTERS = [
    {},
    {"act": "siege"},
    {"verification": "reported", "located": "true"},
    {"bbox": "36,33,37,34"},
    {"near": "33.6,36.1", "within_km": "20"},
    {"date_from": "2017-01-16", "date_to": "2017-01-20"},
    {"q": "quarry"},
    {"updated_since": "2017-01-01"},
]


@pytest.fixture
def published(publish):
    """Incidents that differ in all that these filters ask about, the last changed last."""
    return [
        publish(incident)
        for incident in (
            make_incident(place=make_place(), acts=["siege"], summary="A <b>siege</b> & more."),
            make_incident(place=make_place(latitude=35.0, longitude=38.0), date_start="2017-01-18"),
            make_incident(summary="A blast in a quarry. نص عربي"),
        )
    ]


def parsed(client, address, asked=None):
    feed = feedparser.parse(client.get(address, asked).content)
    assert feed.bozo == 0, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_holds_in_both_forms_what_the_list_finds(client, published, asked):
    told = client.get(LIST, {"ordering": "-updated", **asked}).json()["results"]
    expected = [f"urn:uuid:{each['id']}" for each in told]

    atom, json = parsed(client, ATOM, asked), client.get(JSON, asked).json()

    assert expected
    assert [each.id for each in atom.entries] == expected
    assert [each["id"] for each in json["items"]] == expected


def test_tells_in_atom_what_it_is_where_it_is_and_on_which_day(client, published):
    siege = published[0]
    feed = parsed(client, ATOM)

    entry = feed.entries[-1]

    day = Edition.objects.of(Kind.INCIDENT).get(public_id=siege.public_id).updated_on
    assert entry.summary == "A <b>siege</b> & more."
    assert entry.link == f"http://testserver{LIST}{siege.public_id}/"
    assert entry.where["coordinates"] == (36.135, 33.605)
    assert dt.datetime.fromisoformat(entry.updated).date() == day
    assert dt.datetime.fromisoformat(entry.updated).time() == dt.time()
    assert {each.term for each in entry.tags} == {"siege", "reported"}
    assert feed.feed.language == "en"
    assert "where" not in feed.entries[0]


def test_names_categories_by_the_addresses_that_find_all_of_them(client, published):
    [act, _state] = parsed(client, ATOM, {"act": "siege"}).entries[0].tags

    found = client.get(act.scheme + act.term).json()["results"]

    assert [each["acts"] for each in found] == [["siege"]]


def test_gives_in_a_json_feed_all_that_its_specification_demands(client, published):
    feed = client.get(JSON).json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{JSON}"
    assert all(
        isinstance(item[name], str)
        for item in feed["items"]
        for name in ("id", "url", "title", "content_text", "date_published", "date_modified")
    )
    assert feed["items"][-1]["_geo"] == {"type": "Point", "coordinates": [36.135, 33.605]}
    assert feed["items"][-1]["tags"] == ["siege", "reported"]


def following(feed):
    return next((link.href for link in feed.feed.links if link.rel == "next"), None)


def test_pages_through_all_in_both_forms(client, published):
    ids = [f"urn:uuid:{each.public_id}" for each in reversed(published)]
    found, address = [], f"{ATOM}?page_size=2"
    while address:
        feed = parsed(client, address)
        found += [each.id for each in feed.entries]
        address = following(feed)
    first = client.get(JSON, {"page_size": 2}).json()
    second = client.get(first["next_url"]).json()

    assert found == ids
    assert [each["id"] for each in (*first["items"], *second["items"])] == ids
    assert "next_url" not in second
    assert second["feed_url"] == first["feed_url"]


def test_puts_what_changed_last_first(client, published, publish):
    siege = published[0]
    siege.summary = "It was lifted."
    siege.save()
    publish(siege)

    assert parsed(client, ATOM).entries[0].summary == "It was lifted."


def test_is_the_same_in_every_language_and_valid_without_entries(client):
    answers = [
        client.get(ATOM, headers={"Accept-Language": language}).content for language in ("en", "ar")
    ]

    assert answers[0] == answers[1]
    assert parsed(client, ATOM).entries == []
    # Atom demands it, and it may not be the time at which it was asked for.
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in answers[0]


def test_writes_no_letter_that_xml_cannot_hold(client, publish):
    publish(make_incident(summary="A\x0bline, \x1b[1m and \ufffe\x01."))

    assert parsed(client, ATOM).entries[0].summary.startswith("A\ufffdline")


@pytest.mark.parametrize("address", [ATOM, JSON])
@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"act": "nope"}, "/act/0"),
        ({"page_size": "101"}, "/page_size"),
        ({"ordering": "date"}, "/ordering"),
        ({"format": "rss"}, "/format"),
        ({"cursor": "x"}, "/cursor"),
    ],
)
def test_refuses_what_it_does_not_know(client, address, asked, pointer):
    response = client.get(address, asked)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [each["pointer"] for each in response.json()["errors"]] == [pointer]


def test_says_of_a_feed_there_is_not_so_in_a_problem_document(client):
    response = client.get("/feeds/incidents.rss")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
