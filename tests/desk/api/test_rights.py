"""Who may do what at the desk's API."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.desk.api.talking import ROOT, Talker
from tests.factories import (
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_report,
    make_source,
)
from tracker.desk.api import rights
from tracker.desk.workflow.recording import recorded
from tracker.desk.workflow.tries import Limit

pytestmark = pytest.mark.django_db

READS, ENTERS, SIGNS = "read", "enter", "sign"
CALLS = [
    ("GET", "incidents/", READS),
    ("POST", "incidents/", ENTERS),
    ("GET", "incidents/{incident}/", READS),
    ("HEAD", "incidents/{incident}/", READS),
    ("OPTIONS", "incidents/{incident}/", READS),
    ("PATCH", "incidents/{incident}/", ENTERS),
    ("GET", "incidents/{incident}/history/", READS),
    ("POST", "incidents/{incident}/steps/", READS),
    ("POST", "incidents/{incident}/reports/", ENTERS),
    ("DELETE", "incidents/{incident}/reports/{held}/", ENTERS),
    ("GET", "incidents/{incident}/assessments/", READS),
    ("POST", "incidents/{incident}/assessments/", ENTERS),
    ("GET", "incidents/{incident}/evidence/", READS),
    ("POST", "incidents/{incident}/evidence/", ENTERS),
    ("GET", "reports/", READS),
    ("GET", "reports/{report}/", READS),
    ("POST", "reports/{report}/triage/", ENTERS),
    ("GET", "reports/{report}/suggestions/", ENTERS),
    ("GET", "reports/{report}/evidence/", READS),
    ("POST", "reports/{report}/evidence/", ENTERS),
    ("GET", "evidence/{evidence}/file/", READS),
    ("GET", "tallies/", READS),
    ("POST", "tallies/", ENTERS),
    ("GET", "tallies/{bulletin}/", READS),
    ("PUT", "tallies/{bulletin}/", ENTERS),
    ("POST", "tallies/{bulletin}/publish/", SIGNS),
    ("GET", "coverage/", READS),
    ("POST", "coverage/", ENTERS),
    ("GET", "coverage/{coverage}/", READS),
    ("PUT", "coverage/{coverage}/", ENTERS),
    ("PATCH", "coverage/{coverage}/", ENTERS),
    ("POST", "coverage/{coverage}/publish/", SIGNS),
]
GROUPS = {
    "": set(),
    "contributor": set(),
    "data entry": {READS, ENTERS},
    "reviewer": {READS, ENTERS, SIGNS},
    "administrator": {READS, ENTERS, SIGNS},
}


@pytest.fixture
def numbers(db: None) -> dict[str, int]:
    with recorded(by=None):
        incident = make_incident()
        held = incident.reports.get().pk
        made = {
            "report": make_report(),
            "bulletin": make_bulletin(),
            "coverage": make_coverage(),
            "evidence": make_evidence(),
        }
    others = {name: thing.pk for name, thing in made.items()}
    return {"incident": incident.pk, "held": held, **others}


@pytest.mark.parametrize("group", GROUPS)
def test_lets_each_group_do_what_it_may(talker, numbers, group):
    someone = talker(group)

    for method, address, needs in CALLS:
        response = someone.ask(method, address.format(**numbers), {})
        # A file is closed once it has been read.
        list(response)
        assert (response.status_code != 403) == (needs in GROUPS[group]), (method, address)
        assert response.status_code in {200, 400, 403, 415, 428}, (method, address)


@pytest.mark.parametrize("header", [None, "Token x", "Bearer x", "Basic eDp5"])
def test_asks_everyone_for_a_token(numbers, header, monkeypatch):
    # More calls than wrong tokens are listened to.
    monkeypatch.setattr(rights, "WRONG_TOKENS", Limit(len(CALLS) + 1, dt.timedelta(hours=1)))
    for method, address, _needs in CALLS:
        headers = {"Authorization": header} if header else {}
        response = Talker(None).ask(method, address.format(**numbers), {}, **headers)
        assert response.status_code == 401, (method, address)
        assert response["WWW-Authenticate"] == "Token"
        assert response["Content-Type"] == "application/problem+json"


def test_takes_no_session_for_a_token(desk, numbers):
    assert desk.get(f"{ROOT}incidents/").status_code == 401


def test_names_the_right_that_is_missing(talker):
    response = talker("contributor").get("incidents/")

    assert "desk.view_incident" in response.json()["detail"]


def test_tells_of_no_bulletin_of_a_confidential_monitor(officer, signer):
    with recorded(by=None):
        hidden = make_source(slug="abu-ahmad", is_confidential=True)
        number = make_bulletin({"count": 1}, monitor=hidden).pk
    new = {"date_start": "2017-01-21", "date_end": "2017-01-22", "document": "x", "tallies": []}

    refused = officer.post("tallies/", {**new, "monitor": "abu-ahmad"})

    assert officer.get(f"tallies/{number}/").status_code == 404
    assert officer.get("tallies/?monitor=abu-ahmad").json()["results"] == []
    assert refused.status_code == 400
    assert signer.get(f"tallies/{number}/").status_code == 200


def test_does_not_find_an_address_there_is_not(officer):
    for address in ("", "assessments/", "incidents/1/secrets/"):
        response = officer.get(address)
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["incidents/1/", "incidents/1/history/", "reports/1/"])
def test_takes_no_parameters_where_there_is_nothing_to_select(officer, address):
    assert officer.get(f"{address}?expand=reports").status_code == 400
