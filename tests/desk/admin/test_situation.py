"""Situation reports at the desk: begun, issued by who may, and corrected."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.desk.admin.pages import address, errors, save
from tests.factories import make_agreement, make_incident, make_situation_report, make_user
from tracker.desk.models import Erratum, Revision, SituationReport
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db


def begin(desk, *, button="_save", **fields):
    """Fill in a new report of 9 to 15 January 2017."""
    told = {"period": "own", "date_start": "2017-01-09", "date_end": "2017-01-15", **fields}
    return save(desk, address("situationreport_add"), button=button, **told)


def days() -> tuple[dt.date, dt.date]:
    report = SituationReport.objects.latest("pk")
    return report.date_start, report.date_end


def test_issues_a_report_with_the_numbers_of_its_days(desk, client, publish):
    publish(make_incident())

    begin(desk, button="_publish")

    [report] = client.get("/api/v1/situation-reports/").json()["results"]
    assert report["numbers"]["incidents"] == {"now": 1, "before": 0}
    assert SituationReport.objects.get().sha256 == report["sha256"]


@pytest.mark.parametrize(
    ("period", "first"),
    [("day", dt.date(2017, 1, 18)), ("week", dt.date(2017, 1, 16)), ("own", dt.date(2017, 1, 9))],
)
def test_begins_with_the_period_chosen(desk, period, first):
    begin(desk, period=period, date_end="2017-01-18")

    assert days() == (first, dt.date(2017, 1, 18))


def test_goes_on_from_the_last_one_about_the_same(desk):
    begin(desk, button="_publish")
    begin(desk, button="_publish", agreement=make_agreement(published_on="2017-01-01").pk)

    begin(desk, period="since", date_start="", date_end="2017-01-20")

    assert days() == (dt.date(2017, 1, 16), dt.date(2017, 1, 20))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("period", {"period": "since"}),
        ("date_start", {"date_start": ""}),
        ("date_end", {"date_end": timezone.localdate() + dt.timedelta(days=1)}),
        ("date_end", {"date_start": "2016-01-01"}),
    ],
)
def test_refuses_days_that_cannot_be_reported(desk, field, given):
    response = begin(desk, **given)

    assert field in errors(response)
    assert not SituationReport.objects.exists()


def test_refuses_a_report_about_an_agreement_that_nobody_can_read(desk):
    begin(desk, button="_publish", agreement=make_agreement().pk)

    assert SituationReport.objects.get().published_on is None
    assert not Edition.objects.of(Kind.SITUATION).exists()


def test_shows_an_issued_report_without_a_field_to_change(desk):
    begin(desk, button="_publish")
    report = SituationReport.objects.get()

    save(desk, address("situationreport_change", report.pk), date_end="2017-02-01")

    assert days() == (dt.date(2017, 1, 9), dt.date(2017, 1, 15))


def test_adds_a_correction_and_lets_none_be_rewritten(desk, client):
    begin(desk, button="_publish")
    page = address("situationreport_change", SituationReport.objects.get().pk)

    for row, text in enumerate(("Two were one.", "They were two after all.")):
        new = {f"errata-{row}-text": text, f"errata-{row}-text_ar": ""}
        save(desk, page, button="_publish", **new)

    [report] = client.get("/api/v1/situation-reports/").json()["results"]
    assert [(each["number"], each["text"]) for each in report["errata"]] == [
        (1, "Two were one."),
        (2, "They were two after all."),
    ]


def test_enters_reports_and_corrections_in_the_ledger(desk):
    begin(desk, button="_publish")
    report = SituationReport.objects.get()
    new = {"errata-0-text": "Two were one.", "errata-0-text_ar": ""}
    save(desk, address("situationreport_change", report.pk), **new)

    told = Revision.objects.of("situationreport", report.pk).order_by("number")
    first, last = told.values_list("after", flat=True)

    assert report.sha256 in str(first)
    assert "Two were one." in str(last)


def test_lets_nobody_issue_who_may_not_publish_incidents(client):
    client.force_login(make_user("data entry", is_staff=True))
    report = make_situation_report()

    page = client.get(address("situationreport_change", report.pk))
    client.post(address("situationreport_change", report.pk), {"_publish": "1"})

    assert "_publish" not in page.content.decode()
    assert not Edition.objects.of(Kind.SITUATION).exists()


def test_lets_reviewers_issue_and_not_delete(client):
    client.force_login(make_user("reviewer", is_staff=True))
    begin(client, button="_publish")
    report = SituationReport.objects.get()

    assert report.published_on
    assert client.get(address("situationreport_delete", report.pk)).status_code == 403
    assert not Erratum.objects.exists()
