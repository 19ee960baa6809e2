from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.factories import make_incident, make_party, make_report
from tracker.desk.models import Figure, Report
from tracker.desk.workflow import matching
from tracker.errors import Conflict

pytestmark = pytest.mark.django_db

CHANGES = {
    "text": "Nothing fell on the village.",
    "date_start": "2017-01-16",
    "place_as_written": "elsewhere",
    "stance": "denies_occurrence",
    "acts": ["siege"],
}


@pytest.mark.parametrize("field", CHANGES)
def test_refuses_to_change_what_an_attached_report_states(field):
    report = make_report(incident=make_incident(reports=0))

    with pytest.raises(DatabaseError, match="correct it by a new one"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**{field: CHANGES[field]})

    assert Report.objects.get(pk=report.pk).text == report.text


def test_refuses_to_change_the_figures_of_an_attached_report():
    report = make_report(incident=make_incident(reports=0), figures=[{"best": 7}])

    for change in (
        lambda: report.figures.update(best=9),
        lambda: report.figures.all().delete(),
        lambda: Figure.objects.create(report=report, harm="injured", best=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert list(report.figures.values_list("best", flat=True)) == [7]


def test_refuses_to_change_whom_an_attached_report_accuses():
    party = make_party()
    report = make_report(incident=make_incident(reports=0), accused=[party])

    for change in (lambda: report.accused.clear(), lambda: report.accused.add(make_party())):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert list(report.accused.all()) == [party]


def test_refuses_to_delete_an_attached_report():
    report = make_report(incident=make_incident(reports=0))

    with pytest.raises(DatabaseError), transaction.atomic():
        report.delete()

    assert Report.objects.filter(pk=report.pk).exists()


def test_keeps_a_published_report_locked_after_it_is_detached(publish):
    incident = publish(make_incident(reports=2))
    report = incident.reports.first()
    matching.detach(report)

    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(text="Other words.")


def test_lets_the_staff_note_of_an_attached_report_change():
    report = make_report(incident=make_incident(reports=0))

    Report.objects.filter(pk=report.pk).update(note="Ask the caller again.")

    assert Report.objects.get(pk=report.pk).note == "Ask the caller again."


def test_lets_an_unattached_report_change():
    report = make_report(figures=[{"best": 7}])

    report.figures.update(best=9)
    Report.objects.filter(pk=report.pk).update(text="Other words.")

    assert Report.objects.get(pk=report.pk).text == "Other words."


def test_refuses_to_attach_a_report_to_two_incidents():
    report = make_report(incident=make_incident(reports=0))

    with pytest.raises(Conflict):
        matching.attach(report, make_incident(reports=0))
