from __future__ import annotations

import datetime as dt

import pytest

from tests import ledger
from tests.desk.admin.pages import messages
from tests.factories import make_incident, make_place, make_report, make_source, make_user
from tracker.desk.models import Incident, Report
from tracker.desk.workflow import triage

pytestmark = pytest.mark.django_db

INBOX = "/admin/inbox/"


def page_of(report: Report) -> str:
    return f"{INBOX}{report.pk}/"


@pytest.fixture
def huda(db: None):
    return make_user("data entry", username="huda", is_staff=True)


def listed(response) -> list[int]:
    return [report.pk for report, _stale in response.context["rows"]]


def test_shows_what_waits_the_gravest_first(data_entry):
    plain, grave = make_report(), make_report(figures=[{"best": 12}])

    assert listed(data_entry.get(INBOX)) == [grave.pk, plain.pk]


def test_asks_the_database_as_often_however_many_wait(data_entry, django_assert_num_queries):
    make_report()
    data_entry.get(INBOX)
    for _number in range(5):
        make_report(place=make_place(), figures=[{"best": 1}])

    with django_assert_num_queries(6):
        data_entry.get(INBOX)


def test_takes_the_next_report_that_nobody_looks_at(data_entry, huda):
    taken, free = make_report(figures=[{"best": 12}]), make_report()
    triage.claim(taken, by=huda)

    response = data_entry.post(INBOX)

    assert response.url == page_of(free)
    assert Report.objects.get(pk=free.pk).claimed_by is not None


def test_says_that_none_waits(data_entry):
    response = data_entry.post(INBOX, follow=True)

    assert "No report is left that nobody is looking at." in response.text


def test_keeps_the_filters_from_one_visit_to_the_next(data_entry):
    press = make_report(source=make_source(kind="media"))
    make_report(source=make_source(kind="monitor"))
    data_entry.get(INBOX, {"kind": "media"})

    again = data_entry.get(INBOX, follow=True)
    everything = data_entry.get(INBOX, {"all": "1"})

    assert listed(again) == [press.pk]
    assert len(listed(everything)) == 2
    assert len(listed(data_entry.get(INBOX))) == 2


def test_passes_over_reports_until_all_were_seen(data_entry):
    reports = [make_report() for _number in range(3)]
    data_entry.post(INBOX)

    seen = [data_entry.post(page_of(each), {"next": "1"}).url for each in reports]

    assert seen == [page_of(reports[1]), page_of(reports[2]), INBOX]


def test_suggests_the_incident_with_reasons_and_attaches_to_it(data_entry):
    place = make_place()
    incident = make_incident(place=place)
    report = make_report(place=place, acts=["fire_indirect"])

    page = data_entry.get(page_of(report))
    response = data_entry.post(page_of(report), {"attach": str(incident.pk)})

    [suggestion] = page.context["suggestions"]
    assert suggestion.thing == incident
    assert suggestion.reasons
    assert suggestion.reasons[0] in page.text
    assert f"Report {report.pk} tells of: " in messages(response)
    assert Report.objects.get(pk=report.pk).incident == incident


def test_makes_a_new_incident(data_entry):
    report = make_report(date_start=dt.date(2017, 1, 15))

    data_entry.post(page_of(report), {"open": "1"})

    assert Incident.objects.get().reports.get() == report


def test_undoes_what_was_done(data_entry):
    report, incident = make_report(), make_incident(reports=0)
    data_entry.post(page_of(report), {"attach": "", "incident": str(incident.pk)})

    data_entry.post(page_of(report), {"undo": "1"})

    report.refresh_from_db()
    assert report.incident is None
    assert listed(data_entry.get(INBOX)) == [report.pk]


def test_rejects_with_a_reason_alone(data_entry):
    report = make_report()

    refused = data_entry.post(page_of(report), {"reject": "1", "because": " "})
    data_entry.post(page_of(report), {"reject": "1", "because": "A football match."})

    report.refresh_from_db()
    assert "Say why the report is rejected." in messages(refused)
    assert (report.set_aside, report.set_aside_because) == ("rejected", "A football match.")


def test_flags_a_report_that_says_the_same_and_sets_it_aside(data_entry):
    source, place = make_source(), make_place()
    first = make_report(source=source, place=place, text="Shells fell on the wedding hall.")
    again = make_report(source=source, place=place, text="Shells fell on the wedding hall.")

    page = data_entry.get(page_of(again))
    data_entry.post(page_of(again), {"duplicate": str(first.pk)})

    again.refresh_from_db()
    assert [each.report for each in page.context["duplicates"]] == [first]
    assert again.duplicate_of == first


@pytest.mark.parametrize("number", ["", "0", "x", "999999"])
@pytest.mark.parametrize(("act", "field"), [("attach", "incident"), ("duplicate", "of")])
def test_names_a_number_that_there_is_not(data_entry, act, field, number):
    report = make_report()

    response = data_entry.post(page_of(report), {act: "", field: number})

    assert "There is no" in messages(response)
    assert response.url == page_of(report)


def test_does_nothing_with_what_another_looks_at(data_entry, huda):
    report, incident = make_report(), make_incident()
    triage.claim(report, by=huda)

    response = data_entry.post(page_of(report), {"attach": str(incident.pk)})

    assert "huda has been looking at report" in messages(response)
    assert Report.objects.get(pk=report.pk).incident is None


def test_hides_a_confidential_sources_report_from_data_entry(data_entry):
    hidden = make_report(source=make_source(is_confidential=True))

    assert listed(data_entry.get(INBOX)) == []
    assert data_entry.get(page_of(hidden)).status_code == 404
    assert data_entry.post(page_of(hidden), {"open": "1"}).status_code == 404


def test_is_closed_to_those_who_may_not_change_reports(db):
    client = ledger.Client()
    client.force_login(make_user("contributor", is_staff=True))

    assert client.get(INBOX).status_code == 403
    assert client.get(page_of(make_report())).status_code == 403
