"""The OpenAPI 3.0 description and the queryables say what the addresses do."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate

from tests.public.ogc.world import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition(client):
    return client.get("/ogc/api").json()


def parameters(definition, path):
    return {each["name"]: each for each in definition["paths"][path]["get"]["parameters"]}


def test_is_valid_openapi(client):
    answer = client.get("/ogc/api")

    validate(answer.json())
    assert answer.json()["openapi"].startswith("3.0")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"


@pytest.mark.parametrize("name", NAMES)
def test_describes_the_parameters_of_the_standard_as_it_demands(definition, name):
    told = parameters(definition, f"/collections/{name}/items")

    assert told["limit"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100,
    }
    assert told["bbox"]["schema"]["items"] == {"type": "number"}
    assert [each["minItems"] for each in told["bbox"]["schema"]["oneOf"]] == [4, 6]
    assert told["datetime"]["schema"] == {"type": "string"}
    for each in ("limit", "bbox", "datetime"):
        assert (told[each]["style"], told[each]["explode"]) == ("form", False)


def test_describes_every_address_there_is(client, world, definition):
    for path, methods in definition["paths"].items():
        name = path.split("/")[2] if path.startswith("/collections/") else ""
        if "{featureId}" in path:
            feature = client.get(f"/ogc/collections/{name}/items").json()["features"][0]
            path = path.replace("{featureId}", feature["id"])
        answer = client.get(f"{definition['servers'][0]['url']}{path}".rstrip("/"))

        schemas = methods["get"]["responses"]["200"]["content"]
        schema = schemas[answer["Content-Type"]]["schema"]
        assert answer.status_code == 200
        whole = {**schema, "components": definition["components"]}
        assert list(OAS30Validator(whole).iter_errors(answer.json())) == []


@pytest.mark.parametrize("name", NAMES)
def test_answers_every_parameter_it_describes(client, world, definition, name):
    examples = {
        "uuid": "00000000-0000-0000-0000-000000000001",
        "date": "2017-01-15",
        "integer": 3,
        "number": 3,
        "boolean": "true",
        "bbox": "36,33,37,34",
        "datetime": "2017-01-15/..",
        "near": "33,36",
        "updated_since": "2017-01-15",
    }
    for parameter, told in parameters(definition, f"/collections/{name}/items").items():
        schema = told["schema"].get("items", told["schema"])
        kinds = (parameter, schema.get("format"), schema["type"])
        example = next((examples[kind] for kind in kinds if kind in examples), "word")
        asked = {parameter: schema.get("enum", [example])[0]}
        if parameter in {"near", "within_km"}:
            asked = {"near": "33,36", "within_km": 3}
        if parameter == "reading" and name == "incidents":
            asked["verdict"] = "outside"
        status = client.get(f"/ogc/collections/{name}/items", asked).status_code
        assert status == (400 if parameter == "cursor" else 200), parameter


@pytest.mark.parametrize("name", NAMES)
def test_names_as_queryables_the_filters_that_it_describes(client, definition, name):
    answer = client.get(f"/ogc/collections/{name}/queryables")
    told = answer.json()

    assert answer["Content-Type"] == "application/schema+json"
    Draft202012Validator.check_schema(told)
    paging = {"limit", "cursor", "bbox", "datetime", "f", "lang", "ordering"}
    described = set(parameters(definition, f"/collections/{name}/items"))
    assert set(told["properties"]) == described - paging


def test_lists_the_codes_that_may_be_asked_for(client):
    told = client.get("/ogc/collections/zones/queryables").json()["properties"]

    assert told["rule"]["enum"] == ["include", "exclude"]
    assert told["agreement"]["type"] == "string"


def test_says_how_datetime_differs_from_the_days_of_the_api(client):
    told = client.get("/ogc/api?lang=en").json()["paths"]["/collections/incidents/items"]

    (datetime,) = [each for each in told["get"]["parameters"] if each["name"] == "datetime"]
    assert "date_from" in datetime["description"]


def test_describes_itself_in_the_language_asked_for(client):
    assert (
        client.get("/ogc/api?lang=ar").json()["info"]["title"]
        != (client.get("/ogc/api?lang=en").json()["info"]["title"])
    )
