"""What the desk's API answers is what OpenAPI says it answers."""

from __future__ import annotations

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from tests.factories import (
    make_agreement,
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
)
from tracker.desk.workflow import judging

pytestmark = pytest.mark.django_db
DOCUMENTS = {
    "incidents": ("ListedIncident", "DeskIncidentDocument"),
    "reports": ("DeskReportDocument", "DeskReportDocument"),
    "tallies": ("ListedBulletin", "DeskBulletinDocument"),
    "coverage": ("ListedCoverage", "DeskCoverageDocument"),
}
LISTS = {"assessments": "AssessmentAtDesk", "evidence": "EvidenceAtDesk"}

FORMATS = FormatChecker()
FORMATS.checks("uri")(lambda text: "://" in str(text))


@pytest.fixture(scope="module")
def components():
    return SchemaGenerator().get_schema(public=True)["components"]


@pytest.fixture
def numbers(db: None) -> dict[str, int]:
    place, party = make_place(), make_party()
    make_reading(make_agreement())
    incident = make_incident(place=place, latitude=33.6, longitude=36.1)
    report = make_report(
        incident=incident, place=place, accused=[party], figures=[{"best": 7}], latitude=None
    )
    judging.judge_incident(incident)
    bulletin = make_bulletin({"place": place, "accused": party}, {"count": 1})
    make_assessment(incident, assessed="attribution", value="alleged_by_one", party=party)
    make_evidence(incident=incident, name="picture.exe")
    coverage = make_coverage(place=place, obstructed_by=party)
    return {
        "incidents": incident.pk,
        "reports": report.pk,
        "tallies": bulletin.pk,
        "coverage": coverage.pk,
    }


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_answers_what_is_described_and_nothing_else(officer, components, numbers, kind):
    listed, one = DOCUMENTS[kind]
    told = [
        *((listed, each) for each in officer.get(f"{kind}/").json()["results"]),
        (one, officer.get(f"{kind}/{numbers[kind]}/").json()),
    ]

    for name, document in told:
        assert_described(components, name, document)


@pytest.mark.parametrize("kind", LISTS)
def test_answers_what_belongs_to_an_incident_as_described(officer, components, numbers, kind):
    [document] = officer.get(f"incidents/{numbers['incidents']}/{kind}/").json()["results"]

    assert_described(components, LISTS[kind], document)


def assert_described(components, name, document):
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    assert [str(each) for each in validator.iter_errors(document)] == []
    assert set(document) == set(components["schemas"][name]["properties"])
