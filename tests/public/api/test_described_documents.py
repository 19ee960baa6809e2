"""What the API hands out is what OpenAPI says it hands out, member by member."""

from __future__ import annotations

import json
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.factories import (
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
)
from tracker.desk.models import PartyName, PlaceName
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(public=True)


@pytest.fixture
def published(publish):
    agreement = make_agreement(parent=make_agreement(title="A wider one"), title_ar="هدنة")
    publishing.publish_agreement(agreement)
    place = make_place(name_ar="دير قانون", pcode="SY0301", parent=make_place(kind="district"))
    PlaceName.objects.create(place=place, name="Dayr Qanun")
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
        publish(incident)
    publish(make_incident())


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_describes_every_member_of_every_document(schema, published, kind):
    name = {"incident": "Incident", "report": "Report"}.get(kind, kind.title()) + "Document"
    validator = Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": schema["components"]}
    )
    documents = Edition.objects.of(kind).values_list("document", flat=True)

    assert documents
    for text in documents:
        document = _parsed(text)
        assert [error.message for error in validator.iter_errors(document)] == []
        _holds_exactly_what_is_described(schema, name, document)


def _parsed(text: str) -> dict[str, Any]:
    return json.loads(text)


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
