from __future__ import annotations

import datetime as dt
import uuid

import pytest

from tracker.public.models import Edition, Entry, Facet, Kind

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"
DAY = dt.date(2017, 1, 15)


def make_editions(number: int) -> set[str]:
    """Small published incidents that all share one date."""
    ids = [uuid.uuid5(uuid.NAMESPACE_URL, str(each)) for each in range(number)]
    editions = Edition.objects.bulk_create(
        Edition(
            kind=Kind.INCIDENT,
            public_id=str(public_id),
            label="Shelling",
            search="shelling",
            revision=1,
            document=f'{{"id":"{public_id}"}}',
            digest="",
            published_on=DAY,
            updated_on=DAY,
            change=1,
        )
        for public_id in ids
    )
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            kind=Kind.INCIDENT,
            public_id=public_id,
            date_start=DAY,
            date_end=DAY,
            date_precision=1,
            latitude=33.6,
            longitude=36.1,
            verification="reported",
            updated_on=DAY,
        )
        for edition, public_id in zip(editions, ids, strict=True)
    )
    Facet.objects.bulk_create(
        Facet(edition=edition, name="act", value="siege") for edition in editions
    )
    return {str(public_id) for public_id in ids}


def walk(client, **asked) -> list[str]:
    found, answer = [], client.get(URL, asked).json()
    while True:
        found += [incident["id"] for incident in answer["results"]]
        if answer["next"] is None:
            return found
        answer = client.get(answer["next"]).json()


@pytest.mark.parametrize("page_size", [1, 100, 1000])
def test_returns_each_of_five_thousand_incidents_of_one_day_exactly_once(client, page_size):
    ids = make_editions(5000)

    found = walk(client, page_size=page_size)

    assert len(found) == 5000
    assert set(found) == ids


@pytest.mark.parametrize("ordering", ["-date", "date", "-updated", "updated"])
@pytest.mark.parametrize("filters", [{}, {"act": "siege"}, {"bbox": "36,33,37,34"}])
def test_returns_each_exactly_once_in_every_order_and_under_a_filter(client, ordering, filters):
    ids = make_editions(57)

    found = walk(client, page_size=10, ordering=ordering, **filters)

    assert sorted(found) == sorted(ids)


def test_misses_none_and_repeats_none_while_others_are_published(client):
    ids = make_editions(30)
    first = client.get(URL, {"page_size": 10}).json()
    Edition.objects.filter(public_id=first["results"][0]["id"]).delete()

    answer, found = first, [incident["id"] for incident in first["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found += [incident["id"] for incident in answer["results"]]

    assert sorted(found) == sorted(ids)


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"cursor": "x"}, "/cursor"),
        ({"cursor": "WyJ4IiwgInkiXQ"}, "/cursor"),  # ["x", "y"]
        ({"cursor": "WyIyMDE3LTAxLTE1IiwgIlx1MDAwMCJd"}, "/cursor"),  # a NUL
        ({"cursor": "WzEsIDJd"}, "/cursor"),  # [1, 2]
        ({"page_size": "0"}, "/page_size"),
        ({"page_size": "1001"}, "/page_size"),
        ({"page_size": "ten"}, "/page_size"),
    ],
)
def test_refuses_a_page_that_cannot_be(client, asked, pointer):
    response = client.get(URL, asked)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
