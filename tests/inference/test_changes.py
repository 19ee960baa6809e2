"""No public answer moves by a byte, a tag or a day when something confidential is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests import ledger
from tests.desk.admin.pages import address, save
from tests.desk.api.talking import Talker
from tests.factories import (
    make_agreement,
    make_assessment,
    make_evidence,
    make_incident,
    make_place,
    make_report,
    make_source,
    make_user,
)
from tests.inference import probes
from tests.inference.answers import answers, differing
from tests.inference.twins import ONE, OTHER, World, lived_in
from tracker.desk.models import ImportRun, Place
from tracker.desk.workflow import incidents, matching, publishing, tokens, triage

pytestmark = pytest.mark.django_db

Change = Callable[[World, Client], object]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with lived_in(ONE) as world:
        yield world


@pytest.fixture
def officer(world: World) -> Client:
    """A browser of somebody with every right at the desk."""
    officer = ledger.Client()
    officer.force_login(make_user(username="nour", is_staff=True, is_superuser=True))
    return officer


def _saved(officer: Client, page: str, **changes: str) -> None:
    """Change a thing in the admin; a refusal would be no change at all."""
    answer = save(officer, page, **changes)
    assert answer.status_code == 302, answer.context["errors"]


def _edit_note(world: World, officer: Client) -> None:
    _saved(officer, address("incident_change", world.incidents["open"].pk), note="Ask Rima.")


def _edit_unsigned(world: World, officer: Client) -> None:
    page = address("incident_change", world.incidents["guarded"].pk)
    _saved(officer, page, summary="Not signed yet.")


def _rename_hidden(world: World, officer: Client) -> None:
    page = address("source_change", world.hidden.pk)
    _saved(officer, page, name=OTHER.named("source"), reliability="B", note="Moved.")


def _move_within_the_cell(world: World, officer: Client) -> None:
    hamlet = world.incidents["guarded"].place
    assert hamlet
    latitude, longitude = OTHER.guarded
    there = {"name": OTHER.named("hamlet"), "position": f"{latitude}, {longitude}"}
    _saved(officer, address("place_change", hamlet.pk), **there)
    call_command("work", once=True)
    assert Place.objects.get(pk=hamlet.pk).latitude == latitude


def _work_on_a_draft(world: World, officer: Client) -> None:
    draft = make_incident(summary="Draft.", place=make_place(name="Elsewhere"))
    make_report(incident=draft, source=world.hidden)
    _saved(officer, address("incident_change", draft.pk), summary="Another draft.")


def _triage(world: World, officer: Client) -> object:
    told = [make_report(source=each) for each in (world.hidden, world.monitor, make_source())]
    triage.claim(told[0], by=world.reviewer)
    triage.reject(told[1], because="irrelevant", by=world.reviewer)
    return matching.open_incident(told[2], by=world.reviewer)


def _bring_a_file(world: World, officer: Client) -> None:
    file = SimpleUploadedFile("rows.csv", b"date,text\n2017-01-15,Shells fell.\n")
    officer.post(address("importrun_add"), {"source": world.hidden.pk, "file": file})
    call_command("work", once=True)
    assert ImportRun.objects.filter(source=world.hidden, name="rows.csv").exists()


def _log_in(world: World, officer: Client) -> object:
    visitor = ledger.Client()
    for password in ("wrong", "a long pass phrase"):
        visitor.post("/admin/login/", {"username": ONE.word, "password": password})
    visitor.get("/api/desk/v1/reports/", headers={"Authorization": "Token wrong"})
    return Talker(world.reviewer).get("incidents/")


CHANGES: dict[str, Change] = {
    "a note is edited": _edit_note,
    "a published incident is edited and not signed": _edit_unsigned,
    "a confidential source is renamed": _rename_hidden,
    "a guarded place is moved within its cell": _move_within_the_cell,
    "a draft is worked on": _work_on_a_draft,
    "reports are looked through": _triage,
    "a file is staged": _bring_a_file,
    "people log in, and fail to": _log_in,
    "an assessment waits to be signed": lambda world, _officer: make_assessment(
        world.incidents["open"], value="refuted", author=world.reviewer
    ),
    "evidence is kept": lambda world, _officer: make_evidence(
        b"%PDF-1.7 new", incident=world.incidents["open"], by=world.reviewer
    ),
    "a token is issued": lambda world, _officer: tokens.issue(make_user("contributor"), days=9),
    "an agreement is drafted": lambda world, _officer: make_agreement(parent=None),
    "an incident is entered": lambda world, _officer: incidents.enter(
        {"date_start": world.incidents["open"].date_start, "acts": ["fire_indirect"]},
        target_parties=[],
        by=world.reviewer,
    ),
}


def test_moves_no_public_answer_by_all_of_these_changes(world: World, officer: Client):
    before = answers(Client(), probes.plain())

    for change in CHANGES.values():
        change(world, officer)

    after = answers(Client(), probes.plain())
    assert differing(before, after) == []
    assert len(before) > 80


def test_sees_an_answer_that_moves(world: World, officer: Client):
    before = answers(Client(), probes.plain())

    _edit_unsigned(world, officer)
    publishing.publish(world.incidents["guarded"], by=world.reviewer)

    assert differing(before, answers(Client(), probes.plain())) != []


@pytest.mark.soak
def test_moves_no_public_answer_by_any_of_these_changes(world: World, officer: Client):
    before = answers(Client(), probes.everything())
    moved = {}

    for name, change in CHANGES.items():
        change(world, officer)
        moved[name] = differing(before, answers(Client(), probes.everything()))

    print(f"{len(before)} answers before and after each of {len(CHANGES)} changes, moved: {moved}")
    assert not any(moved.values())
