"""What became of an incident, told without what it may have to unsay."""

from __future__ import annotations

import pytest

from tests.factories import make_incident, make_place, make_report, make_source
from tracker.codebook import Step
from tracker.desk.workflow import matching, publishing, stepping

pytestmark = pytest.mark.django_db


def told(client, incident):
    answer = client.get(f"/api/v1/incidents/{incident.public_id}/history/")
    assert answer.status_code == 200
    return answer.json()["revisions"]


def test_begins_with_the_first_publication(client, publish):
    incident = publish(make_incident())

    [first] = told(client, incident)

    assert (first["revision"], first["what"], first["changed"]) == (1, "published", [])


def test_tells_what_a_later_edition_changed(client, publish):
    incident = publish(make_incident(summary="Shells fell.", acts=["fire_indirect"]))
    incident.acts, incident.summary = ["air_attack"], "Bombs fell."
    incident.save()
    publish(incident)

    last = told(client, incident)[-1]

    assert (last["revision"], last["what"]) == (2, "changed")
    assert {"acts", "summary"} <= set(last["changed"])
    assert {"field": "acts", "before": ["fire_indirect"], "after": ["air_attack"]} in last[
        "differences"
    ]
    assert "Shells fell" not in str(last)


def test_names_no_place_that_was_shown_before(client, publish):
    incident = publish(make_incident(place=make_place(name="Deir Qanun"), summary="In Deir Qanun."))
    incident.sensitivity, incident.summary = "withheld", ""
    incident.save()
    publish(incident)

    assert "Deir Qanun" not in str(told(client, incident))


def test_names_no_source_that_is_hidden_since(client, publish):
    incident, source = make_incident(), make_source(name="The teacher")
    publish(incident)
    matching.attach(make_report(source=source), incident)
    publish(incident)
    source.is_confidential = True
    source.save()
    publishing.hide_source(source)

    assert "teacher" not in str(told(client, incident))
    assert "reports" in told(client, incident)[-1]["changed"]


def test_tells_of_a_withdrawal_and_why(client, publish, reviewer):
    incident = publish(make_incident())
    stepping.take(incident, Step.WITHDRAW, by=reviewer, reason="The source took it back.")

    last = told(client, incident)[-1]

    assert (last["what"], last["reason"]) == ("withdrawn", "The source took it back.")
    assert client.get(f"/api/v1/incidents/{incident.public_id}/").status_code == 410


def test_knows_no_history_of_what_was_never_published(client):
    incident = make_incident()
    incident.public_id = "00000000-0000-4000-8000-000000000001"

    answer = client.get(f"/api/v1/incidents/{incident.public_id}/history/")

    assert answer.status_code == 404
