from __future__ import annotations

import base64
import datetime as dt
import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.public.models import Edition, Entry, Kind

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 1, 15)


def make_editions(kind, labels, ids):
    return Edition.objects.bulk_create(
        Edition(
            kind=kind,
            public_id=public_id,
            label=label,
            search="",
            revision=1,
            document=json.dumps({"id": public_id}),
            digest="",
            published_on=DAY,
            updated_on=DAY,
        )
        for label, public_id in zip(labels, ids, strict=True)
    )


def make_incidents(number):
    ids = [str(uuid.uuid5(uuid.NAMESPACE_URL, str(each))) for each in range(number)]
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            kind=Kind.INCIDENT,
            public_id=edition.public_id,
            date_start=DAY,
            date_end=DAY,
            date_precision=1,
            verification="reported",
            updated_on=DAY,
        )
        for edition in make_editions(Kind.INCIDENT, ["Shelling"] * number, ids)
    )
    return ids


def walk(client, name, **asked):
    answer = client.get(f"/api/v1/{name}/", asked).json()
    found = [each["id"] for each in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found += [each["id"] for each in answer["results"]]
    return found


def cursor_of(*key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def assert_names_the_cursor(response):
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["pointer"] for error in response.json()["errors"]] == ["/cursor"]


@pytest.mark.parametrize(("ordering", "page_size"), [("date", 100), ("-date", 1000)])
def test_returns_five_thousand_of_one_day_each_once_by_id(client, ordering, page_size):
    ids = sorted(make_incidents(5000), reverse=ordering == "-date")

    assert walk(client, "incidents", ordering=ordering, page_size=page_size) == ids


@pytest.mark.parametrize("name", ["agreements", "parties", "places", "sources"])
def test_pages_through_reference_lists_by_name_though_many_share_one(client, name):
    kind = {"parties": Kind.PARTY}.get(name, name.removesuffix("s"))
    ids = [f"b-{each:02}" for each in range(30)]
    make_editions(kind, ["Same name"] * 29 + ["A name before it"], ids)

    assert walk(client, name, page_size=7) == ["b-29", *ids[:29]]


def test_goes_on_after_the_longest_name_in_any_script(client):
    make_editions(Kind.AGREEMENT, ["هـ" * 150, "ه𐤀" * 150], ["a" * 64, "b" * 64])

    assert len(walk(client, "agreements", page_size=1)) == 2


def test_keeps_what_was_asked_on_every_page(client):
    make_incidents(2)

    following = client.get("/api/v1/incidents/?page_size=1&ordering=date&date_from=2017-01-15")

    assert "page_size=1&ordering=date&date_from=2017-01-15&cursor=" in following.json()["next"]


def test_says_where_the_last_page_ends(client):
    make_incidents(2)

    assert client.get("/api/v1/incidents/?page_size=2").json()["next"] is None


@pytest.mark.parametrize("other", ["date", "-updated", "updated"])
def test_refuses_the_cursor_of_another_ordering(client, other):
    make_incidents(2)

    following = client.get("/api/v1/incidents/?page_size=1&ordering=-date").json()["next"]

    assert_names_the_cursor(client.get(following.replace("ordering=-date", f"ordering={other}")))


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "\0",
        "[" * 500,
        base64.urlsafe_b64encode(b"[" * 1800).decode(),
        "W" * 10_000,
        cursor_of(),
        cursor_of("-date", "2017-01-15"),
        cursor_of("-date", "2017-01-15", "not an id"),
        cursor_of("-date", "2017-02-30", str(uuid.UUID(int=1))),
        cursor_of("-date", "2017-01-15", None),
        cursor_of("-date", "2017-01-15\0", str(uuid.UUID(int=1))),
        base64.urlsafe_b64encode(b'{"a":1}').decode(),
        base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode(),
    ],
)
def test_refuses_what_is_no_cursor(client, cursor):
    assert_names_the_cursor(client.get("/api/v1/incidents/", {"cursor": cursor}))


@pytest.mark.parametrize("part", ["\0", "\ud800"])
def test_refuses_a_cursor_no_database_can_hold(client, part):
    assert_names_the_cursor(
        client.get("/api/v1/places/", {"cursor": cursor_of("name", part, part)})
    )


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["incidents", "places"]),
    st.sampled_from(["name", "-date"]),
    st.text(st.characters(exclude_categories=[]), max_size=20),
    st.text(max_size=20),
)
def test_answers_or_refuses_any_key(client, name, ordering, value, public_id):
    asked = {"cursor": cursor_of(ordering, value, public_id)}

    assert client.get(f"/api/v1/{name}/", asked).status_code in {200, 400}


@pytest.mark.parametrize("name", ["incidents", "reports", "agreements", "parties", "sources"])
@pytest.mark.parametrize("page_size", ["0", "-1", "1001", "abc", "1e3", "", "9" * 5000])
def test_refuses_a_page_size_that_cannot_be(client, name, page_size):
    response = client.get(f"/api/v1/{name}/", {"page_size": page_size})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/page_size"]
