"""A file of reports: checked, taken in, brought again, and undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.desk.workflow.importing.conftest import HEADER, ROWS, counts, table, worked_off
from tests.factories import (
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
    make_user,
)
from tracker.desk import tasks
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.models import Figure, ImportRow, Report, Revision
from tracker.desk.models.imports import ImportState, RowOutcome
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import importing, matching, recording, triage
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db


def change(rows, number, **cells):
    """The rows with some cells of the one of this number written otherwise."""
    return [
        tuple(cells.get(name, cell) for name, cell in zip(HEADER, row, strict=True))
        if row[0] == number
        else row
        for row in rows
    ]


def everything():
    """All reports with what hangs on them."""
    return [
        list(Report.objects.order_by("pk").values()),
        list(Figure.objects.order_by("pk").values()),
        list(Report.accused.through._default_manager.order_by("pk").values()),
    ]


def test_keeps_nothing_when_it_is_only_checked(check):
    run = check()

    assert (run.state, counts(run)) == (ImportState.CHECKED, {"new": 3, "rows": 3})
    assert not Report.objects.exists()


def test_makes_each_row_a_report_that_keeps_the_row(take_in, source, nour):
    run = take_in()

    assert (run.state, counts(run)) == (ImportState.COMMITTED, {"new": 3, "rows": 3})
    first, second, third = Report.objects.order_by("external_id")
    assert (first.source, first.date_start, first.text) == (
        source,
        dt.date(2017, 1, 15),
        "Shells fell on a wedding.",
    )
    assert (first.place_as_written, first.entered_by, first.import_line) == ("Deir Qanun", nour, 2)
    assert first.raw == dict(zip(HEADER, ROWS[0], strict=True))
    # Empty is unknown and no figure; 0 is none.
    assert [
        list(each.figures.values_list("best", flat=True)) for each in (first, second, third)
    ] == [
        [7],
        [],
        [0],
    ]


def test_enters_each_report_in_the_ledger_for_who_brought_it(take_in, nour):
    take_in()

    told = Revision.objects.filter(kind="report").values_list("by__username", "why")
    assert {by for by, _why in told} == {"nour"}
    assert list(recording.faults()) == []


def test_finds_the_place_and_the_parties_that_a_row_names(take_in):
    place, party = make_place(name="Deir Qanun"), make_party(name="The accused")
    header = (*HEADER, "accused")

    take_in(table([(*ROWS[0], "the Accused"), (*ROWS[1], "Nobody known")], header))

    first, second = Report.objects.order_by("external_id")
    assert (first.place, [*first.accused.all()]) == (place, [party])
    assert (second.place, [*second.accused.all()]) == (None, [])
    assert second.accused_as_written == "Nobody known"


@pytest.mark.parametrize(("group", "knows"), [("data entry", False), ("reviewer", True)])
def test_knows_no_confidential_source_for_who_may_not_know_of_it(check, group, knows):
    make_source(name="Abu Ahmad", is_confidential=True)
    header = (*HEADER, "relayed_from")
    bringing = make_user(group, is_staff=True)

    run = check(table([(*ROWS[0], "Abu Ahmad")], header), by=bringing)

    assert ("relayed_from" not in run.findings) is knows


def test_tells_which_names_nothing_here_bears(check):
    make_place(name="Deir Qanun")

    run = check()

    assert run.findings["place"]["most"] == [["Basimah", 1], ["Ain al-Fijah", 1]]


def test_tells_which_rows_tell_what_another_tells(check, source):
    told = make_report(
        source=source,
        text=ROWS[0][3],
        date_start=dt.date(2017, 1, 15),
        place_as_written="Deir Qanun",
    )

    run = check(table([*ROWS, ("4", *ROWS[1][1:])]))

    assert run.repeats == {
        "rows": 2,
        "first": [
            {"line": 2, "of_line": None, "report": told.pk},
            {"line": 5, "of_line": 3, "report": None},
        ],
    }


def test_changes_nothing_when_the_same_file_comes_again(take_in):
    take_in()
    before, revisions = everything(), Revision.objects.count()

    again = take_in()

    assert counts(again) == {"unchanged": 3, "rows": 3}
    assert (everything(), Revision.objects.count()) == (before, revisions)


def test_supersedes_what_a_newer_edition_says_otherwise(take_in):
    take_in()

    run = take_in(table([*change(ROWS, "1", killed="9")[:2], ("4", *ROWS[2][1:])]))

    assert counts(run) == {"new": 1, "changed": 1, "unchanged": 1, "gone": 1, "rows": 3}
    old, new = Report.objects.filter(external_id="1").order_by("edition")
    assert new.supersedes == old
    assert [each.figures.get().best for each in (old, new)] == [7, 9]
    assert run.rows.get(outcome=RowOutcome.GONE).report.external_id == "3"
    assert counts(take_in(table(change(ROWS, "1", killed="9")))) == {
        "unchanged": 3,
        "gone": 1,
        "rows": 3,
    }


def test_counts_the_newer_edition_among_the_same_incident(take_in):
    take_in()
    old = Report.objects.get(external_id="1")
    incident = make_incident(reports=0)
    with recorded(by=None):
        matching.attach(old, incident)

    take_in(table(change(ROWS, "1", killed="9")))

    assert [each.edition for each in incident.reports.current()] == [2]


def test_knows_a_row_without_a_number_by_what_it_says(take_in):
    rows = [row[1:] for row in ROWS]

    take_in(table(rows, HEADER[1:]))
    again = take_in(table([*rows, rows[0]], HEADER[1:]))

    assert counts(again) == {"unchanged": 4, "rows": 4}
    assert Report.objects.count() == 3


def test_refuses_a_row_by_its_line_its_column_and_its_value(check):
    run = check(table(change(ROWS, "2", date="yesterday")))

    assert counts(run) == {"new": 2, "refused": 1, "rows": 3}
    (row,) = run.rows.all()
    assert row.line == 3
    (reason,) = importing.reasons(row)
    assert "date" in reason
    assert "yesterday" in reason


def test_takes_in_the_good_rows_and_hands_out_the_others_to_mend(take_in):
    run = take_in(table(change(ROWS, "2", date="yesterday")))

    assert (Report.objects.count(), counts(run)) == (2, {"new": 2, "refused": 1, "rows": 3})
    header, row = importing.refused_rows(run)
    assert header[:5] == list(HEADER)
    assert row[:5] == list(change(ROWS, "2", date="yesterday")[1])
    mended = [*row]
    mended[1] = "2017-01-16"

    run = take_in(table([mended], header))

    assert counts(run) == {"new": 1, "gone": 2, "rows": 1}
    assert Report.objects.count() == 3


def test_takes_in_nothing_where_all_or_none_is_asked_and_a_row_is_refused(check, nour):
    run = check(table(change(ROWS, "2", date="yesterday")))

    with pytest.raises(Conflict, match="1 rows are refused"):
        importing.ask_to_commit(run, by=nour, all_or_none=True)

    assert not Report.objects.exists()


def test_takes_back_what_it_took_in_where_a_row_is_refused_only_then(
    take_in, check, nour, monkeypatch
):
    run = check()
    # Since it was checked, someone has typed a report with the number of its last row.
    make_report(source=run.source, external_id="3")
    monkeypatch.setattr("tracker.desk.workflow.importing.committing.BATCH", 1)

    importing.ask_to_commit(run, by=nour, all_or_none=True)
    run = worked_off(run)

    assert (run.state, run.counts["refused"]) == (ImportState.CHECKED, 1)
    assert Report.objects.count() == 1


def test_takes_all_back_though_it_stopped_between_the_refusal_and_that(check, nour, monkeypatch):
    run = check()
    make_report(source=run.source, external_id="2")
    monkeypatch.setattr("tracker.desk.workflow.importing.committing.BATCH", 1)
    importing.ask_to_commit(run, by=nour, all_or_none=True)
    stops = iter([False, False, True])
    tasks.work_off("first", stopping=lambda: next(stops, False))
    assert Report.objects.filter(import_run=run).count() == 1

    run = worked_off(run)

    assert (run.state, Report.objects.filter(import_run=run).count()) == (ImportState.CHECKED, 0)


def test_refuses_two_rows_of_one_number_that_differ(check, take_in):
    rows = [*ROWS, ("1", "2017-01-15", "Deir Qanun", "Something else.", "8")]

    assert counts(check(table(rows))) == {"new": 3, "refused": 1, "rows": 4}
    run = take_in(table(rows))

    assert counts(run) == {"new": 3, "refused": 1, "rows": 4}
    assert "line 2" in importing.reasons(run.rows.get())[0]


def test_lets_what_a_person_typed_or_corrected_stand(take_in, source):
    make_report(source=source, external_id="1", text="As typed.")
    take_in()
    corrected = Report.objects.get(external_id="2")
    make_report(source=source, supersedes=corrected)

    run = take_in(table(change(ROWS, "2", killed="4")))

    assert counts(run) == {"unchanged": 1, "refused": 2, "rows": 3}
    assert Report.objects.get(external_id="1").text == "As typed."


@pytest.fixture
def before(take_in):
    make_report(text="Typed before.")
    take_in()
    return everything()


def test_undoes_a_whole_run(before, take_in, undo):
    run = take_in(table([*change(ROWS, "1", killed="9"), ("4", *ROWS[0][1:])]))

    run = undo(run)

    assert run.state == ImportState.UNDONE
    assert everything() == before
    assert list(recording.faults()) == []


def test_gives_an_incident_back_what_it_had_when_undone(before, take_in, undo):
    incident, old = make_incident(reports=0), Report.objects.get(external_id="1")
    with recorded(by=None):
        matching.attach(old, incident)
    run = take_in(table(change(ROWS, "1", killed="9")))

    undo(run)

    assert [*incident.reports.current()] == [old]


@pytest.mark.parametrize(
    "work",
    [
        lambda report, nour: matching.attach(report, make_incident(reports=0)),
        lambda report, nour: triage.reject(report, because="No violation.", by=nour),
        lambda report, nour: make_report(supersedes=report),
        lambda report, nour: Report.objects.filter(pk=report.pk).update(note="Read."),
    ],
    ids=["attached", "set aside", "corrected", "noted"],
)
def test_undoes_nothing_that_someone_has_worked_on_and_says_what(take_in, nour, work):
    run = take_in()
    report = Report.objects.get(external_id="2")
    with recorded(by=nour):
        work(report, nour)

    with pytest.raises(Conflict, match=f"report {report.pk}"):
        importing.ask_to_undo(run, by=nour)

    assert Report.objects.filter(import_run=run).count() == 3


def test_reads_the_next_file_of_a_source_as_a_person_had_the_last_one_read(receive, nour, check):
    header = ("Nr", "when", "Ort", "what", "dead")
    run = receive(table(header=header))
    mapping = Mapping(
        columns={
            "external_id": ("Nr",),
            "date_start": ("when",),
            "place": ("Ort",),
            "text": ("what",),
            "killed.all.best": ("dead",),
        }
    )
    importing.remap(run, mapping)
    importing.ask_to_check(run, by=nour)

    run = check(table(header=header))

    assert counts(run) == {"new": 3, "rows": 3}
    assert Mapping.from_json(run.mapping).columns == mapping.columns


def test_refuses_a_mapping_that_does_not_fit_before_any_row_is_read(receive):
    run = receive()

    with pytest.raises(InvalidInput, match="no column"):
        importing.remap(run, Mapping(columns={"date_start": ("When",), "text": ("text",)}))


def test_takes_no_mapping_that_would_show_others_a_confidential_source(receive, nour):
    make_source(name="Abu Ahmad", is_confidential=True)
    header = (*HEADER, "relayed_from")
    run = receive(table([(*ROWS[0], "a witness")], header))
    mapping = replace(
        Mapping.from_json(run.mapping), codes={"relayed_from": {"a witness": "Abu Ahmad"}}
    )

    with pytest.raises(InvalidInput, match="no confidential one"):
        importing.remap(run, mapping)


def test_keeps_the_mapping_of_what_was_taken_in(take_in):
    run = take_in()

    with pytest.raises(Conflict):
        importing.remap(run, Mapping.from_json(run.mapping))


def test_says_why_a_file_cannot_be_read_and_keeps_nothing_of_it(receive, store):
    with pytest.raises(InvalidInput, match="is empty"):
        receive(b"")

    assert not [path for path in store.rglob("*") if path.is_file()]


def test_fails_with_a_reason_where_the_file_is_gone(receive, nour, store):
    run = receive()
    importing.ask_to_check(run, by=nour)
    for path in store.rglob("*"):
        if path.is_file():
            path.unlink()
    run = worked_off(run)

    assert run.job
    assert run.job.state == JobState.FAILED
    assert "cannot be read" in run.job.error
    assert not ImportRow.objects.exists()
