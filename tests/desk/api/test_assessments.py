"""What the desk holds of an incident, over HTTP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import pointers
from tests.factories import (
    make_assessment,
    make_incident,
    make_party,
    make_report,
    make_source,
)
from tracker.desk.models import Assessment, Incident
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db

WHY = {"proof": "grounds_to_believe", "rationale": "Two films show it."}


@pytest.fixture
def incident(db: None) -> Incident:
    with recorded(by=None):
        return make_incident(reports=2)


def assess(talker, incident: Incident, assessed: str, **told):
    at = f"incidents/{incident.pk}/"
    given = {"assessed": assessed, **WHY, **told}
    return talker.write("POST", f"{at}assessments/", given, of=at)


def listed(talker, incident: Incident, query: str = ""):
    return talker.get(f"incidents/{incident.pk}/assessments/{query}").json()["results"]


def test_assesses_and_answers_the_incident_as_it_is_then(officer, incident):
    response = assess(officer, incident, "verification", value="corroborated")

    incident.refresh_from_db()
    assessment = Assessment.objects.get()
    assert (response.status_code, response.json()["verification"]) == (200, "corroborated")
    assert response["ETag"] == officer.get(f"incidents/{incident.pk}/")["ETag"]
    assert (incident.verification, assessment.author) == ("corroborated", officer.user)


def test_lists_the_newest_first_and_which_stand(officer, incident):
    assess(officer, incident, "verification", value="corroborated")
    assess(officer, incident, "date", date_precision=1)
    assess(officer, incident, "verification", value="verified", rationale="A third film.")

    told = listed(officer, incident)

    assert [(each["value"], each["stands"]) for each in told] == [
        ("verified", True),
        ("", True),
        ("corroborated", False),
    ]
    assert (told[0]["by"], told[0]["rationale"]) == ("omar", "A third film.")
    assert listed(officer, incident, "?standing=true") == told[:2]


def test_goes_on_with_the_next_page(officer, incident):
    for precision in (1, 2, 3):
        make_assessment(incident, assessed="date", date_precision=precision)

    page = officer.get(f"incidents/{incident.pk}/assessments/?page_size=2").json()
    rest = officer.get(page["next"]).json()

    assert [each["date_precision"] for each in page["results"] + rest["results"]] == [3, 2, 1]
    assert rest["next"] is None


def test_follows_a_report_of_the_incident(officer, incident):
    report = make_report(incident=incident, figures=[{"best": 7}])
    figure = {"harm": "killed", "group": "all", "best": 7}

    response = assess(officer, incident, "figure", **figure, basis_report=report.pk)

    assert response.status_code == 200
    [told] = listed(officer, incident)
    assert (told["basis_report"], told["low"], told["best"]) == (report.pk, None, 7)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"assessed": "weather"}, ["/assessed"]),
        ({"value": "maybe"}, ["/value"]),
        ({}, ["/value"]),
        ({"value": "verified", "low": 1}, ["/low"]),
        ({"value": "verified", "proof": "hunch"}, ["/proof"]),
        ({"value": "verified", "rationale": " "}, ["/rationale"]),
        ({"value": "verified", "author": "rana"}, ["/author"]),
        ({"assessed": "attribution", "value": "none"}, ["/party"]),
        ({"assessed": "attribution", "value": "none", "party": "x"}, ["/party"]),
        ({"assessed": "place", "value": "located"}, ["/geo_precision"]),
        ({"assessed": "place", "value": "located", "geo_precision": 9}, ["/geo_precision"]),
        ({"assessed": "figure"}, ["/basis", "/group", "/harm"]),
        ({"value": "verified", "basis_report": 999_999}, ["/basis_report"]),
    ],
)
def test_points_at_what_cannot_be(officer, incident, told, wrong):
    response = assess(officer, incident, **{"assessed": "verification", **told})

    assert (response.status_code, pointers(response)) == (400, wrong)
    assert not Assessment.objects.exists()


def test_refuses_what_its_reports_do_not_bear_out(officer):
    with recorded(by=None):
        incident = make_incident()

    response = assess(officer, incident, "verification", value="corroborated")

    [error] = response.json()["errors"]
    assert (response.status_code, error["pointer"]) == (400, "/value")
    assert "two or more independent claimants" in error["detail"]


def test_holds_fast_to_what_another_incident_stands_for(officer, incident):
    with recorded(by=None):
        incident.merged_into, incident.verification = make_incident(), "duplicate"
        incident.save()

    response = assess(officer, incident, "verification", value="verified")

    assert (response.status_code, Assessment.objects.count()) == (409, 0)


def test_assesses_only_what_was_seen(officer, incident):
    at = f"incidents/{incident.pk}/"
    seen = officer.get(at)["ETag"]
    assess(officer, incident, "date", date_precision=1)
    given = {"assessed": "date", "date_precision": 2, **WHY}

    unsaid = officer.post(f"{at}assessments/", given)
    stale = officer.ask("POST", f"{at}assessments/", given, **{"If-Match": seen})

    assert (unsaid.status_code, stale.status_code) == (428, 412)
    assert Assessment.objects.count() == 1


def test_tells_of_none_that_rests_on_a_confidential_source(officer, signer, incident):
    with recorded(by=None):
        hidden = make_report(source=make_source(is_confidential=True), incident=incident)
        make_assessment(incident, basis_report=hidden)

    refused = assess(officer, incident, "verification", value="verified", basis_report=hidden.pk)

    assert listed(officer, incident) == []
    assert [each["basis_report"] for each in listed(signer, incident)] == [hidden.pk]
    assert (refused.status_code, pointers(refused)) == (400, ["/basis_report"])


@pytest.mark.parametrize("rights", [["view_assessment"], ["view_incident", "change_incident"]])
def test_assesses_by_a_right_of_its_own(talker, incident, rights):
    someone = talker(rights=rights)

    response = someone.post(f"incidents/{incident.pk}/assessments/", {"assessed": "date"})

    assert response.status_code == 403
    assert "desk.add_assessment" in response.json()["detail"]


def test_lists_in_as_many_queries_for_many_as_for_few(officer, incident):
    def queries(number: int) -> int:
        for _each in range(number):
            told = {"assessed": "attribution", "value": "none", "party": make_party()}
            make_assessment(incident, **told, basis_report=incident.reports.first())
        with CaptureQueriesContext(connection) as captured:
            assert listed(officer, incident)
        return len(captured)

    assert queries(1) == queries(6) <= 7
