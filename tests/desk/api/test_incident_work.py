"""Steps, reports and the history of an incident, over HTTP."""

from __future__ import annotations

import pytest

from tests.factories import make_incident, make_report, make_source
from tracker.desk.models import Incident, Revision
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(db: None) -> Incident:
    with recorded(by=None):
        return make_incident(summary="Shells fell.")


def take(talker, incident: Incident, step: str, reason: str = ""):
    at = f"incidents/{incident.pk}/"
    response = talker.write("POST", f"{at}steps/", {"step": step, "reason": reason}, of=at)
    incident.refresh_from_db()
    return response


def test_goes_to_the_public_through_two_people_and_back(client, officer, signer, incident):
    officer.write("PATCH", f"incidents/{incident.pk}/", {"summary": "Mortar shells fell."})
    take(officer, incident, "submit")

    published = take(signer, incident, "publish")

    public = f"/api/v1/incidents/{incident.public_id}/"
    assert (published.status_code, published.json()["publication"]) == (200, "published")
    assert client.get(public).json()["summary"] == "Mortar shells fell."
    take(signer, incident, "withdraw", "A mix-up of two villages.")
    assert "A mix-up of two villages." in client.get(public).json()["detail"]
    assert take(officer, incident, "reopen").json()["publication"] == "draft"


def test_lets_nobody_publish_their_own_work(signer, incident):
    signer.write("PATCH", f"incidents/{incident.pk}/", {"summary": "Mine."})
    take(signer, incident, "submit")

    refused = take(signer, incident, "publish")

    assert (refused.status_code, incident.publication) == (403, "in_review")
    assert "someone else signs it" in refused.json()["detail"]


@pytest.mark.parametrize("step", ["publish", "send_back", "withdraw"])
def test_lets_data_entry_take_no_reviewers_step(officer, incident, step):
    assert take(officer, incident, step, "Mine.").status_code == 403


@pytest.mark.parametrize(
    ("step", "reason", "status"),
    [
        ("publish", "", 409),
        ("withdraw", "x", 409),
        ("erase", "", 400),
        ("submit", "x" * 301, 400),
    ],
)
def test_refuses_a_step_that_does_not_lead_from_here(signer, incident, step, reason, status):
    response = take(signer, incident, step, reason)

    assert (response.status_code, incident.publication) == (status, "draft")


def test_sends_back_with_a_reason_for_the_desk(officer, signer, incident):
    take(officer, incident, "submit")

    refused, done = (take(signer, incident, "send_back", why) for why in ("", "Which village?"))

    assert (refused.status_code, done.status_code) == (400, 200)
    assert Revision.objects.of("incident", incident.pk).latest("number").why == "Which village?"


def test_attaches_and_detaches_a_report(officer, incident):
    at, report = f"incidents/{incident.pk}/", make_report()

    attached = officer.write("POST", f"{at}reports/", {"report": report.pk}, of=at)
    again = officer.write("POST", f"{at}reports/", {"report": report.pk}, of=at)

    assert [attached.json()["report_count"], again.json()["report_count"]] == [2, 2]
    assert again["ETag"] == attached["ETag"]
    detached = officer.write("DELETE", f"{at}reports/{report.pk}/", {"why": "Another."}, of=at)
    assert detached.json()["report_count"] == 1
    gone = officer.write("DELETE", f"{at}reports/{report.pk}/", of=at)
    assert gone.status_code == 404


def test_attaches_no_report_of_another_incident(officer, incident):
    at, other = f"incidents/{incident.pk}/", make_incident().reports.get()

    response = officer.write("POST", f"{at}reports/", {"report": other.pk}, of=at)

    assert response.status_code == 409
    assert str(other.pk) in response.json()["detail"]


def test_reaches_no_confidential_report_without_the_right(officer, signer, incident):
    at = f"incidents/{incident.pk}/"
    report = make_report(source=make_source(is_confidential=True))

    refused = officer.write("POST", f"{at}reports/", {"report": report.pk}, of=at)
    attached = signer.write("POST", f"{at}reports/", {"report": report.pk}, of=at)

    assert (refused.status_code, attached.status_code) == (400, 200)
    assert officer.write("DELETE", f"{at}reports/{report.pk}/", of=at).status_code == 404


def test_tells_what_became_of_it_by_whom_and_why(officer, incident):
    at = f"incidents/{incident.pk}/"
    officer.write("PATCH", at, {"summary": "Mortar shells fell.", "why": "The means is known."})

    entered, changed = officer.get(f"{at}history/").json()

    assert entered["by"] is None
    assert (changed["by"], changed["why"]) == ("omar", "The means is known.")
    [difference] = changed["differences"]
    assert (difference["path"], difference["before"]) == ("summary", "Shells fell.")
    after = f"{at}history/?after={entered['version']}"
    assert officer.get(after).json() == [changed]
