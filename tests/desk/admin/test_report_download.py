from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import call_command

from tests.desk.admin.pages import address
from tests.factories import make_party, make_place, make_report, make_source, make_user
from tracker.desk.models import Report
from tracker.desk.workflow import importing
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db
STATED = (
    *("external_id", "date_start", "date_end", "date_precision", "published_on", "language"),
    *("text", "translation", "url", "archive_url", "place", "place_as_written", "latitude"),
    *("longitude", "geo_precision", "radius_m", "acts", "means", "stance", "justification", "note"),
)


def downloaded(browser, reports) -> bytes:
    chosen = {"action": "download", "_selected_action": [report.pk for report in reports]}
    return browser.post(address("report_changelist"), chosen).getvalue()


def stated(report):
    figures = report.figures.order_by("harm", "group")
    return [
        [getattr(report, name) for name in STATED],
        list(report.accused.values_list("pk", flat=True)),
        list(figures.values_list("harm", "group", "low", "best", "high", "as_written")),
    ]


def test_downloads_reports_that_are_read_again_as_they_were(desk, reviewer):
    place = make_place(name="Deir Qanun")
    first = make_report(
        external_id="WB-14/1",
        text='They said: "=7 were killed",\nand left.',
        date_start=dt.date(2017, 1, 15),
        date_end=dt.date(2017, 1, 16),
        date_precision=2,
        place=place,
        place_as_written="Deir Qanun",
        latitude=33.604,
        longitude=36.136,
        geo_precision=1,
        radius_m=500,
        acts=["fire_indirect", "siege"],
        accused=[make_party(name="The army")],
        stance="confirms",
        language="ar",
        note="Read with care.",
    )
    with recorded(by=None):
        first.figures.create(harm="killed", group="civilians", low=7, best=9)
        first.figures.create(harm="injured", group="all", as_written="dozens")
    second = make_report(external_id="WB-14/2", place_as_written="Deir Qanun", place=place)

    file = downloaded(desk, [first, second])
    again = make_source(name="The same, read again")
    run = importing.receive(io.BytesIO(file), name="reports.csv", source=again, by=reviewer)
    importing.ask_to_check(run, by=reviewer)
    call_command("work", once=True)
    run.refresh_from_db()
    importing.ask_to_commit(run, by=reviewer)
    call_command("work", once=True)

    read = Report.objects.filter(source=again).order_by("external_id")
    assert [stated(report)[1:] for report in read] == [stated(first)[1:], stated(second)[1:]]
    assert stated(read[0])[0] == stated(first)[0]


def test_downloads_no_report_that_the_user_may_not_read(client, desk):
    make_report(source=make_source(is_confidential=True), text="A secret.")
    client.force_login(make_user("data entry", is_staff=True))

    assert b"A secret." not in downloaded(client, Report.objects.all())
