"""Whom the judge takes as accused, where the desk has assessed who did it."""

from __future__ import annotations

import pytest

from tests.factories import (
    make_adherence,
    make_agreement,
    make_assessment,
    make_incident,
    make_party,
    make_provision,
    make_reading,
    make_report,
)
from tracker.desk.models import Incident, Verdict
from tracker.desk.workflow import judging, publishing
from tracker.desk.workflow.assessing import assess
from tracker.desk.workflow.judging import facts
from tracker.desk.workflow.judging.verdicts import judgeable

pytestmark = pytest.mark.django_db


@pytest.fixture
def army(db):
    return make_party(slug="army")


@pytest.fixture
def truce(army):
    """A ceasefire that binds the army and leaves the front out."""
    truce = make_agreement(slug="truce")
    make_reading(truce)
    make_provision(truce, "fire_indirect")
    make_adherence(truce, army)
    make_adherence(truce, make_party(slug="front", name="Front"), "excluded")
    return truce


@pytest.fixture
def shelling(truce, army):
    incident = make_incident(reports=0, targets=["civilians"], latitude=33.6, longitude=36.1)
    make_report(incident=incident, accused=[army])
    judging.judge_incident(incident)
    return incident


@pytest.fixture
def attribute(reviewer):
    def attributed(incident, party, value):
        told = {"rationale": "Two films show it.", "proof": "grounds_to_believe"}
        assess(incident, assessed="attribution", value=value, party=party, by=reviewer, **told)

    return attributed


def code() -> str:
    return Verdict.objects.get().code


@pytest.mark.parametrize(
    ("value", "accused"),
    [
        ("none", {"army"}),
        ("alleged_by_one", {"army"}),
        ("mutually_alleged", {"army"}),
        ("assessed_probable", {"army"}),
        ("assessed_established", {"army"}),
        ("cleared", set()),
    ],
)
def test_takes_the_assessment_as_the_last_word_on_a_party(
    shelling, army, attribute, value, accused
):
    attribute(shelling, army, value)

    assert facts.of(shelling).accused == facts.public(shelling).accused == accused


def test_judges_again_at_once_by_whom_the_desk_holds_to_have_done_it(
    shelling, army, truce, attribute
):
    front = make_party(slug="front-two")
    make_adherence(truce, front, "excluded")
    assert code() == "violation"

    attribute(shelling, front, "assessed_established")
    assert code() == "undetermined"

    attribute(shelling, army, "cleared")
    assert code() == "outside"

    attribute(shelling, army, "none")
    attribute(shelling, front, "cleared")
    assert code() == "violation"


def test_says_that_no_one_stands_accused_where_all_are_cleared(shelling, army, attribute):
    attribute(shelling, army, "cleared")

    [scope] = judging.verdicts_of(shelling)
    assert scope.readings[0].findings[2].sentence == "No one stands accused of it."


def test_judges_many_as_it_judges_one(shelling, army, attribute, django_assert_num_queries):
    attribute(shelling, army, "cleared")
    for _number in range(3):
        make_assessment(shelling, assessed="attribution", value="cleared", party=make_party())
        make_incident()

    with django_assert_num_queries(5):
        many = [facts.of(each) for each in judgeable(Incident.objects.order_by("pk"))]

    assert many[0] == facts.of(shelling)


def test_keeps_telling_the_public_what_was_signed(
    client, shelling, army, truce, attribute, publish
):
    publishing.publish_agreement(truce)
    publish(shelling)
    address = f"/api/v1/incidents/{shelling.public_id}/"
    before = client.get(address).content

    attribute(shelling, army, "cleared")
    assert client.get(address).content == before

    publish(shelling)
    [verdict] = client.get(address).json()["verdicts"]
    assert verdict["overall"] == "undetermined"
