"""The counts held are what counting anew gives, whatever is published, changed or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    make_agreement,
    make_incident,
    make_party,
    make_provision,
    make_reading,
    make_report,
    make_user,
)
from tracker.desk.models import Agreement, Incident, IncidentMerge, Party, User
from tracker.desk.workflow import incident_merging, judging, publishing
from tracker.public.models import AccusationRollup, CellRollup, Rollup

pytestmark = pytest.mark.django_db
DAYS = [dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2017, 1, 15)]


def make(number: int, army: Party) -> Incident:
    incident = make_incident(
        reports=0,
        date_start=DAYS[number % 3],
        date_precision=1 + number % 5,
        acts=[["fire_indirect"], ["siege", "detain"]][number % 2],
        targets=["civilians"],
        latitude=33.6 + number % 2,
        longitude=36.1,
        geo_precision=1,
    )
    make_report(incident=incident, accused=[army] if number % 2 else [])
    return incident


def publish(incident: Incident, by: User, _truce: Agreement) -> None:
    if incident.merged_into is None:
        publishing.publish(incident, by=by)


def withdraw(incident: Incident, by: User, _truce: Agreement) -> None:
    if incident.publication == "published":
        publishing.withdraw(incident, reason="A mistake")


def change(incident: Incident, by: User, _truce: Agreement) -> None:
    incident.date_start += dt.timedelta(days=7)
    incident.acts = ["air_attack"]
    incident.verification = "verified"
    incident.latitude = None if incident.latitude else 35.5
    incident.longitude = None if incident.longitude else 36.5
    incident.save()


def accuse(incident: Incident, by: User, _truce: Agreement) -> None:
    make_report(incident=incident, accused=[make_party()])


def merge(incident: Incident, by: User, _truce: Agreement) -> None:
    others = Incident.objects.filter(merged_into=None).exclude(pk=incident.pk)
    into = others.order_by("pk").first()
    if into and incident.merged_into is None:
        incident_merging.merge(incident, into=into, by=by)


def part(incident: Incident, by: User, _truce: Agreement) -> None:
    merged = IncidentMerge.objects.filter(incident=incident, undone_at=None).first()
    if merged and merged.into.merged_into is None:
        incident_merging.undo(merged, by=by)


def agree(incident: Incident, by: User, truce: Agreement) -> None:
    make_provision(truce, "siege", "air_attack")
    make_reading(truce)
    publishing.publish_agreement(truce)


def hide(incident: Incident, by: User, _truce: Agreement) -> None:
    # One that was merged has none.
    for report in incident.reports.order_by("pk")[:1]:
        publishing.hide_source(report.source)


STEPS: list[Callable[[Incident, User, Agreement], None]] = [
    publish,
    withdraw,
    change,
    accuse,
    merge,
    part,
    agree,
    hide,
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from([publish, *STEPS]), st.integers(0, 2)), min_size=3, max_size=8
    )
)
def test_holds_what_counting_anew_gives_whatever_is_done(steps):
    with transaction.atomic():
        by, army, truce = make_user("reviewer"), make_party(), make_agreement()
        incidents = [make(number, army) for number in range(3)]
        for each in incidents:
            publishing.publish(each, by=by)
        for step, number in steps:
            incident = Incident.objects.get(pk=incidents[number].pk)
            step(incident, by, truce)
            assert publishing.wrong_counts() == 0, step
        transaction.set_rollback(True)


def test_follows_the_verdicts_of_incidents_that_a_job_judges_again(publish):
    truce = make_agreement()
    make_reading(truce, slug="wide")
    publishing.publish_agreement(truce)
    for latitude in (33.6, 35.5):
        publish(make_incident(acts=["siege"], latitude=latitude, longitude=36.5))
    before = set(Rollup.objects.filter(name="verdict", period="ever").values_list("value"))
    make_provision(truce, "fire_indirect")

    judging.terms_changed(truce, by=None)
    call_command("work", once=True)

    after = set(Rollup.objects.filter(name="verdict", period="ever").values_list("value"))
    assert publishing.wrong_counts() == 0
    assert after != before


def test_follows_reports_that_are_published_with_another_incident_than_before(reviewer):
    first, second = make(1, make_party()), make_incident(reports=0)
    publishing.publish(first, by=reviewer)
    incident_merging.merge(first, into=second, by=reviewer)

    publishing.publish(second, by=reviewer)

    assert publishing.wrong_counts() == 0
    assert AccusationRollup.objects.get(agreement="").incidents == 1


def test_holds_nothing_of_what_was_taken_back(publish):
    incident = publish(make_incident(latitude=33.6, longitude=36.1, geo_precision=1))
    assert Rollup.objects.filter(incidents__gt=0).exists()
    assert CellRollup.objects.filter(name="").count() == 3
    assert CellRollup.objects.filter(name="act").count() == 3

    publishing.withdraw(incident, reason="A mistake")

    assert not Rollup.objects.filter(incidents__gt=0).exists()
    assert CellRollup.objects.count() == 0


def test_finds_wrong_counts_and_sets_them_right(publish):
    publish(make_incident())
    call_command("rebuild_rollups", check=True, stdout=StringIO())
    Rollup.objects.filter(period="month", name="act").update(incidents=7)
    Rollup.objects.filter(period="year", name="").delete()

    with pytest.raises(CommandError, match="2 counts are wrong"):
        call_command("rebuild_rollups", check=True)
    call_command("rebuild_rollups", stdout=(told := StringIO()))

    assert told.getvalue() == "2 counts were wrong and are set right.\n"
    assert publishing.wrong_counts() == 0
