"""Reports split off an incident, as a new one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.desk.workflow.merges import again
from tests.factories import make_incident, make_place, make_report, make_user
from tracker.desk.models import Incident, IncidentSplit
from tracker.desk.workflow import incident_merging
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db


def split(incident, *reports, **given):
    return incident_merging.split(incident, reports=reports, by=make_user(), **given)


def test_begins_a_new_incident_from_what_the_first_states():
    incident = make_incident()
    place, day = make_place(name="Basimah"), dt.date(2017, 1, 16)
    goes = [
        make_report(incident=incident, place=place, date_start=day, acts=["siege"]),
        make_report(incident=incident),
    ]

    made = split(incident, *goes)

    assert (made.place, made.date_start, made.acts) == (place, day, ["siege"])
    assert set(made.reports.all()) == {*goes}
    assert incident.reports.count() == 1


def test_keeps_who_split_it_and_why():
    incident = make_incident()
    goes = make_report(incident=incident)

    made = split(incident, goes, reason="Another day.")

    held = IncidentSplit.objects.get()
    assert (held.incident, held.made, held.reports) == (incident, made, [goes.pk])
    assert (held.reason, held.split_by) == ("Another day.", made.opened_by)


def test_takes_along_what_a_report_corrects():
    incident = make_incident()
    corrected = make_report(incident=incident)
    correction = make_report(incident=incident, supersedes=corrected)

    made = split(incident, correction)

    assert set(made.reports.all()) == {corrected, correction}


@pytest.mark.parametrize("sensitivity", ["open", "guarded", "withheld"])
def test_tells_the_public_no_more_than_the_incident_may(sensitivity):
    incident = make_incident(reports=2, sensitivity=sensitivity)

    made = split(incident, incident.reports.first())

    assert again(made).sensitivity == sensitivity


def test_refuses_to_split_off_no_report_or_all():
    incident = make_incident(reports=2)

    with pytest.raises(InvalidInput, match="Choose at least one"):
        split(incident)
    with pytest.raises(InvalidInput, match="must stay"):
        split(incident, *incident.reports.all())

    assert Incident.objects.count() == 1


def test_counts_no_corrected_report_as_one_that_stays():
    incident = make_incident(reports=0)
    report = make_report(incident=incident)
    correction = make_report(incident=incident, supersedes=report)

    with pytest.raises(InvalidInput, match="must stay"):
        split(incident, correction)


def test_refuses_a_report_of_another_incident():
    incident, other = make_incident(reports=2), make_incident()

    with pytest.raises(InvalidInput, match="is not attached"):
        split(incident, incident.reports.first(), other.reports.get())


def test_splits_no_merged_incident():
    double, kept = make_incident(reports=2), make_incident()
    incident_merging.merge(double, into=kept, by=make_user())

    with pytest.raises(Conflict, match="already been merged"):
        split(double, kept.reports.first())


def test_is_undone_by_merging_back():
    incident = make_incident(reports=2)
    reports = set(incident.reports.all())
    made = split(incident, incident.reports.first())

    incident_merging.merge(made, into=incident, by=make_user())

    assert set(incident.reports.all()) == reports
    assert list(Incident.objects.standing()) == [incident]
