"""Statistics are what OpenAPI says they are, member by member."""

from __future__ import annotations

import datetime as dt

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from tests.factories import (
    make_agreement,
    make_coverage,
    make_incident,
    make_party,
    make_reading,
    make_report,
    make_source,
)
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db
ASKED = {
    "summary": "SummaryDocument",
    "timeline?by=act": "TimelineDocument",
    "timeline?by=verdict&under=wide&interval=day": "TimelineDocument",
    "cells": "CellsDocument",
    "cells?view=36,33,37,34": "CellsDocument",
    "accusations": "AccusationsDocument",
    "accusations?by=party": "AccusationsDocument",
    "quiet-days?date_from=2017-01-01&date_to=2017-02-01": "QuietDaysDocument",
    "before-after?around=truce": "BeforeAfterDocument",
}


@pytest.fixture
def published(publish):
    truce = make_agreement(slug="truce", effective_to=dt.datetime(2017, 2, 1, tzinfo=dt.UTC))
    make_reading(truce, slug="wide")
    publishing.publish_agreement(truce)
    incident = make_incident(latitude=33.6, longitude=36.1)
    army = make_party()
    make_report(incident=incident, accused=[army], source=make_source(alignment=army))
    publish(incident)
    publishing.publish_coverage(make_coverage())


@pytest.mark.parametrize("asked", ["published", "nothing"])
def test_answers_as_openapi_describes(client, request, asked):
    if asked == "published":
        request.getfixturevalue("published")
    schema = SchemaGenerator().get_schema(public=True)
    for question, name in ASKED.items():
        if asked == "nothing" and "=" in question and "date_from" not in question:
            continue
        path, _mark, query = question.partition("?")
        answer = client.get(f"/api/v1/stats/{path}/?{query}").json()
        described = schema["components"]["schemas"][name]
        validator = Draft202012Validator({**described, "components": schema["components"]})

        assert list(validator.iter_errors(answer)) == [], question
        assert set(answer) == set(described["properties"]), question
