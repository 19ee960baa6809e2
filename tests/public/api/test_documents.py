from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_zone,
)
from tests.public.issuing import issue
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db
LISTS = [
    "incidents",
    "reports",
    "agreements",
    "parties",
    "places",
    "sources",
    "tallies",
    "coverage",
    "situation-reports",
]


@pytest.fixture
def addresses(publish):
    """Every address the public can read documents at."""
    agreement = make_agreement(title_ar="هدنة")
    make_provision(agreement, "fire_indirect")
    make_reading(agreement)
    make_zone(agreement)
    publishing.publish_agreement(agreement)
    incident = make_incident(
        reports=0, place=make_place(name_ar="دير قانون"), sensitivity="guarded"
    )
    accused = make_party(name_ar="النصرة")
    make_report(incident=incident, accused=[accused], text="قذائف", figures=[{"low": 7}])
    make_report(incident=incident, source=make_source(is_confidential=True))
    publish(incident)
    publishing.publish_bulletin(make_bulletin({"count": 2}))
    publishing.publish_coverage(make_coverage())
    issue(make_situation_report(agreement=agreement))
    return [
        "/api/v1/",
        *(f"/api/v1/{name}/" for name in LISTS),
        *(address_of(each) for each in told_by_themselves()),
        f"/api/v1/incidents/{incident.public_id}/reports/",
    ]


def told_by_themselves():
    # Zones are told with their agreement.
    return Edition.objects.exclude(kind=Kind.ZONES)


def address_of(edition):
    if edition.kind in {Kind.SCOPE, Kind.HISTORY}:
        return f"/api/v1/incidents/{edition.public_id}/{edition.kind}/"
    irregular = {
        "party": "parties",
        "tally": "tallies",
        "coverage": "coverage",
        "situation": "situation-reports",
    }
    plural = irregular.get(edition.kind, f"{edition.kind}s")
    return f"/api/v1/{plural}/{edition.public_id}/"


def test_hands_out_each_edition_as_it_is_stored(client, addresses):
    for edition in told_by_themselves().exclude(kind=Kind.AGREEMENT):
        content = client.get(address_of(edition)).content
        assert content.decode() == edition.document
        assert hashlib.sha256(content).hexdigest() == edition.digest


def test_hands_out_an_agreement_as_it_is_stored_with_its_zones_behind(client, addresses):
    agreement = Edition.objects.get(kind=Kind.AGREEMENT)
    content = client.get(address_of(agreement)).content.decode()

    assert content.startswith(agreement.document[:-1])
    assert [each["geometry"]["type"] for each in json.loads(content)["zones"]["features"]] == [
        "Polygon"
    ]
    assert "Polygon" not in client.get("/api/v1/agreements/").content.decode()


def test_writes_arabic_as_it_is(client, addresses):
    assert "النصرة" in client.get("/api/v1/parties/").content.decode()


def test_lists_the_same_document_as_it_gives_by_itself(client, addresses):
    for name in LISTS:
        for each in client.get(f"/api/v1/{name}/").json()["results"]:
            alone = client.get(f"/api/v1/{name}/{each['id']}/").json()
            assert each.items() <= alone.items()
            assert alone.keys() - each.keys() == ({"zones"} if name == "agreements" else set())


def test_ledgers_what_the_incident_says(client, addresses):
    incident, ledger = client.get(addresses[-1].removesuffix("reports/")), client.get(addresses[-1])

    for name in ("reports", "corroboration", "revision", "published_on", "updated_on"):
        assert ledger.json()[name] == incident.json()[name]
    assert len(ledger.json()["reports"]) == 2


def test_lets_every_cache_keep_every_answer(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert response["Cache-Control"].startswith("public, max-age=60"), address
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address


def test_answers_head_with_the_headers_alone(client, addresses):
    for address in addresses:
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Type"] == whole["Content-Type"] == "application/json"


@pytest.mark.parametrize("token", ["Token x", "Bearer x", "Basic eDp5", "Token", "é", "Token é"])
def test_answers_whoever_asks_with_the_same_bytes(desk, addresses, token):
    for address in addresses:
        anonymous = Client().get(address).content
        assert desk.get(address).content == anonymous
        assert Client(headers={"Authorization": token}).get(address).content == anonymous


def test_answers_in_every_language_with_the_same_bytes(client, addresses):
    for address in addresses:
        arabic = client.get(address, headers={"Accept-Language": "ar"})
        assert arabic.content == client.get(address).content


def test_describes_itself_to_who_asks(client):
    schema = client.get("/api/v1/schema/?format=json")

    assert json.loads(schema.content)["openapi"].startswith("3.1")
    assert client.get("/api/v1/docs/").status_code == 200


@pytest.mark.parametrize("query", ["format=nonsense", "lang=nonsense", "version=9", "lang=%00"])
def test_never_stumbles_over_what_is_asked_of_the_description(client, query):
    assert client.get(f"/api/v1/schema/?{query}").status_code in {200, 400, 404}
