from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_agreement, make_incident, make_party, make_place, make_report
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db
LISTS = ["incidents", "reports", "agreements", "parties", "places", "sources"]


def fill(publish, number: int) -> None:
    for _each in range(number):
        incident = make_incident(reports=0, place=make_place())
        make_report(incident=incident, accused=[make_party()], figures=[{"best": 1}])
        publish(incident)
        publishing.publish_agreement(make_agreement())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).json()["results"]
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_takes_as_many_queries_for_many_rows_as_for_few(client, publish, name):
    fill(publish, 2)
    few = queries(client, f"/api/v1/{name}/")
    fill(publish, 8)

    assert queries(client, f"/api/v1/{name}/") == few == 1


@pytest.mark.parametrize("name", LISTS)
def test_answers_with_the_same_bytes_whoever_asks(client, desk, publish, name):
    fill(publish, 1)
    address = f"/api/v1/{name}/"

    anonymous = Client().get(address)

    assert desk.get(address).content == anonymous.content
    assert Client().get(address, headers={"Authorization": "Token wrong"}).content == (
        anonymous.content
    )
    assert anonymous["Cache-Control"].startswith("public, max-age=60, ")


def test_answers_not_modified_to_who_has_it_already(client, publish):
    fill(publish, 1)
    etag = client.get("/api/v1/incidents/")["ETag"]

    assert client.get("/api/v1/incidents/", headers={"If-None-Match": etag}).status_code == 304


def test_shows_the_front_page_with_as_many_queries_for_many_rows_as_for_few(client, publish):
    fill(publish, 2)
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    fill(publish, 8)
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(few) == len(many)
