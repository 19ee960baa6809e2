"""A person is erased by two, for good; the ledger stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from knox.models import AuthToken

from tests.desk.test_encrypting import CANARY, found, plant, stored
from tests.factories import make_incident, make_report, make_source, make_user
from tracker.desk.models import Erasure, Report, Revision, Sealed, Source, User
from tracker.desk.workflow import erasing, recording, tokens
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict, NotAllowed

PAGE = "/admin/desk/erasure/"


@pytest.fixture
def administrators(db: None) -> tuple[User, User]:
    one, other = (
        make_user("administrator", username=name, is_staff=True) for name in ("hala", "omar")
    )
    return one, other


def erase(administrators: Any, **who: Any) -> Erasure:
    one, other = administrators
    asked = erasing.ask(reason="danger", by=one, **who)
    erasing.confirm(asked, by=other)
    asked.refresh_from_db()
    return asked


def sealed() -> str:
    """All that the ledger holds sealed, decrypted."""
    return "\n".join(each.value for each in Sealed.objects.all())


def test_erases_nobody_until_another_administrator_confirms(administrators):
    one, _other = administrators
    hidden = plant()

    asked = erasing.ask(source=hidden, reason="asked", by=one)

    with pytest.raises(NotAllowed, match="Another administrator"):
        erasing.confirm(asked, by=one)
    assert Source.objects.get(pk=hidden.pk).name == f"{CANARY} of Madaya"


def test_leaves_of_a_person_who_erased_them_when_and_why(administrators):
    hidden = plant()

    erasure = erase(administrators, source=hidden)

    one, other = administrators
    assert (erasure.asked_by, erasure.confirmed_by, erasure.reason) == (one, other, "danger")
    assert erasure.confirmed_at
    last = Revision.objects.of("source", hidden.pk).latest("number")
    assert (last.by, last.why) == (other, "Erased: It puts the person in danger.")


def test_leaves_nothing_of_a_source_in_its_row_its_reports_and_the_ledger(administrators):
    hidden = plant()
    named = sealed().count(CANARY)
    erase(administrators, source=hidden)

    source, report = Source.objects.get(pk=hidden.pk), Report.objects.get(source=hidden)
    told = [source.slug, source.name, source.name_ar, source.url, source.note, source.folded]
    assert CANARY.casefold() not in " ".join(told).casefold()
    assert (report.note, report.raw, report.url) == ("", None, "")
    # What is left is of others.
    others = [value for value in sealed().split("\n") if CANARY in value]
    assert 0 < len(others) < named
    assert not any(
        each in value for value in others for each in ("Madaya", "night", "raw", "source")
    )


def test_keeps_a_ledger_that_is_whole(administrators):
    hidden = plant()
    head = recording.head()

    erase(administrators, source=hidden)

    assert list(recording.faults(head)) == []


def test_keeps_what_a_source_said(administrators):
    hidden = plant()
    said = Report.objects.get(source=hidden).text

    erase(administrators, source=hidden)

    assert Report.objects.get(source=hidden).text == said


def test_changes_nothing_the_public_reads(administrators, client, publish):
    hidden = make_source(name="Witness", is_confidential=True)
    incident = make_incident(reports=0)
    make_report(incident=incident, source=hidden)
    publish(incident)
    before = client.get("/api/v1/incidents/").content

    erase(administrators, source=hidden)

    assert b"Witness" not in before
    assert client.get("/api/v1/incidents/").content == before


@pytest.mark.django_db(transaction=True)
def test_leaves_nothing_of_a_person_on_the_disk(tmp_path, settings):
    with recorded(by=None):
        one, other = (make_user("administrator", is_staff=True) for _each in range(2))
        sender = make_user("contributor", username=CANARY.lower(), first_name=CANARY)

    erase((one, other), user=sender)

    assert found(stored(tmp_path)) == []


def test_lets_no_erased_user_in(administrators, client):
    sender = make_user("contributor", username="abu-ahmad", email="abu@example.org")
    tokens.issue(sender, days=7)

    erase(administrators, user=sender)

    sender.refresh_from_db()
    assert (sender.username, sender.email, sender.is_active) == (f"erased-{sender.pk}", "", False)
    assert not sender.has_usable_password()
    assert not AuthToken.objects.filter(user=sender).exists()
    assert "abu" not in sealed()


def test_erases_no_source_that_the_public_knows(administrators):
    with pytest.raises(Conflict, match="mark it as confidential first"):
        erase(administrators, source=make_source())


def test_lets_nobody_ask_without_the_right_to(reviewer):
    with pytest.raises(NotAllowed, match="may not have people erased"):
        erasing.ask(source=make_source(is_confidential=True), reason="asked", by=reviewer)


def test_erases_nobody_twice(administrators):
    hidden = plant()
    erasure = erase(administrators, source=hidden)

    with pytest.raises(Conflict, match="erased already"):
        erasing.confirm(erasure, by=administrators[1])
    with pytest.raises(Conflict, match="already"):
        erasing.ask(source=hidden, reason="asked", by=administrators[0])


def test_refuses_in_the_database_what_one_confirms_who_asked(administrators):
    one, _other = administrators
    asked = erasing.ask(source=plant(), reason="asked", by=one)

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=asked.pk).update(confirmed_by=one, confirmed_at=asked.asked_at)


def test_is_asked_for_on_one_page_and_confirmed_on_another(administrators, client):
    one, other = administrators
    hidden = plant()
    client.force_login(one)
    client.post(f"{PAGE}add/", {"source": hidden.pk, "user": "", "reason": "law"})
    confirming = {"action": "confirm", "_selected_action": [Erasure.objects.get().pk]}

    said = client.post(PAGE, confirming, follow=True).content.decode()
    assert "Another administrator has to confirm it." in said
    client.force_login(other)
    client.post(PAGE, confirming)

    assert Source.objects.get(pk=hidden.pk).slug == f"erased-{hidden.pk}"


def test_is_refused_on_the_page_in_words(administrators, client):
    client.force_login(administrators[0])

    said = client.post(f"{PAGE}add/", {"source": make_source().pk, "user": "", "reason": "law"})

    assert "mark it as confidential first" in said.content.decode()
    assert not Erasure.objects.exists()


def test_is_done_from_the_command_line_by_two(administrators, capsys):
    hidden = plant()
    call_command("erase_person", source=hidden.slug, reason="asked", by="hala")
    number = re.search(r"--confirm (\d+)", capsys.readouterr().out)
    assert number

    with pytest.raises(CommandError, match="Another administrator"):
        call_command("erase_person", confirm=int(number[1]), by="hala")
    call_command("erase_person", confirm=int(number[1]), by="omar")

    assert Source.objects.get(pk=hidden.pk).slug == f"erased-{hidden.pk}"
