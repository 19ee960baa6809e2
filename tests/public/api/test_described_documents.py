"""What the API hands out is what OpenAPI says it hands out, member by member."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.factories import (
    SQUARE,
    make_adherence,
    make_agreement,
    make_assessment,
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
from tracker.desk.models import Boundary, PartyName, PlaceCode, PlaceName, Tally
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(public=True)


MULTIPOLYGON = {"type": "MultiPolygon", "coordinates": [SQUARE]}


def assess_all(incident, party):
    """An assessment of every kind, with and without a basis."""
    figure = {"assessed": "figure", "harm": "killed", "group": "all", "low": 7}
    make_assessment(incident, basis="Two films")
    make_assessment(incident, assessed="attribution", value="cleared", party=party)
    make_assessment(incident, assessed="intent", value="unclear")
    make_assessment(incident, assessed="place", value="located", geo_precision=1)
    make_assessment(incident, assessed="date", date_precision=1)
    for basis in (incident.reports.get(figures__low=7), None):
        make_assessment(incident, **figure, basis_report=basis, basis="Its own count")
        figure["group"] = "women"


@pytest.fixture
def published(publish):
    agreement = make_agreement(parent=make_agreement(title="A wider one"), title_ar="هدنة")
    make_provision(agreement, "siege", text_ar="لا حصار")
    bare = make_reading(agreement)
    whole = make_reading(
        agreement,
        name_ar="قراءة",
        whose=make_party(),
        basis="Said so",
        note="It holds.",
        note_ar="يسري",
    )
    make_adherence(agreement, make_party(), "excluded", reading=whole, basis="It says so")
    make_adherence(agreement, make_party(), valid_from="2016-12-30", valid_to="2017-01-30")
    make_zone(agreement, reading=bare, name_ar="الوادي", basis="Held", basis_ar="تسيطر")
    make_zone(agreement, rule="include", valid_from="2016-12-30", geometry=MULTIPOLYGON)
    publishing.publish_agreement(agreement)
    place = make_place(name_ar="دير قانون", pcode="SY0301", parent=make_place(kind="district"))
    PlaceName.objects.create(place=place, name="Dayr Qanun")
    PlaceCode.objects.create(place=place, code="geonames:1")
    square = [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]]
    Boundary.objects.create(
        place=place,
        geometry={"type": "Polygon", "coordinates": square},
        attribution="Drawn for a test",
        west=36,
        south=33,
        east=37,
        north=34,
    )
    accused = make_party(parent=make_party(), successor=make_party())
    PartyName.objects.create(party=accused, name="النصرة", language="ar", valid_from="2012-01-23")
    for sensitivity in ("open", "guarded", "withheld"):
        incident = make_incident(reports=0, place=place, sensitivity=sensitivity, means=["mortar"])
        make_report(
            incident=incident,
            accused=[accused],
            figures=[{"low": 7}, {"harm": "injured", "as_written": "dozens"}],
            place=place,
            published_on="2017-01-16",
            url="https://example.org/a",
            justification="target_excluded",
            source=make_source(alignment=accused, url="https://example.org/"),
        )
        make_report(incident=incident, source=make_source(is_confidential=True))
        assess_all(incident, accused)
        publish(incident)
    publish(make_incident())
    publishing.publish_bulletin(
        make_bulletin(
            {"count": 2, "accused": accused, "as_written": "two"},
            {"count": 1, "place": place, **dict.fromkeys(Tally.ANSWERS, 0)},
            measure="violations",
            counterpart=make_source(is_confidential=True),
        )
    )
    publishing.publish_bulletin(
        make_bulletin({}, url="https://example.org/b", stated_on="2017-01-22")
    )
    told = {"means": "patrol", "as_written": "not safe", "url": "https://example.org/c"}
    publishing.publish_coverage(
        make_coverage(place=place, obstructed_by=accused, stated_on="2017-02-01", **told)
    )
    publishing.publish_coverage(
        make_coverage(monitor=make_source(is_confidential=True), date_end=None)
    )
    corrected = make_situation_report(agreement=agreement)
    issue(corrected)
    corrected.errata.create(number=1, text="Two were one.")
    publishing.correct_situation(corrected)
    issue(make_situation_report())


@pytest.mark.parametrize(
    ("kind", "resource", "name"),
    [
        (Kind.INCIDENT, "incidents", "IncidentDocument"),
        (Kind.REPORT, "reports", "ReportDocument"),
        (Kind.AGREEMENT, "agreements", "WholeAgreementDocument"),
        (Kind.PARTY, "parties", "PartyDocument"),
        (Kind.PLACE, "places", "WholePlaceDocument"),
        (Kind.SOURCE, "sources", "SourceDocument"),
        (Kind.TALLY, "tallies", "TallyDocument"),
        (Kind.COVERAGE, "coverage", "CoverageDocument"),
        (Kind.SITUATION, "situation-reports", "SituationReportDocument"),
    ],
)
def test_describes_every_member_of_every_document(client, schema, published, kind, resource, name):
    ids = Edition.objects.of(kind).values_list("public_id", flat=True)

    assert ids
    for public_id in ids:
        document = client.get(f"/api/v1/{resource}/{public_id}/").json()
        _is_described(schema, name, document)


def test_describes_every_member_of_every_ledger(client, schema, published):
    ids = Edition.objects.of(Kind.INCIDENT).values_list("public_id", flat=True)

    assert ids
    for public_id in ids:
        document = client.get(f"/api/v1/incidents/{public_id}/reports/").json()
        _is_described(schema, "LedgerDocument", document)


def test_describes_every_member_of_every_scope(client, schema, published):
    ids = Edition.objects.of(Kind.INCIDENT).values_list("public_id", flat=True)

    for public_id in ids:
        document = client.get(f"/api/v1/incidents/{public_id}/scope/").json()
        _is_described(schema, "ScopeDocument", document)
        [agreement] = document["agreements"]
        assert [len(reading["findings"]) for reading in agreement["readings"]] == [5, 5]


def test_describes_every_member_of_every_history(client, schema, published):
    for public_id in Edition.objects.of(Kind.INCIDENT).values_list("public_id", flat=True):
        document = client.get(f"/api/v1/incidents/{public_id}/history/").json()
        _is_described(schema, "HistoryDocument", document)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("incidents/?near=33.6,36.1&within_km=30", "MeasuredIncidentDocument"),
        ("reports/?near=33.6,36.1&within_km=30", "MeasuredReportDocument"),
        ("agreements/?q=ceasefire", "AgreementDocument"),
        ("places/?q=deir+qanun", "RankedPlaceDocument"),
        ("places/reverse/?near=33.6,36.1", "NearPlaceDocument"),
        (
            "tallies/concordance/?date_from=2017-01-22&date_to=2017-01-22",
            "ConcordanceDocument",
        ),
    ],
)
def test_describes_what_lists_add_to_a_document(client, schema, published, address, name):
    documents = client.get(f"/api/v1/{address}").json()["results"]

    assert documents
    for document in documents:
        _is_described(schema, name, document)


def _is_described(schema: dict[str, Any], name: str, document: dict[str, Any]) -> None:
    validator = Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": schema["components"]}
    )
    assert [error.message for error in validator.iter_errors(document)] == []
    _holds_exactly_what_is_described(schema, name, document)


def _holds_exactly_what_is_described(schema: dict[str, Any], name: str, document: Any) -> None:
    described = schema["components"]["schemas"][name]["properties"]
    assert set(document) == set(described), name
    for member, value in document.items():
        inner = _component(described[member])
        for each in value if isinstance(value, list) else [value]:
            if inner and isinstance(each, dict):
                _holds_exactly_what_is_described(schema, inner, each)


def _component(described: dict[str, Any]) -> str | None:
    texts = [
        described,
        described.get("items", {}),
        *described.get("allOf", []),
        *described.get("oneOf", []),
        *described.get("anyOf", []),
    ]
    for text in texts:
        if "$ref" in text:
            return str(text["$ref"]).rpartition("/")[2]
    return None


def test_is_valid_openapi(schema):
    validate(schema)

    assert schema["openapi"].startswith("3.1")


def test_explains_every_parameter_and_every_member(schema):
    for path, methods in schema["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            assert parameter.get("description"), (path, parameter["name"])
    for name, component in schema["components"]["schemas"].items():
        if name.endswith("Document"):
            for member, described in component["properties"].items():
                assert described.get("description"), (name, member)
