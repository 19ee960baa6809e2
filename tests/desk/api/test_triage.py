"""The inbox over HTTP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import pointers
from tests.factories import make_incident, make_place, make_report, make_source
from tracker.desk.models import Report, Revision
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db

SEEN = {"If-Match": '"1"'}


@pytest.fixture
def report(db: None) -> Report:
    with recorded(by=None):
        return make_report()


def act(talker, report: Report, act: str, **told):
    at = f"reports/{report.pk}/"
    return talker.write("POST", f"{at}triage/", {"act": act, **told}, of=at)


def test_lets_one_person_at_a_time_look_at_a_report(officer, signer, report):
    claimed = act(officer, report, "claim")
    refused = act(signer, report, "claim")
    released = act(officer, report, "release")

    assert (claimed.status_code, claimed.json()["claimed_by"]) == (200, "omar")
    assert refused.status_code == 409
    assert "omar has been looking at" in refused.json()["detail"]
    assert released.json()["claimed_by"] is None
    assert act(signer, report, "claim").json()["claimed_by"] == "rana"


def test_rejects_a_report_with_a_reason_and_takes_it_up_again(officer, report):
    rejected = act(officer, report, "reject", because="A football match.").json()
    why = Revision.objects.of("report", report.pk).latest("number").why
    again = act(officer, report, "take_up_again").json()

    assert (rejected["set_aside"], rejected["set_aside_because"]) == (
        "rejected",
        "A football match.",
    )
    assert (why, again["set_aside"]) == ("A football match.", "")


def test_marks_a_duplicate_of_another(officer, report):
    other = make_report()

    marked = act(officer, report, "duplicate", of=other.pk).json()

    assert (marked["set_aside"], marked["duplicate_of"]) == ("duplicate", other.pk)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"act": "burn"}, ["/act"]),
        ({"act": "reject"}, ["/because"]),
        ({"act": "duplicate"}, ["/of"]),
        ({"act": "duplicate", "of": 999_999}, ["/of"]),
        ({"act": "claim", "because": "Mine."}, ["/because"]),
        ({"act": "claim", "by": "rana"}, ["/by"]),
    ],
)
def test_points_at_what_is_wrong(officer, report, told, wrong):
    response = act(officer, report, **told)

    assert (response.status_code, pointers(response)) == (400, wrong)


def test_sets_nothing_aside_that_has_an_incident(officer):
    with recorded(by=None):
        held = make_incident().reports.get()

    response = act(officer, held, "reject", because="A football match.")

    assert response.status_code == 409
    assert "attached to an incident" in response.json()["detail"]


def test_reaches_no_confidential_report_without_the_right(officer, signer, report):
    with recorded(by=None):
        hidden = make_report(source=make_source(is_confidential=True))

    refused, marked = (act(each, report, "duplicate", of=hidden.pk) for each in (officer, signer))

    assert (refused.status_code, pointers(refused)) == (400, ["/of"])
    assert marked.status_code == 200
    claim = officer.ask("POST", f"reports/{hidden.pk}/triage/", {"act": "claim"}, **SEEN)
    assert claim.status_code == 404
    assert officer.get(f"reports/{hidden.pk}/suggestions/").status_code == 404


def test_suggests_what_a_report_may_tell_of_and_repeat(officer):
    place = make_place()
    known = {"place": place, "acts": ["fire_indirect"], "geo_precision": 1}
    incident = make_incident(**known)
    first = make_report(**known, text="Shells fell on the hall.")
    report = make_report(**known, source=first.source, text="Shells fell on the hall.")

    told = officer.get(f"reports/{report.pk}/suggestions/").json()

    [suggested], [same] = told["incidents"], told["duplicates"]
    assert (suggested["incident"], same["report"]) == (incident.pk, first.pk)
    assert "the same day" in suggested["reasons"]
    assert (same["likeness"], bool(same["reasons"])) == (100, True)


def test_suggests_in_as_many_queries_for_many_as_for_few(officer):
    known = {"place": make_place(), "acts": ["fire_indirect"], "geo_precision": 1}
    report = make_report(**known)

    def queries(number: int) -> int:
        for _each in range(number):
            make_incident(**known)
            make_report(**known, source=report.source, text=report.text)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"reports/{report.pk}/suggestions/").json()["duplicates"]
        return len(captured)

    assert queries(1) == queries(4)
