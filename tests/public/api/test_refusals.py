from __future__ import annotations

import uuid
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories import make_incident
from tracker.public import filters, statistics
from tracker.public.coverage import CoverageQuery
from tracker.public.deleted import DeletedQuery
from tracker.public.situation.asked import SituationReportQuery

pytestmark = pytest.mark.django_db
ID = str(uuid.UUID(int=1))
QUERIES = {
    "incidents": filters.IncidentQuery,
    "reports": filters.ReportQuery,
    "agreements": filters.AgreementQuery,
    "parties": filters.PartyQuery,
    "places": filters.PlaceQuery,
    "sources": filters.SourceQuery,
    "coverage": CoverageQuery,
    "situation-reports": SituationReportQuery,
    "deleted": DeletedQuery,
    "stats/summary": statistics.SummaryQuery,
    "stats/timeline": statistics.TimelineQuery,
    "stats/cells": statistics.CellsQuery,
    "stats/accusations": statistics.AccusationsQuery,
    "stats/quiet-days": statistics.QuietDaysQuery,
    "stats/before-after": statistics.BeforeAfterQuery,
}
# What must be asked there.
NEEDED = {
    "stats/quiet-days": {"date_from": "2017-01-01", "date_to": "2017-01-31"},
    "stats/before-after": {"around": "truce"},
}
PARAMETERS = [(name, parameter) for name, query in QUERIES.items() for parameter in query().fields]
DETAILS = [
    f"incidents/{ID}/",
    f"incidents/{ID}/reports/",
    f"incidents/{ID}/scope/",
    f"incidents/{ID}/history/",
    f"reports/{ID}/",
    f"places/{ID}/",
    "agreements/a/",
    "parties/a/",
    "sources/a/",
    f"coverage/{ID}/",
    "situation-reports/a/",
]


def assert_problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def wrong(response):
    assert_problem(response, 400)
    return {error["pointer"].split("/")[1] for error in response.json()["errors"]}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("foo=1", {"foo"}),
        ("foo=1&bar=2&act=nope", {"foo", "bar", "act"}),
        ("date_form=2017-01-01", {"date_form"}),
        ("Act=siege", {"Act"}),
        ("format=json", {"format"}),
        ("format=html", {"format"}),
        ("%00=1", {"\0"}),
        ("act=siege&act=detain", {"act"}),
        ("page_size=1&page_size=1", {"page_size"}),
        ("q=%00", {"q"}),
        ("q=" + "a" * 201, {"q"}),
        ("act=nope", {"act"}),
        ("act=siege,", {"act"}),
        ("act=siege,nope", {"act"}),
        ("means=siege", {"means"}),
        ("verification=true", {"verification"}),
        ("verdict=contested", {"verdict"}),
        ("verdict=violation,nope", {"verdict"}),
        ("reading=government", {"reading"}),
        ("verdict=violation&reading=not a slug", {"reading"}),
        ("verdict=violation@government", {"verdict"}),
        ("contested=perhaps", {"contested"}),
        ("agreement=not a slug", {"agreement"}),
        ("accused=" + "a" * 65, {"accused"}),
        ("place=Damascus", {"place"}),
        (f"place={ID},x", {"place"}),
        ("located=perhaps", {"located"}),
        ("ordering=size", {"ordering"}),
        ("max_geo_precision=0", {"max_geo_precision"}),
        ("max_geo_precision=8", {"max_geo_precision"}),
        ("max_date_precision=exact", {"max_date_precision"}),
        ("date_from=2017-02-30", {"date_from"}),
        ("date_from=2017-01-15T00:00:00Z", {"date_from"}),
        ("date_to=15.1.2017", {"date_to"}),
        ("date_from=2017-01-16&date_to=2017-01-15", {"date_to"}),
        ("updated_since=yesterday", {"updated_since"}),
        ("updated_since=2017-02-30", {"updated_since"}),
        ("updated_since=2017-01-15T09:00", {"updated_since"}),
        ("updated_since=0001-01-01T00:00%2B14:00", {"updated_since"}),
        ("updated_since=9999-12-31T23:59-12:00", {"updated_since"}),
        ("near=33,36", {"within_km"}),
        ("within_km=5", {"near"}),
        ("near=33&within_km=5", {"near"}),
        ("near=91,36&within_km=5", {"near"}),
        ("near=33,181&within_km=5", {"near"}),
        ("near=nan,36&within_km=5", {"near"}),
        ("near=33,36&within_km=0", {"within_km"}),
        ("near=33,36&within_km=-1", {"within_km"}),
        ("near=33,36&within_km=2001", {"within_km"}),
        ("near=33,36&within_km=nan", {"within_km"}),
        ("near=33,36&within_km=inf", {"within_km"}),
        ("near=33,36&within_km=1e999", {"within_km"}),
    ],
)
def test_names_each_parameter_that_is_wrong(client, query, names):
    assert wrong(client.get(f"/api/v1/incidents/?{query}")) == names


@pytest.mark.parametrize(
    "bbox",
    [
        "36,33,37",
        "36,33,37,34,35",
        "a,b,c,d",
        "36,34,37,33",
        "-181,33,37,34",
        "36,33,180.1,34",
        "36,-91,37,34",
        "36,33,37,90.5",
        "nan,33,37,34",
        "36,33,37,inf",
        "-inf,33,37,34",
        "36;33;37;34",
        ",,,",
    ],
)
def test_refuses_a_box_that_is_none_on_earth(client, bbox):
    response = client.get("/api/v1/incidents/", {"bbox": bbox})

    assert wrong(response) == {"bbox"}
    assert bbox in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_refuses_an_empty_value(client, name, parameter):
    assert parameter in wrong(client.get(f"/api/v1/{name}/?{parameter}="))


@pytest.mark.parametrize("name", ["agreements", "parties", "places", "sources"])
def test_refuses_the_filters_of_incidents_elsewhere(client, name):
    assert wrong(client.get(f"/api/v1/{name}/?act=siege&bbox=36,33,37,34")) == {"act", "bbox"}


@pytest.mark.parametrize("address", ["", *DETAILS])
def test_takes_no_parameters_where_there_is_nothing_to_select(client, address):
    assert wrong(client.get(f"/api/v1/{address}?foo=1&page_size=5")) == {"foo", "page_size"}


@pytest.mark.parametrize("address", DETAILS)
def test_does_not_find_what_never_was(client, address):
    assert_problem(client.get(f"/api/v1/{address}"), 404)


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "incidents/1/",
        "incidents/not-an-id/",
        "incidents/not-an-id/reports/",
        f"incidents/{ID}/nothing/",
        f"reports/{ID}x/",
        "places/Damascus/",
        "parties/an%20army/",
        "sources/%00/",
        "sources/%ED%A0%80/",
        "agreements/" + "a" * 3000 + "/",
        "incidents",
        "../admin/",
    ],
)
def test_does_not_find_an_address_there_is_not(client, address):
    assert_problem(client.get(f"/api/v1/{address}"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", *(f"{name}/" for name in QUERIES), *DETAILS])
def test_is_read_only(address, method):
    if (address, method) == ("reports/", "post"):
        pytest.skip("partners submit reports here")
    strict = Client(enforce_csrf_checks=True)

    response = getattr(strict, method)(f"/api/v1/{address}", "{}", content_type="application/json")

    assert_problem(response, 405)
    assert "GET" in response["Allow"]
    assert method.upper() not in response["Allow"]


def test_does_not_find_where_nothing_can_be_sent():
    strict = Client(enforce_csrf_checks=True)

    assert_problem(strict.post("/api/v1/nothing/", {"a": 1}), 404)


@pytest.mark.parametrize("accept", ["text/html", "text/csv", "image/png, */*;q=0", "nonsense", ""])
def test_answers_json_whatever_is_accepted(client, publish, accept):
    incident = publish(make_incident())

    for address in ("incidents/", f"incidents/{incident.public_id}/"):
        response = client.get(f"/api/v1/{address}", headers={"Accept": accept})
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"


def test_refuses_another_host(client):
    assert_problem(client.get("/api/v1/", headers={"Host": "evil.example"}), 400)


ODD = ["nan", "-inf", "1e999", "-0", "1_0", "٣", "0x1", "\0", "9" * 5000, "0001-01-01", "T", "²"]
ANYTHING = st.one_of(
    st.sampled_from(ODD).map(str.encode),
    st.text(max_size=40).map(str.encode),
    st.binary(max_size=40),
    st.lists(st.sampled_from([*ODD, "5", "", ID]), max_size=5).map(
        lambda each: ",".join(each).encode()
    ),
    st.tuples(st.dates(), st.timezones()).map(lambda each: f"{each[0]}T00:00 14:00".encode()),
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(PARAMETERS), ANYTHING)
@example(("incidents", "q"), b"\xed\xa0\x80")
@example(("incidents", "cursor"), b"\xed\xa0\x80\x00")
def test_answers_or_refuses_any_value_of_any_parameter(client, asked, value):
    name, parameter = asked
    also = (
        "&within_km=5" if parameter == "near" else "&near=0,0" if parameter == "within_km" else ""
    )

    for needed in NEEDED.get(name, {}).keys() - {parameter}:
        also += f"&{needed}={NEEDED[name][needed]}"

    response = client.get(f"/api/v1/{name}/?{parameter}={quote_from_bytes(value)}{also}")

    # What is too long to be an address is not looked at.
    assert response.status_code in {200, 400, 414}
    if response.status_code == 400:
        assert parameter in wrong(response) or wrong(response) <= NEEDED.get(name, {}).keys()
