"""Two people at one page: nobody saves over what nobody has seen."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import ledger
from tests.desk.admin.pages import address, save, shown
from tests.factories import make_agreement, make_incident, make_report, make_user, make_zone
from tracker.desk.models import Incident
from tracker.desk.workflow import matching
from tracker.desk.workflow.recording import recorded


@pytest.fixture
def other(db: None) -> Client:
    client = ledger.Client()
    client.force_login(make_user(username="omar", is_staff=True, is_superuser=True))
    return client


def page_of(thing) -> str:
    return address(f"{thing._meta.model_name}_change", thing.pk)


def test_refuses_to_save_over_what_someone_else_has_saved(desk, other):
    with recorded(by=None):
        incident = make_incident(summary="Shells fell.")
    opened = shown(desk.get(page_of(incident)))
    save(other, page_of(incident), summary="Mortar shells fell.", _why="The means is known.")

    answer = desk.post(page_of(incident), {**opened, "summary": "Rockets fell.", "_save": "1"})

    incident.refresh_from_db()
    assert incident.summary == "Mortar shells fell."
    assert "Someone else has changed this since you opened it" in answer.text
    theirs = "<bdi>omar</bdi>, <bdi>summary</bdi>: <bdi>Shells fell.</bdi> → <bdi>Mortar shells fell.</bdi>"
    assert theirs in answer.text


def test_keeps_what_was_typed_and_saves_it_when_asked_again(desk, other):
    incident = make_incident(summary="Shells fell.")
    opened = shown(desk.get(page_of(incident)))
    save(other, page_of(incident), summary="Mortar shells fell.")
    refused = desk.post(page_of(incident), {**opened, "summary": "Rockets fell.", "_save": "1"})

    desk.post(page_of(incident), {**shown(refused), "_save": "1"})

    incident.refresh_from_db()
    assert incident.summary == "Rockets fell."


def test_tells_that_a_report_was_attached_meanwhile(desk, reviewer):
    incident, report = make_incident(), make_report()
    opened = shown(desk.get(page_of(incident)))
    with recorded(by=reviewer):
        matching.attach(report, incident)

    answer = desk.post(page_of(incident), {**opened, "summary": "Typed.", "_save": "1"})

    assert "<bdi>reports</bdi>" in answer.text
    assert Incident.objects.get(pk=incident.pk).summary == ""


def test_lets_two_edit_two_zones_of_one_agreement(desk, other):
    with recorded(by=None):
        agreement = make_agreement()
        one, two = make_zone(agreement), make_zone(agreement)
    opened = shown(desk.get(page_of(one)))
    save(other, page_of(two), name="Another name")

    answer = desk.post(page_of(one), {**opened, "name": "A new name", "_save": "1"})

    one.refresh_from_db()
    assert (answer.status_code, one.name) == (302, "A new name")


@pytest.mark.parametrize("version", [None, "", "-1", "latest", "9" * 30])
def test_refuses_a_page_that_does_not_say_which_version_it_shows(desk, version):
    incident = make_incident()

    answer = save(desk, page_of(incident), summary="Typed.", _version=version)

    assert "did not say which version it shows" in answer.text
    assert Incident.objects.get(pk=incident.pk).summary == ""


def test_keeps_the_reason_that_is_given_for_a_change(desk):
    incident = make_incident()
    save(desk, page_of(incident), summary="Shells fell.", _why="It was empty.")

    history = desk.get(address("incident_history", incident.pk))

    assert "It was empty." in history.text
    assert "<ins>Shells fell.</ins>" in history.text


def test_shows_the_history_of_a_thing_to_those_alone_who_may_see_it(data_entry):
    hidden = make_report()
    hidden.source.is_confidential = True
    hidden.source.save()

    answer = data_entry.get(address("report_history", hidden.pk))

    assert answer.status_code == 302
