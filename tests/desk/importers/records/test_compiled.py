"""Tables that people compiled, as they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from tests.desk.importers.records.tables import drafts_of
from tracker.desk.importers.records.drafts import FigureDraft, ReportDraft, TallyDraft


def test_every_report_of_wadi_barada_is_read(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "wadi_barada_reports_2016_2017.csv")

    assert len(drafts) == 39
    assert {type(draft) for _, draft in drafts} == {ReportDraft}
    for row, draft in drafts:
        assert draft.date_start.isoformat() == row["date"]
        assert draft.place_as_written == row["place_name"]
        assert draft.accused_as_written == row["attributed_actor"]
        assert draft.url == row["url"]
    acts = Counter(act for _, draft in drafts for act in draft.acts)
    assert acts == {
        "fire_indirect": 13,
        "air_attack": 13,
        "fire_direct": 8,
        "ground_attack": 4,
        "explosive": 1,
    }


def test_one_event_is_told_with_three_tolls(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "wadi_barada_reports_2016_2017.csv")

    tolls = [draft for row, draft in drafts if row["incident_group"] == "WB-14"]

    assert len(tolls) == 7
    assert {draft.date_start for draft in tolls} == {dt.date(2017, 1, 15)}
    killed = [figure for draft in tolls for figure in draft.figures if figure.harm == "killed"]
    assert {figure.low for figure in killed} == {7, 9, 12}
    # A number is given as the least: it is not made one that is held.
    assert all(figure.best is None for figure in killed)


def test_an_empty_number_is_no_figure(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "wadi_barada_reports_2016_2017.csv")

    for row, draft in drafts:
        numbers = [row["killed_min"], row["killed_max"], row["wounded_min"]]
        assert bool(draft.figures) == any(numbers)
        assert FigureDraft("killed", "all") not in draft.figures


def test_dates_that_were_inferred_say_so(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "wadi_barada_reports_2016_2017.csv")

    inferred = [draft for row, draft in drafts if "inferred" in row["note"]]

    assert len(inferred) == 16
    assert all("inferred" in draft.note for draft in inferred)


def test_every_count_is_read(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "syria_reported_counts_2016_2021.csv", "tallies")

    assert len(drafts) == 157
    assert {type(draft) for _, draft in drafts} == {TallyDraft}
    for row, draft in drafts:
        assert draft.monitor == row["reporter"]
        assert (draft.count, draft.accused) == (int(row["count"]), row["attributed_actor"])
        days = (draft.date_start.isoformat(), draft.date_end.isoformat())
        assert days == (row["period_start"], row["period_end"])
        assert (draft.document, draft.as_written) == (row["outlet"], row["cross_confirmation"])
        assert draft.confirmed is None


def test_a_split_that_does_not_reach_its_total_is_left_as_it_is(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "syria_reported_counts_2016_2021.csv", "tallies")

    turkish = [
        (row["place_level"], draft.count)
        for row, draft in drafts
        if draft.monitor.startswith("Turkish") and draft.date_end == dt.date(2017, 1, 22)
    ]

    assert sum(count for level, count in turkish if level == "country") == 12
    assert sum(count for level, count in turkish if level == "adm1") == 6


def test_counts_that_contradict_each_other_stand_side_by_side(shared_data):
    drafts = drafts_of(shared_data / "compiled" / "syria_reported_counts_2016_2021.csv", "tallies")

    day = [
        (draft.monitor.split()[0], draft.count)
        for row, draft in drafts
        if row["period_end"] == "2017-03-25" and row["place_level"] == "country"
    ]

    assert sorted(day) == [("Russian", 13), ("Turkish", 19)]
