"""Evidence on the page of its report or incident."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.pages import address, messages, save, shown
from tests.desk.files import POLYGLOTS, REFUSED
from tests.factories import (
    PICTURE,
    make_evidence,
    make_incident,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.models import Evidence, Report
from tracker.desk.workflow import evidence

pytestmark = pytest.mark.django_db

AGAIN = "choose each file again"


def page_of(thing) -> str:
    return address(f"{thing._meta.model_name}_change", thing.pk)


def bring(desk, thing, content=PICTURE, name="picture.png", **told):
    """Bring a file on the page of a report or an incident."""
    row = {"file": SimpleUploadedFile(name, content, "image/png"), **told}
    return save(desk, page_of(thing), **{f"brought-0-{key}": value for key, value in row.items()})


def rows(response, prefix="evidence"):
    """The evidence a page shows as kept."""
    sets = [each.formset for each in response.context["inline_admin_formsets"]]
    return [form.instance for each in sets if each.prefix == prefix for form in each.initial_forms]


@pytest.mark.parametrize("make", [make_report, make_incident])
def test_keeps_a_file_with_what_is_told_of_it(desk, make):
    thing = make()

    response = bring(
        desk,
        thing,
        url="https://example.org/watch",
        captured_at_0="2017-01-15",
        captured_at_1="12:00",
        note="From the hill.",
        is_graphic="on",
    )

    kept = Evidence.objects.get()
    assert response.status_code == 302
    assert kept in thing.evidence.all()
    assert (kept.name, kept.content_type, kept.size) == ("picture.png", "image/png", 24)
    assert kept.url == "https://example.org/watch"
    assert kept.captured_at == dt.datetime(2017, 1, 15, 10, tzinfo=dt.UTC)
    assert (kept.note, kept.is_graphic, kept.is_confidential) == ("From the hill.", True, False)
    assert kept.received_by.username == "nour"


def test_keeps_a_file_with_a_new_report(desk):
    stated: dict[str, Any] = {"source": make_source().pk, "date_start": "2017-01-15", "text": "A"}
    stated["brought-0-file"] = SimpleUploadedFile("picture.png", PICTURE)

    save(desk, address("report_add"), **stated)

    assert Evidence.objects.get().report == Report.objects.get()


def test_keeps_a_file_with_a_correction(desk):
    report = make_report(figures=[{"best": 7}], incident=make_incident(reports=0))
    file: Any = SimpleUploadedFile("picture.png", PICTURE)

    save(desk, f"{address('report_add')}?corrects={report.pk}", **{"brought-0-file": file})

    kept = Evidence.objects.get()
    assert kept.report == Report.objects.get(supersedes=report)
    assert (kept.url, kept.note) == ("", "")


def test_keeps_a_file_for_a_report_whose_statement_stands(desk):
    report = make_report(incident=make_incident(reports=0))

    bring(desk, report)

    assert report.evidence.count() == 1


@pytest.mark.parametrize("case", ["of Windows", "of Linux", "svg with script", "zip", "empty"])
def test_refuses_at_the_field_what_is_no_evidence(desk, case):
    content, reason = REFUSED[case]

    response = bring(desk, make_report(), content, "picture.png")

    assert reason.replace("The file", "file") in response.text
    assert AGAIN in messages(response)
    assert not Evidence.objects.exists()


def test_refuses_a_file_that_is_too_large_and_stores_little_of_it(desk, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024

    response = bring(desk, make_report(), PICTURE + bytes(4 * 1024 * 1024))

    assert "The file is larger than 1.0 MB, the most that is kept." in response.text
    [file] = response.wsgi_request.FILES.values()
    assert file.size <= 1024 * 1024 + 64 * 1024
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("case", POLYGLOTS)
def test_keeps_what_is_two_things_at_once_and_warns_of_its_name(desk, case):
    content, ending = POLYGLOTS[case]

    response = bring(desk, make_report(), content, "run.html")

    kept = Evidence.objects.get()
    assert evidence.ENDINGS[kept.content_type][0] == ending
    assert f"The name ends in “.html”, and what it holds is {kept.content_type}" in messages(
        response
    )


def test_takes_no_folder_from_the_name(desk):
    bring(desk, make_report(), name="../../../etc/cron.d/job.png")

    assert Evidence.objects.get().name == "job.png"


@pytest.mark.parametrize("wrong", [{"date_start": "yesterday"}, {"brought-0-url": "no address"}])
def test_says_that_the_file_must_be_chosen_again_where_something_else_is_wrong(desk, wrong):
    file: Any = SimpleUploadedFile("picture.png", PICTURE)

    response = save(desk, page_of(make_report()), **{"brought-0-file": file, **wrong})

    assert AGAIN in messages(response)
    assert not Evidence.objects.exists()


def test_says_nothing_of_files_where_none_was_chosen(desk):
    response = save(desk, page_of(make_report()), date_start="yesterday")

    assert AGAIN not in messages(response)


def test_demands_the_file(desk):
    response = save(desk, page_of(make_report()), **{"brought-0-note": "From the hill."})

    assert "This field is required." in response.text


def test_says_so_where_the_store_cannot_be_written(desk, settings, tmp_path):
    report = make_report()
    (tmp_path / "file").touch()
    settings.EVIDENCE_ROOT = tmp_path / "file"

    response = bring(desk, report, note="From the hill.")

    assert "The file cannot be kept: File exists." in messages(response)
    assert response.url == page_of(report)


def test_shows_what_is_kept_with_its_size_kind_and_hash(desk):
    kept = make_evidence(name="<hill>.png")

    page = desk.get(page_of(kept.report)).text

    for told in ("24\xa0bytes", "image/png", kept.sha256, "&lt;hill&gt;.png"):
        assert told in page
    assert f'href="/admin/evidence/{kept.pk}/"' in page


def test_changes_marks_and_note_and_nothing_else(desk):
    kept = make_evidence()
    changed = {
        "note": "Seen.",
        "is_graphic": "on",
        "name": "other",
        "sha256": "0" * 64,
        "size": "1",
    }

    row = {f"evidence-0-{name}": value for name, value in changed.items()}
    save(desk, page_of(kept.report), **row)

    now = Evidence.objects.get()
    assert (now.note, now.is_graphic) == ("Seen.", True)
    assert (now.name, now.sha256, now.size) == (kept.name, kept.sha256, kept.size)


@pytest.mark.parametrize(("group", "seen"), [("data entry", 1), ("reviewer", 2)])
def test_shows_confidential_evidence_with_the_right_alone(client, group, seen):
    report = make_report()
    make_evidence(report=report)
    make_evidence(report=report, is_confidential=True)
    client.force_login(make_user(group, is_staff=True))

    assert len(rows(client.get(page_of(report)))) == seen


def test_changes_no_evidence_that_is_hidden(data_entry):
    hidden = make_evidence(is_confidential=True)
    page = shown(data_entry.get(page_of(hidden.report)))
    forged = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": hidden.pk, "0-note": "Seen."}

    for prefix in ("evidence", "brought"):
        row = {f"{prefix}-{name}": value for name, value in forged.items()}
        data_entry.post(page_of(hidden.report), {**page, **row, f"{prefix}-0-is_graphic": "on"})

    hidden.refresh_from_db()
    assert (hidden.note, hidden.is_graphic) == ("", False)


def test_takes_no_evidence_from_who_may_only_look(client):
    viewer = make_user("data entry", is_staff=True)
    viewer.groups.get().permissions.filter(codename__endswith="_evidence").delete()
    client.force_login(viewer)
    report = make_report()

    client.post(
        page_of(report),
        {
            **shown(client.get(page_of(report))),
            "brought-TOTAL_FORMS": 1,
            "brought-INITIAL_FORMS": 0,
            "brought-0-file": SimpleUploadedFile("picture.png", PICTURE),
        },
    )

    assert not Evidence.objects.exists()


def test_keeps_a_report_that_has_evidence_from_being_deleted(desk):
    kept = make_evidence()

    desk.post(address("report_delete", kept.report_id), {"post": "yes"})

    assert Report.objects.get() == kept.report


def test_tells_no_name_in_the_history_of_the_page(desk):
    report = make_report()

    bring(desk, report, name="Rima.png")

    assert "Rima" not in desk.get(address("report_history", report.pk)).text


def test_takes_as_many_queries_however_much_is_kept(desk):
    report, counts = make_report(), []
    for number in (2, 4):
        for _each in range(number):
            make_evidence(report=report)
        with CaptureQueriesContext(connection) as queries:
            desk.get(page_of(report))
        counts.append(len(queries))

    assert counts[0] == counts[1]
