"""Pages in transactions of their own, as they are served, and not in one of the test's."""

from __future__ import annotations

import pytest

from tests.desk.admin.pages import address, save
from tests.factories import make_agreement, make_source, make_user, make_zone
from tracker.desk.models import Revision, Source, User, Zone
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import Subject, recorded
from tracker.desk.workflow.recording.telling import MOST

pytestmark = pytest.mark.django_db(transaction=True)


def test_deletes_a_zone_in_a_transaction(desk):
    zone = make_zone(make_agreement())

    answer = desk.post(address("zone_delete", zone.pk), {"post": "yes"})

    assert (answer.status_code, Zone.objects.exists()) == (302, False)


def test_gives_a_user_another_password_in_a_transaction(desk):
    user = make_user()
    page = f"{address('user_change', user.pk)}".replace("/change/", "/password/")

    answer = desk.post(
        page, {"password1": "another long phrase", "password2": "another long phrase"}
    )

    assert answer.status_code == 302
    assert User.objects.get(pk=user.pk).check_password("another long phrase")


def test_keeps_a_reason_without_what_no_database_keeps(desk):
    source = make_source()

    answer = save(desk, address("source_change", source.pk), note="Seen.", _why="Told\0 twice.")

    assert answer.status_code == 302
    assert Revision.objects.of("source", source.pk).latest("number").why == "Told twice."


def test_tells_the_last_of_many_changes(desk):
    source = make_source()
    for number in range(MOST + 1):
        with recorded(by=None):
            Source.objects.update(note=f"note {number}")

    told = recording.since(Subject("source", source.pk), user=make_user(is_superuser=True))

    assert len(told) == MOST
    assert told[-1].differences[0].after == f"note {MOST}"
