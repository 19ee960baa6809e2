"""What rests on a confidential source is visible to those alone who may know the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from tests.factories import (
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_import,
    make_incident,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.api.rights import readable_reports
from tracker.desk.models import Evidence, Incident, User

pytestmark = pytest.mark.django_db


def hidden() -> Any:
    return make_source(is_confidential=True)


RESTING: dict[str, Callable[[], Any]] = {
    "the source": hidden,
    "its report": lambda: make_report(source=hidden()),
    "a report that relays it": lambda: make_report(relayed_from=hidden()),
    "evidence for its report": lambda: make_evidence(report=make_report(source=hidden())),
    "confidential evidence": lambda: make_evidence(is_confidential=True),
    "its bulletin": lambda: make_bulletin(monitor=hidden()),
    "a bulletin that it answers": lambda: make_bulletin(counterpart=hidden()),
    "its coverage": lambda: make_coverage(monitor=hidden()),
    "its file": lambda: make_import(source=hidden()),
    "an assessment by its report": lambda: make_assessment(
        make_incident(), basis_report=make_report(source=hidden())
    ),
    "an assessment by a report that relays it": lambda: make_assessment(
        make_incident(), basis_report=make_report(relayed_from=hidden())
    ),
}


def sees(user: User | AnonymousUser, thing: Any) -> bool:
    return type(thing).objects.visible_to(user).filter(pk=thing.pk).exists()


@pytest.mark.parametrize("group", ["", "contributor", "data entry"])
@pytest.mark.parametrize("name", RESTING)
def test_is_not_there_for_who_may_not_know_of_it(name, group):
    thing = RESTING[name]()

    assert not sees(make_user(group), thing)
    assert not sees(AnonymousUser(), thing)


@pytest.mark.parametrize("name", RESTING)
def test_is_there_for_reviewers(name):
    assert sees(make_user("reviewer"), RESTING[name]())


@pytest.mark.parametrize("group", ["", "contributor"])
def test_shows_no_incident_and_no_evidence_without_the_right(group):
    user = make_user(group)
    make_evidence(incident=make_incident())

    assert not Incident.objects.visible_to(user).exists()
    assert not Evidence.objects.visible_to(user).exists()


def test_shows_evidence_of_no_report_that_may_not_be_read():
    kept = make_evidence(report=make_report(source=hidden()))
    user = make_user()
    rights = ("view_evidence", "view_confidential_evidence")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))

    assert user.has_perm("desk.view_evidence")
    assert not sees(user, kept)


def test_lists_no_report_over_the_api_without_the_right_to_read_reports():
    make_report()

    assert not readable_reports(make_user("contributor")).exists()
    assert readable_reports(make_user("data entry")).exists()
