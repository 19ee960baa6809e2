"""Assessments entered: what is refused and why, and what follows from one."""

from __future__ import annotations

import pytest

from tests.factories import make_incident, make_party, make_place, make_report, make_source
from tracker.codebook import PlaceKind
from tracker.desk.models import Assessment, Incident
from tracker.desk.workflow import matching, publishing
from tracker.desk.workflow.assessing import assess, doubts
from tracker.errors import InvalidInput, NotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(reviewer):
    """Assess an incident as the reviewer, with a reason."""

    def entered(incident: Incident, assessed: str, value: str = "", **fields) -> Assessment:
        told = {"rationale": "Two films show it.", "proof": "grounds_to_believe", **fields}
        held = {"value": value} if value else {}
        return assess(incident, assessed=assessed, by=reviewer, **held, **told)

    return entered


def refusal(enter, *args, **fields) -> str:
    with pytest.raises(InvalidInput) as refused:
        enter(*args, **fields)
    assert not Assessment.objects.exists()
    return refused.value.message


def test_keeps_an_assessment_with_its_standard_its_reason_and_its_author(enter, reviewer):
    incident = make_incident()

    enter(incident, "verification", "verified")

    kept = incident.assessments.get()
    assert (kept.value, kept.proof, kept.rationale) == (
        "verified",
        "grounds_to_believe",
        "Two films show it.",
    )
    assert kept.author == reviewer


def test_brings_the_incident_up_to_date(enter):
    incident = make_incident(radius_m=5)

    enter(incident, "verification", "unverifiable")
    enter(incident, "place", "located", geo_precision=3, radius_m=12_000)
    enter(incident, "date", date_precision=2)
    enter(incident, "intent", "deliberate")

    names = ("verification", "geo_precision", "radius_m", "date_precision")
    assert Incident.objects.values_list(*names).get() == ("unverifiable", 3, 12_000, 2)


def test_withdraws_an_assessment_by_a_newer_one(enter):
    incident, party = make_incident(), make_party()
    enter(incident, "attribution", "assessed_probable", party=party)

    enter(incident, "attribution", "none", party=party)

    assert [each.value for each in incident.assessments.standing()] == ["none"]
    assert incident.assessments.count() == 2


@pytest.mark.parametrize(
    ("assessed", "fields", "said"),
    [
        ("weather", {}, "“weather” is nothing that can be assessed."),
        ("intent", {}, "Say what it is held to be."),
        ("intent", {"value": "verified"}, "“verified” is no assessment of this: Intent."),
        ("intent", {"value": "unclear", "rationale": " "}, "Say why it is held."),
        ("intent", {"value": "unclear", "proof": "hearsay"}, "“hearsay” is no standard of proof."),
        ("intent", {"value": "unclear", "best": 0}, "does not belong to an assessment of this"),
        ("attribution", {"value": "cleared"}, "Say which party."),
        ("place", {"value": "located"}, "Say how well the place is known."),
        ("place", {"value": "ungeolocatable", "radius_m": 5}, "neither precision nor radius"),
        ("date", {}, "Say how well the date is known."),
        ("figure", {"basis": "Ours."}, "Say what it counts. Say whom it counts."),
        ("figure", {"harm": "killed", "group": "all", "low": 7}, "A figure names its basis"),
        (
            "figure",
            {"harm": "killed", "group": "all", "low": 7, "high": 5, "basis": "Ours."},
            "Low, best and high must rise: this is 7 / 5.",
        ),
    ],
)
def test_refuses_what_cannot_be_and_says_why(enter, assessed, fields, said):
    assert said in refusal(enter, make_incident(), assessed, **fields)


def test_refuses_to_call_corroborated_what_one_independent_claimant_says(enter):
    incident, agency = make_incident(reports=0), make_source()
    make_report(incident=incident, source=agency)
    make_report(incident=incident, relayed_from=agency)
    make_report(incident=incident, stance="denies_occurrence")

    said = refusal(enter, incident, "verification", "corroborated")

    assert said == "Corroborated is what two or more independent claimants say: this has 1."


def test_calls_corroborated_what_two_independent_claimants_say(enter):
    incident = make_incident(reports=2)

    enter(incident, "verification", "corroborated")

    assert incident.verification == "corroborated"


@pytest.mark.parametrize(
    ("value", "accusers", "is_let_through"),
    [
        ("alleged_by_one", 0, False),
        ("alleged_by_one", 1, True),
        ("mutually_alleged", 0, False),
        ("alleged_by_several", 1, False),
        ("alleged_by_several", 2, True),
        ("assessed_probable", 0, True),
        ("cleared", 2, True),
    ],
)
def test_lets_an_attribution_say_who_alleges_it_only_where_reports_do(
    enter, value, accusers, is_let_through
):
    incident, army = make_incident(), make_party(name="Army")
    for _number in range(accusers):
        make_report(incident=incident, accused=[army])

    if is_let_through:
        assert enter(incident, "attribution", value, party=army).pk
    else:
        said = refusal(enter, incident, "attribution", value, party=army)
        assert f"who accuse Army: {accusers}." in said


def test_lets_admitted_be_only_what_a_report_admits(enter):
    incident, army = make_incident(), make_party(name="Army")
    make_report(incident=incident, accused=[army])

    said = refusal(enter, incident, "attribution", "admitted", party=army)
    make_report(incident=incident, accused=[army], stance="admits_justified")

    assert said == "No report of this incident has Army admit it."
    assert enter(incident, "attribution", "admitted", party=army).pk


@pytest.mark.parametrize(
    ("fields", "is_placed"),
    [
        ({}, False),
        ({"latitude": 33.6, "longitude": 36.1}, True),
        ({"kind": PlaceKind.SETTLEMENT}, True),
        ({"kind": PlaceKind.COUNTRY}, False),
    ],
)
def test_calls_ungeolocatable_only_what_has_no_place(enter, fields, is_placed):
    kind = fields.pop("kind", None)
    place = make_place(kind=kind) if kind else None
    incident = make_incident(place=place, geo_precision=2, radius_m=25_000, **fields)

    if is_placed:
        assert "has a place" in refusal(enter, incident, "place", "ungeolocatable")
    else:
        enter(incident, "place", "ungeolocatable")
        assert (incident.geo_precision, incident.radius_m) == (None, None)


def test_follows_only_a_figure_that_a_report_of_the_incident_gives(enter):
    incident = make_incident(reports=0)
    follows = make_report(incident=incident, figures=[{"low": 7}])
    elsewhere = make_report(figures=[{"low": 7}])
    figure = {"harm": "killed", "group": "all", "low": 7}

    said = refusal(enter, incident, "figure", **figure, basis_report=elsewhere)
    other = refusal(enter, incident, "figure", **{**figure, "group": "women"}, basis_report=follows)

    assert said == f"Report {elsewhere.pk} is not, or no longer, one of this incident."
    assert other == f"Report {follows.pk} gives no figure of this: Killed (Women)."
    assert enter(incident, "figure", **figure, basis_report=follows).pk


def test_tells_of_what_no_longer_fits_and_does_not_publish_it(enter, reviewer):
    incident = make_incident(reports=2)
    enter(incident, "verification", "corroborated")
    assert doubts(incident) == {}

    matching.detach(incident.reports.earliest("pk"))

    [said] = doubts(incident).values()
    assert said == ["Corroborated is what two or more independent claimants say: this has 1."]
    with pytest.raises(NotReady, match="Verification: Corroborated"):
        publishing.publish(incident, by=reviewer)
