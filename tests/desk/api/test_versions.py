"""Nobody writes over what nobody has seen."""

from __future__ import annotations

import pytest

from tests.factories import make_bulletin, make_incident, make_report, make_source
from tracker.desk.models import Incident
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(db: None) -> Incident:
    with recorded(by=None):
        return make_incident(summary="Shells fell.")


@pytest.fixture
def writes(incident):
    """Every write to a thing that is there already."""
    with recorded(by=None):
        report, bulletin = make_report(), make_bulletin({"count": 1})
    held = incident.reports.get().pk
    return [
        ("PATCH", f"incidents/{incident.pk}/", {"summary": "Mine."}),
        ("POST", f"incidents/{incident.pk}/steps/", {"step": "submit"}),
        ("POST", f"incidents/{incident.pk}/reports/", {"report": report.pk}),
        ("DELETE", f"incidents/{incident.pk}/reports/{held}/", None),
        ("PUT", f"tallies/{bulletin.pk}/", {}),
        ("POST", f"tallies/{bulletin.pk}/publish/", {}),
    ]


@pytest.mark.parametrize("header", [None, "", "*", "17", "x", "\N{DIGIT ONE}"])
def test_asks_every_write_which_version_was_seen(signer, writes, header):
    headers = {} if header is None else {"If-Match": header}

    for method, address, body in writes:
        response = signer.ask(method, address, body, **headers)
        assert response.status_code == 428, address
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("header", ['"0"', '"x"', '"999999999999999999"', '"1", "2"', '"١"'])
def test_refuses_every_write_of_another_version(signer, writes, header):
    for method, address, body in writes:
        response = signer.ask(method, address, body, **{"If-Match": header})
        assert response.status_code == 412, address
        assert response["Content-Type"] == "application/problem+json"


def test_shows_what_changed_since_and_what_was_sent(officer, signer, incident):
    address = f"incidents/{incident.pk}/"
    seen = officer.get(address)["ETag"]
    theirs = signer.write("PATCH", address, {"summary": "Mortar shells fell.", "why": "Known."})

    refused = officer.ask("PATCH", address, {"summary": "Rockets."}, **{"If-Match": seen})

    told = refused.json()
    assert (f'"{told["your_version"]}"', f'"{told["current_version"]}"') == (seen, theirs["ETag"])
    [change] = told["changes"]
    assert (change["by"], change["why"], change["version"]) == (
        "rana",
        "Known.",
        told["current_version"],
    )
    assert change["differences"] == [
        {
            "path": "summary",
            "name": "summary",
            "before": "Shells fell.",
            "after": "Mortar shells fell.",
        }
    ]
    assert told["given"] == {"summary": "Rockets."}
    assert told["current"] == theirs.json() | {"is_changed": None}


def test_tells_of_no_confidential_report_that_was_attached_meanwhile(officer, signer, incident):
    address = f"incidents/{incident.pk}/"
    seen = officer.get(address)["ETag"]
    hidden = make_source(name="Abu Ahmad", is_confidential=True)
    report = make_report(source=hidden, text="A witness.")
    signer.write("POST", f"{address}reports/", {"report": report.pk}, of=address)

    refused = officer.ask("PATCH", address, {"summary": "Mine."}, **{"If-Match": seen})

    assert (refused.status_code, refused.json()["changes"]) == (412, [])
    assert not any(word in refused.text for word in ("onfidential source", "witness"))


def test_takes_the_tag_of_an_answer_that_came_compressed(officer, incident):
    address = f"incidents/{incident.pk}/"
    tag = officer.get(address, **{"Accept-Encoding": "gzip"})["ETag"]

    response = officer.ask("PATCH", address, {"summary": "Mine."}, **{"If-Match": tag})

    assert tag.startswith("W/")
    assert response.status_code == 200


@pytest.mark.parametrize("kind", ["incidents", "reports", "tallies"])
def test_answers_not_modified_to_who_has_the_version_and_keeps_it_nowhere(signer, kind):
    with recorded(by=None):
        numbers = {
            "incidents": make_incident().pk,
            "reports": make_report().pk,
            "tallies": make_bulletin().pk,
        }
    answer = signer.get(f"{kind}/{numbers[kind]}/")

    again = signer.get(f"{kind}/{numbers[kind]}/", **{"If-None-Match": answer["ETag"]})

    assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
    for response in (answer, again, signer.get(f"{kind}/"), signer.get("incidents/0/")):
        assert response["Cache-Control"] == "no-store"


def test_changes_nothing_twice_when_a_write_is_sent_twice(officer, incident):
    address = f"incidents/{incident.pk}/"
    seen = officer.get(address)["ETag"]
    step = {"step": "submit"}

    first, second = (
        officer.ask("POST", f"{address}steps/", step, **{"If-Match": seen}) for _time in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["current"]["publication"] == "in_review"
