"""The code lists as data."""

from __future__ import annotations

import pytest

from tracker import codebook
from tracker.public import codelists
from tracker.public.api import (
    agreement_documents,
    coverage_documents,
    documents,
    place_documents,
    statistics_documents,
    tally_documents,
)

pytestmark = pytest.mark.django_db


def lists() -> list[type[codebook.Codes] | type[codebook.Grades]]:
    return [
        each
        for each in vars(codebook).values()
        if isinstance(each, type)
        and issubclass(each, (codebook.Codes, codebook.Grades))
        and len(each)
    ]


def test_tells_every_list_there_is_once():
    assert {each.codes for each in codelists.LISTS} == {*lists()}
    assert len({each.name for each in codelists.LISTS}) == len(codelists.LISTS)


def test_names_members_that_documents_have():
    modules = (
        *(agreement_documents, coverage_documents),
        *(documents, place_documents, statistics_documents, tally_documents),
    )
    members = {
        name
        for module in modules
        for document in vars(module).values()
        if isinstance(document, type) and issubclass(document, documents.Document)
        for name in document().fields
    }

    assert {name for each in codelists.LISTS for name in each.members} <= members


def test_answers_the_codebook_as_data(client):
    response = client.get("/api/v1/codebook/")

    (act,) = [each for each in response.json()["results"] if each["name"] == "act"]
    assert act["members"] == ["acts"]
    assert act["codes"][0] == {
        "code": "fire_indirect",
        "label": "Shelling",
        "label_ar": "قصف مدفعي",
        "meaning": "Artillery, mortar or rocket fire.",
        "meaning_ar": act["codes"][0]["meaning_ar"],
        "acled": "Shelling/artillery/missile attack",
        "ucdp": None,
        "osce": "explosion, assessed incoming or outgoing",
    }
    assert client.get("/api/v1/codebook/", {"list": "act"}).status_code == 400


def test_answers_numbered_grades_as_numbers(client):
    results = client.get("/api/v1/codebook/", headers={"accept-language": "ar"}).json()["results"]

    grades = {each["name"]: [code["code"] for code in each["codes"]] for each in results}
    assert grades["geo_precision"] == [1, 2, 3, 4, 5, 6, 7]
    assert results[0]["title"] == "Acts"
