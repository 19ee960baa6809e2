"""Files brought to the desk in the admin, from the upload to the undoing."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests.desk.admin.pages import address, messages
from tests.factories import make_incident, make_party, make_source, make_user
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.models import ImportRun, Job, Report, User
from tracker.desk.workflow import importing, matching
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db

HEADER = "date,place,what happened,killed,kind,by whom\n"
ROWS = [
    "2017-01-15,Deir Qanun,Shelling of the village.,7,shelling,Government forces\n",
    "2017-01-16,Basimah,Shots at the bridge.,,shots,Valley brigade\n",
    "soon,Madaya,A barrel bomb.,2,barrel,Government forces\n",
]
GOOD = HEADER + "".join(ROWS[:1])
MIXED = HEADER + "".join(ROWS)
TELLS = {
    "date": "date_start",
    "place": "place",
    "what happened": "text",
    "killed": "killed.all.best",
    "kind": "acts",
    "by whom": "accused",
}
MEANS = {"shelling": "fire_indirect", "shots": "fire_direct", "barrel": "-"}


def bring(desk: Client, text: str | bytes = MIXED, *, name: str = "rows.csv", **told: Any) -> Any:
    """Bring a file as a browser does; answers the page that comes of it."""
    source = told.pop("source", None) or make_source(name="Valley monitor")
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    sent = {"source": source.pk, "file": file, **told}
    return desk.post(address("importrun_add"), sent, follow=True)


def page_of(desk: Client, run: ImportRun) -> Any:
    return desk.get(address("importrun_change", run.pk))


def filled(
    page: Any, tells: dict[str, str] = TELLS, means: dict[str, str] = MEANS
) -> dict[str, Any]:
    """The mapping form of a page, as it is shown but for these columns and values."""
    form = page.context["mapping_form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {each.feeds.name: tells[each.name] for each in form.columns if each.name in tells}
    for field in form.values:
        data |= {meant.name: means[value] for value, meant in field.rows if value in means}
    return data


def map_it(desk: Client, run: ImportRun, *, button: str = "_check", **changes: Any) -> Any:
    """Fill in the mapping twice, for what the values are is asked when their column is known."""
    where = address("importrun_map", run.pk)
    desk.post(where, {**filled(page_of(desk, run)), "_save": "1"})
    return desk.post(where, {**filled(page_of(desk, run)), **changes, button: "1"}, follow=True)


def work() -> None:
    call_command("work", once=True)


def checked(desk: Client, text: str = MIXED, *, name: str = "rows.csv", **told: Any) -> ImportRun:
    """A file brought, mapped and checked in another way than through its pages."""
    user = User.objects.get(pk=desk.session["_auth_user_id"])
    source = told.get("source") or make_source(name="Valley monitor")
    run = importing.receive(io.BytesIO(text.encode()), name=name, source=source, by=user)
    columns: dict[str, tuple[str, ...]] = {field: (column,) for column, field in TELLS.items()}
    codes = {value: "" if code == "-" else code for value, code in MEANS.items()}
    importing.remap(run, Mapping(columns=columns, codes={"acts": codes}))
    importing.ask_to_check(run, by=user)
    work()
    run.refresh_from_db()
    return run


def committed(desk: Client, text: str = GOOD, **told: Any) -> ImportRun:
    run = checked(desk, text, **told)
    importing.ask_to_commit(run, by=run.created_by)
    work()
    run.refresh_from_db()
    return run


def test_keeps_a_file_and_shows_what_it_was_taken_for(desk):
    page = bring(desk)

    run = ImportRun.objects.get()
    assert page.redirect_chain[-1][0] == address("importrun_change", run.pk)
    assert (run.name, run.kind, run.created_by.username) == ("rows.csv", "reports", "nour")
    assert "CSV" in page.text
    assert [each.name for each in page.context["mapping_form"].columns] == list(TELLS)
    assert page.context["mapping_form"].columns[0].samples == ["2017-01-15", "2017-01-16", "soon"]
    assert page.context["mapping_form"].columns[0].feeds.value() == "date_start"


def test_says_at_the_file_why_it_cannot_be_read(desk):
    page = bring(desk, b"\x89PNG\r\n\x1a\n" + bytes(100))

    assert "rows.csv is no table but PNG" in str(page.context["adminform"].form.errors["file"])
    assert not ImportRun.objects.exists()


def test_asks_for_a_source_before_it_keeps_anything(desk, store):
    file = SimpleUploadedFile("rows.csv", GOOD.encode())

    page = desk.post(address("importrun_add"), {"file": file})

    assert "source" in page.context["adminform"].form.errors
    assert not store.exists()


def test_checks_every_row_by_the_mapping_and_takes_in_none(desk):
    make_party(name="Government forces")

    bring(desk)
    run = ImportRun.objects.get()
    map_it(desk, run)
    work()

    page = page_of(desk, run)
    assert {each.sort: each.number for each in page.context["counts"]} == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
        "gone": 0,
    }
    [refused] = page.context["refused"]
    assert (refused.line, refused.column, refused.value) == (4, "date", "soon")
    assert "soon" in refused.reason
    unknown = {each.sort: dict(each.most) for each in page.context["unknown"]}
    assert unknown["accused"] == {"Valley brigade": 1}
    assert not Report.objects.exists()


def test_shows_how_the_first_rows_will_be_read(desk):
    run = checked(desk)

    [first, _second, third] = page_of(desk, run).context["samples"]

    assert first.cells == [
        "2017-01-15",
        "Deir Qanun",
        "Shelling",
        "Government forces",
        "Killed: 7",
        "Shelling of the village.",
    ]
    assert "soon" in third.faults[0]


def test_keeps_what_was_filled_in_where_a_mapping_does_not_fit(desk):
    bring(desk)
    run = ImportRun.objects.get()
    data = filled(page_of(desk, run), {"date": "", "place": "note"})

    page = desk.post(address("importrun_map", run.pk), {**data, "_check": "1"})

    form = page.context["mapping_form"]
    assert "date_start" in str(form.non_field_errors()) or "First day" in str(
        form.non_field_errors()
    )
    assert [each.feeds.value() for each in form.columns][:2] == ["", "note"]
    run.refresh_from_db()
    assert run.state == "received"


def test_lets_one_column_tell_two_things_and_every_row_the_same(desk):
    bring(desk, GOOD)
    run = ImportRun.objects.get()
    data = filled(page_of(desk, run))
    column = next(name for name in data if name.startswith("more-") and name.endswith("-column"))
    said = [name for name in data if name.startswith("every-") and not data[name]]
    data |= {column: "date", column.replace("column", "field"): "published_on"}
    data |= {said[-2]: "language", said[-1]: "ar"}

    desk.post(address("importrun_map", run.pk), {**data, "_save": "1"})

    run.refresh_from_db()
    assert run.mapping["columns"]["published_on"] == ["date"]
    assert run.mapping["columns"]["date_start"] == ["date"]
    assert run.mapping["constants"]["language"] == "ar"
    shown = page_of(desk, run).context["mapping_form"]
    assert ("date", "published_on") in [(a.value(), b.value()) for a, b in shown.more]


def test_lets_a_name_be_mapped_to_a_party_of_the_desk(desk):
    brigade = make_party(name="Brigade of the valley")
    run = checked(desk)
    form = page_of(desk, run).context["mapping_form"]
    meant = next(
        meant for each in form.values for value, meant in each.rows if value == "Valley brigade"
    )

    answers = {**filled(page_of(desk, run)), meant.name: "Brigade of the valley", "_check": "1"}
    desk.post(address("importrun_map", run.pk), answers)
    work()
    desk.post(address("importrun_commit", run.pk))
    work()

    assert Report.objects.get(accused=brigade).place_as_written == "Basimah"


def test_reads_a_file_otherwise_where_a_person_knows_better(desk):
    bring(desk, "a list of the valley\n" + MIXED)
    run = ImportRun.objects.get()
    form = page_of(desk, run).context["reading_form"]
    data = {form.add_prefix(name): form[name].value() for name in form.fields}

    desk.post(address("importrun_read", run.pk), {**data, "reading-header_rows": "2"})

    run.refresh_from_db()
    assert run.mapping["header_rows"] == 2


def test_hands_out_the_refused_rows_with_their_reasons(desk):
    run = checked(desk)

    answer = desk.get(address("importrun_refused", run.pk, "csv"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header == [*TELLS, "line", "reasons"]
    assert row[:2] == ["soon", "Madaya"]
    assert row[-2] == "4"
    assert "soon" in row[-1]
    assert answer["Content-Disposition"].endswith(f'filename="import-{run.pk}-refused.csv"')


def test_hands_out_the_refused_rows_as_a_workbook(desk):
    run = checked(desk)

    answer = desk.get(address("importrun_refused", run.pk, "xlsx"))

    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert desk.get(address("importrun_refused", run.pk, "exe")).status_code == 404


def test_takes_the_good_rows_in_and_leads_to_them(desk):
    run = checked(desk)

    desk.post(address("importrun_commit", run.pk))
    work()

    run.refresh_from_db()
    page = page_of(desk, run)
    [link] = [f"{address('report_changelist')}?import_run__id__exact={run.pk}"]
    assert run.state == "committed"
    assert link in page.text
    assert desk.get(link).context["cl"].result_count == 2


def test_takes_in_nothing_unless_all_rows_are_good(desk):
    run = checked(desk)

    answer = desk.post(address("importrun_commit", run.pk), {"all_or_none": "1"})

    assert "1 rows are refused" in messages(answer)
    assert not Job.objects.unfinished().exists()


def test_proposes_the_mapping_of_the_sources_last_file(desk):
    run = committed(desk)

    page = bring(desk, MIXED, source=run.source)

    feeds = {each.name: each.feeds.value() for each in page.context["mapping_form"].columns}
    assert feeds == TELLS


def test_undoes_an_import_once_that_is_confirmed(desk):
    run = committed(desk)

    asked = desk.get(address("importrun_undo", run.pk))
    assert "1 entry that came with “rows.csv”" in asked.text
    desk.post(address("importrun_undo", run.pk))
    work()

    run.refresh_from_db()
    assert run.state == "undone"
    assert not Report.objects.exists()


def test_names_what_was_worked_on_where_it_cannot_be_undone(desk):
    run = committed(desk)
    report = Report.objects.get()
    with recorded(by=run.created_by):
        matching.attach(report, make_incident())

    asked = desk.get(address("importrun_undo", run.pk))
    answer = desk.post(address("importrun_undo", run.pk))

    assert f"report {report.pk}" in asked.text
    assert f"report {report.pk}" in messages(answer)
    assert Report.objects.filter(pk=report.pk).exists()


def test_shows_how_far_the_work_is_and_that_the_page_may_be_left(desk):
    bring(desk)
    run = ImportRun.objects.get()

    page = map_it(desk, run)

    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.text
    assert "<progress" in page.text
    assert "You may leave this page" in page.text
    told = desk.get(address("importrun_progress", run.pk))
    assert told.json() == {
        "under_way": True,
        "said": "It waits for a worker.",
        "percent": None,
    }
    work()
    assert desk.get(address("importrun_progress", run.pk)).json()["under_way"] is False
    assert "noscript" not in page_of(desk, run).text


def test_says_why_the_work_failed_and_lets_it_be_done_again(desk, store):
    bring(desk)
    run = ImportRun.objects.get()
    map_it(desk, run)
    kept = store / run.sha256[:2] / run.sha256[2:]
    kept.rename(store / "elsewhere")
    work()

    page = page_of(desk, run)
    assert "The file cannot be read" in page.text
    assert "Check again" in page.text
    (store / "elsewhere").rename(kept)
    desk.post(address("importrun_check", run.pk))
    work()
    run.refresh_from_db()
    assert run.state == "checked"


def test_lets_the_mapping_be_corrected_after_a_check_that_failed(desk, store):
    bring(desk)
    run = ImportRun.objects.get()
    map_it(desk, run)
    kept = store / run.sha256[:2] / run.sha256[2:]
    kept.rename(store / "elsewhere")
    work()
    (store / "elsewhere").rename(kept)

    map_it(desk, run)
    work()

    run.refresh_from_db()
    assert run.state == "checked"


def test_refuses_to_map_what_was_taken_in(desk):
    run = committed(desk)

    page = page_of(desk, run)
    answer = desk.post(address("importrun_check", run.pk))

    assert "mapping_form" not in page.context
    assert "the import is taken in" in messages(answer)


def test_asks_for_the_meaning_of_values_that_stand_far_below(desk):
    far = "".join(f"2017-01-15,Deir Qanun,Shell {n}.,1,shelling,\n" for n in range(250))
    run = checked(desk, f"{HEADER}{far}2017-01-16,Basimah,A kite.,1,kite,\n")

    form = page_of(desk, run).context["mapping_form"]

    [acts] = [each for each in form.values if each.label == "Acts"]
    assert "kite" in [value for value, _meant in acts.rows]


def test_hides_the_files_of_confidential_sources_from_those_who_may_not_know_them(desk, data_entry):
    data_entry.logout()
    boss = make_user(username="boss", is_staff=True, is_superuser=True)
    data_entry.force_login(boss)
    bring(data_entry, source=make_source(is_confidential=True))
    run = ImportRun.objects.get()
    data_entry.force_login(make_user("data entry", is_staff=True))

    listed = data_entry.get(address("importrun_changelist"))

    assert listed.context["cl"].result_count == 0
    assert data_entry.get(address("importrun_progress", run.pk)).status_code == 404
    assert data_entry.get(address("importrun_refused", run.pk, "csv")).status_code == 404
    assert data_entry.post(address("importrun_map", run.pk)).status_code == 404


def test_offers_no_confidential_source_to_those_who_may_not_know_it(data_entry):
    page = bring(data_entry, source=make_source(is_confidential=True))

    assert "source" in page.context["adminform"].form.errors
    assert not ImportRun.objects.exists()


def test_lets_whoever_may_only_look_change_nothing(desk, client):
    run = checked(desk)
    client.force_login(make_user("contributor", is_staff=True))

    for name in ("read", "map", "check", "commit", "undo"):
        assert client.post(address(f"importrun_{name}", run.pk)).status_code in {403, 404}


def test_shows_at_a_report_which_line_of_which_file_it_came_from(desk):
    run = committed(desk)

    page = desk.get(address("report_change", Report.objects.get().pk))

    assert address("importrun_change", run.pk) in page.text
    assert "line 2" in page.text
    assert "Shelling of the village." in page.text


def test_leaves_out_what_is_more_than_a_form_can_hold(desk):
    names = [f"column {number}" for number in range(250)]

    page = bring(desk, f"date,text,{','.join(names)}\n2017-01-15,Shells.{',7' * 250}\n")

    assert len(page.context["mapping_form"].columns) == 200
    assert "52 further columns are left out." in page.text
