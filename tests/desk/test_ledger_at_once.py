"""Many who write at once: each change follows in the ledger on the one before, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.desk.admin.pages import address, save
from tests.factories import make_incident, make_report, make_source, make_user
from tracker.desk.models import Incident, Revision, Source, User
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, CHANGES = 8, 8


@pytest.fixture
def source(db: None) -> Source:
    return make_source(name="The one they share")


@pytest.fixture
def user(db: None) -> User:
    return make_user(is_staff=True, is_superuser=True)


def at_once(work: Callable[[int], Any], hands: int = WRITERS) -> list[Any]:
    """What each of so many threads does, with a connection to the database of its own."""

    def with_own_connection(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as threads:
        return list(threads.map(with_own_connection, range(hands)))


def test_keeps_one_chain_under_eight_writers(source, user):
    incident, before = make_incident(reports=0), Revision.objects.count()

    def write(number: int) -> None:
        for each in range(CHANGES):
            with recorded(by=user, why=f"{number}, {each}"):
                make_report(source=source)
                Incident.objects.filter(pk=incident.pk).update(summary=f"{number}, {each}")

    at_once(write)

    assert Revision.objects.count() == before + 2 * WRITERS * CHANGES
    assert list(recording.faults()) == []


def test_lets_those_who_save_a_page_and_those_who_refer_to_its_thing_go_on(source, user):
    def write(number: int) -> list[int]:
        browser = Client()
        browser.force_login(user)
        answers = []
        for each in range(CHANGES):
            if number % 2:
                with recorded(by=user):
                    make_report(source=source)
            else:
                page = address("source_change", source.pk)
                answers.append(save(browser, page, note=f"{number}, {each}").status_code)
        return answers

    answers = {status for each in at_once(write) for status in each}

    # Who saves over what another has saved meanwhile is told so.
    assert answers <= {200, 302}
    assert source.reports.count() == WRITERS // 2 * CHANGES
    assert list(recording.faults()) == []


def test_finds_no_fault_in_what_is_being_written(source, user):
    def write(number: int) -> list[str]:
        if number == 0:
            return [fault for _again in range(2 * CHANGES) for fault in recording.faults()]
        for each in range(CHANGES):
            with recorded(by=user):
                Source.objects.filter(pk=source.pk).update(note=f"{number}, {each}")
        return []

    assert at_once(write) == [[]] * WRITERS
