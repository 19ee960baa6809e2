"""Tallies, coverage and parties."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.desk.importers.records.tables import faults, read
from tracker.desk.importers.records.drafts import PartyNameDraft


def one(kind, **cells):
    (draft,) = read(list(cells), list(cells.values()), kind=kind)
    return draft


TALLY = {
    "Monitor": "SNHR",
    "from": "2017-01-01",
    "to": "2017-01-07",
    "count": "12",
    "title": "Week 1",
}


def test_a_tally_with_the_answers_to_it_is_read():
    draft = one("tallies", **TALLY, confirmed="3", pending="", cannot_confirm="9", area="Hama")

    assert (draft.monitor, draft.document, draft.place_as_written) == ("SNHR", "Week 1", "Hama")
    assert (draft.date_start, draft.date_end) == (dt.date(2017, 1, 1), dt.date(2017, 1, 7))
    assert (draft.count, draft.confirmed, draft.cannot_confirm, draft.pending) == (12, 3, 9, None)


def test_a_tally_of_one_day_ends_on_it():
    draft = one("tallies", date="2017-01-01", count="0", title="Day 1")

    assert (draft.date_end, draft.count) == (dt.date(2017, 1, 1), 0)


@pytest.mark.parametrize("words", ["dozens", "10-12"])
def test_words_for_a_count_stay_words(words):
    draft = one("tallies", **(TALLY | {"count": words}))

    assert (draft.count, draft.as_written) == (None, words)


def test_a_tally_without_its_document_is_refused():
    assert faults(one("tallies", **(TALLY | {"title": ""}))) == ["title is empty."]


def test_coverage_is_read():
    draft = one(
        "coverage",
        monitor="SMM",
        area="Wadi Barada",
        since="",
        date="2017-01-08",
        access="no access",
        means="Patrol",
        blocked_by="Army",
        reason="shelling",
        title="Report 3",
    )

    assert (draft.monitor, draft.place_as_written) == ("SMM", "Wadi Barada")
    assert (draft.access, draft.means) == ("denied", "patrol")
    assert (draft.obstructed_by, draft.as_written) == ("Army", "shelling")
    assert (draft.date_start, draft.date_end) == (dt.date(2017, 1, 8), None)


def test_whoever_had_full_access_was_obstructed_by_nobody():
    refused = one("coverage", date="2017-01-08", access="full", blocked_by="Army", title="Report 3")

    assert "obstructed by nobody" in str(*faults(refused))


def test_a_party_with_its_names_is_read():
    draft = one(
        "parties",
        name="Hayat Tahrir al-Sham",
        name_ar="هيئة تحرير الشام",
        type="designated",
        aliases="HTS; تحرير الشام",
        since="2017-01-28",
    )

    assert (draft.kind, draft.name_ar) == ("designated_group", "هيئة تحرير الشام")
    assert draft.names == [
        PartyNameDraft("Hayat Tahrir al-Sham", "en", valid_from=dt.date(2017, 1, 28)),
        PartyNameDraft("HTS", "en"),
        PartyNameDraft("تحرير الشام", "ar"),
    ]


def test_a_party_of_no_known_kind_is_refused():
    assert "none of our codes" in str(*faults(one("parties", name="A", type="club")))


def test_a_slug_is_no_sentence():
    assert "small letters" in str(*faults(one("parties", name="A", type="militia", slug="A b")))
