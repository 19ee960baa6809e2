"""What everyone may download, the desk's importer reads again as what the public knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.desk.importers.tables.samples import opened, rows
from tests.public.api.exports.reading import download, listed
from tracker.desk.importers.faults import BadRow, Why
from tracker.desk.importers.records.drafting import Drafter, content
from tracker.desk.importers.records.drafts import FigureDraft, ReportDraft, TallyDraft
from tracker.desk.importers.records.recognising import recognise
from tracker.desk.models import Report

pytestmark = pytest.mark.django_db


def taken_in(client, folder: Path, name: str, kind: str = "reports", **asked: str):
    """The format that is recognised, and each row's id with what is made of the row."""
    file = opened(folder, download(client, name, **asked))
    records = [*file.records()]
    found = recognise(records[:50], kind)
    drafter = Drafter(found.mapping, found.columns)
    first = records[0].cells.index("id") if "id" in records[0].cells else 0
    told = {row.cells[first]: drafter.draft(row) for row in records[found.header_rows :]}
    return found.format, told


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def figures(report: Report) -> list[FigureDraft]:
    return [
        FigureDraft(each.harm, each.group, each.low, each.best, each.high, each.as_written)
        for each in report.figures.all()
    ]


def test_reads_reports_again_as_our_own(client, country, tmp_path):
    form, drafts = taken_in(client, tmp_path, "reports.csv")

    assert form == "own"
    read, masked = 0, 0
    for document in listed(client, "reports"):
        draft = drafts[document["id"]]
        if document["text"] is None:
            # Without its words there is nothing to take in.
            assert isinstance(draft, BadRow)
            assert [fault.why for fault in draft.faults] == [Why.MISSING]
            masked += 1
            continue
        report = Report.objects.get(public_id=document["id"])
        assert content(draft) == content(_expected(report))
        read += 1
    assert min(read, masked) > 5


def _expected(report: Report) -> ReportDraft:
    return ReportDraft(
        line=0,
        raw={},
        date_start=report.date_start,
        date_end=report.date_end,
        date_precision=report.date_precision,
        text=report.text,
        external_id=report.external_id,
        published_on=report.published_on,
        language=report.language,
        translation=report.translation,
        url=report.url,
        place_as_written=report.place_as_written or (report.place.name if report.place else ""),
        acts=tuple(dict.fromkeys(report.acts)),
        means=tuple(report.means),
        accused=tuple(sorted(party.name for party in report.accused.all())),
        accused_as_written=report.accused_as_written,
        relayed_from=report.relayed_from.name if report.relayed_from else "",
        stance=report.stance,
        justification=report.justification,
        figures=figures(report),
    )


def test_reads_counts_again(client, country, tmp_path):
    _form, drafts = taken_in(client, tmp_path, "tallies.csv", "tallies")

    for document in listed(client, "tallies"):
        draft = drafts[document["id"]]
        assert isinstance(draft, TallyDraft)
        for member in ("count", "confirmed", "pending"):
            assert getattr(draft, member) == document[member], member
        assert draft.as_written == (document["as_written"] or "")
        assert draft.monitor == document["monitor"]["name"]
        assert draft.accused == document["accused"]["name"]


def test_reads_incidents_in_ucdps_columns_again(client, country, tmp_path):
    form, drafts = taken_in(client, tmp_path, "incidents.csv", profile="ucdp")

    assert form == "ucdp"
    for document in listed(client, "incidents"):
        draft = drafts[document["id"]]
        assert isinstance(draft, ReportDraft), draft
        assert draft.external_id == document["id"]
        assert draft.date_start == day(document["date_start"])
        assert (draft.date_end or draft.date_start) == day(document["date_end"])
        assert draft.date_precision == document["date_precision"]
        assert draft.geo_precision == document["geo_precision"]
        assert draft.place_as_written == (document["place"] or {"name": ""})["name"]
        position = document["position"]
        assert draft.near == (position and (position["latitude"], position["longitude"]))
        assert draft.text.endswith(document["title"])
        assert {each.group: each for each in draft.figures} == _led(document)


def _led(document: dict[str, Any]) -> dict[str, FigureDraft]:
    """The numbers of people killed that the desk leads with, as far as UCDP has columns for them."""
    figures = [each["figure"] for each in document["assessments"] if each["figure"]]
    return {
        each["group"]: (
            FigureDraft("killed", "all", each["low"], each["best"], each["high"])
            if each["group"] == "all"
            else FigureDraft("killed", each["group"], best=each["best"])
        )
        for each in figures
    }


def test_accuses_in_ucdps_columns_none_but_whom_the_desk_holds_to_have_done_it(
    client, country, tmp_path
):
    _form, drafts = taken_in(client, tmp_path, "incidents.csv", profile="ucdp")

    accused = 0
    for document in listed(client, "incidents"):
        held = {
            each["party"]["name"]
            for each in document["assessments"]
            if each["value"] == "assessed_probable"
        }
        assert set(drafts[document["id"]].accused) <= held
        accused += bool(drafts[document["id"]].accused)
    assert accused


def test_reads_incidents_with_hashtags_again(client, country, tmp_path):
    form, drafts = taken_in(client, tmp_path, "incidents.csv", profile="hxl")

    assert form == "hxl"
    for document in listed(client, "incidents"):
        draft = drafts[document["id"]]
        assert isinstance(draft, ReportDraft), draft
        assert draft.external_id == document["id"]
        assert draft.text == document["title"]
        assert draft.acts == tuple(dict.fromkeys(document["acts"]))
        assert draft.means == tuple(document["means"])
        assert draft.date_start == day(document["date_start"])


def test_reads_every_text_again_that_a_spreadsheet_would_run(client, country, tmp_path):
    told = rows(opened(tmp_path, download(client, "reports.csv")))
    header, *table = told

    texts = {row[header.index("id")]: row[header.index("text")] for row in table}

    for document in listed(client, "reports"):
        assert texts[document["id"]] == (document["text"] or "")
