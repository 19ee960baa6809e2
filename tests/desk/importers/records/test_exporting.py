from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.importers.records.tables import read
from tracker.codebook import Act, Group, Harm, Justification, Means, Stance
from tracker.desk.importers.records.drafting import content
from tracker.desk.importers.records.drafts import (
    CoverageDraft,
    FigureDraft,
    PartyDraft,
    PartyNameDraft,
    ReportDraft,
    TallyDraft,
)
from tracker.desk.importers.records.exporting import as_row

WORDS = (
    st.text("abc é؟مضايا'-", min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.strip("- ?'؟"))
)
NAMES = st.lists(WORDS, max_size=3, unique=True).map(tuple)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.none() | st.integers(0, 2_147_483_647)


def codes(listed):
    return st.lists(st.sampled_from([each.value for each in listed]), unique=True).map(tuple)


@st.composite
def figures(draw):
    kinds = draw(st.sets(st.tuples(st.sampled_from(Harm), st.sampled_from(Group)), max_size=3))
    order = [(harm, group) for harm in Harm for group in Group if (harm, group) in kinds]
    return [
        FigureDraft(
            harm.value, group.value, draw(NUMBERS), draw(NUMBERS), draw(NUMBERS), draw(WORDS)
        )
        for harm, group in order
    ]


@st.composite
def reports(draw):
    start, days = (
        draw(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))),
        draw(st.integers(0, 365)),
    )
    draft = ReportDraft(
        line=2,
        raw={},
        date_start=start,
        text=draw(WORDS),
        date_end=start + dt.timedelta(days) if days else None,
        date_precision=draw(st.integers(1, 5)),
        external_id=draw(st.just("") | WORDS),
        published_on=draw(st.none() | DAYS),
        url=draw(st.sampled_from(["", "https://example.org/a?b=c;d"])),
        language=draw(st.sampled_from(["", "ar", "ar-Latn"])),
        place_as_written=draw(st.just("") | WORDS),
        wider=draw(NAMES),
        geo_precision=draw(st.none() | st.integers(1, 7)),
        acts=draw(codes(Act)),
        means=draw(codes(Means)),
        accused=draw(NAMES),
        accused_as_written=draw(WORDS),
        relayed_from=draw(st.just("") | WORDS),
        stance=draw(st.sampled_from([each.value for each in Stance])),
        justification=draw(st.sampled_from(["", *[each.value for each in Justification]])),
        note=draw(st.just("") | WORDS),
        figures=draw(figures()),
    )
    position = draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    if position and any(position):
        draft.near = position
        if draft.geo_precision is None or draft.geo_precision < 3:
            draft.latitude, draft.longitude = position
            draft.radius_m = 25_000 if draft.geo_precision == 2 else draw(st.none() | st.just(10))
    return draft


def again(draft, kind):
    row = as_row(draft)
    (found,) = read(list(row), list(row.values()), kind=kind)
    return found


@given(reports())
@settings(max_examples=120, deadline=None)
def test_a_report_of_our_own_export_reads_back_equal(draft):
    assert content(again(draft, "reports")) == content(draft)


def test_a_tally_of_our_own_export_reads_back_equal():
    day = dt.date(2017, 1, 1)
    draft = TallyDraft(
        2, {}, day, day, "Bulletin 3", "SNHR", place_as_written="Hama", count=0, confirmed=3
    )

    assert content(again(draft, "tallies")) == content(draft)


def test_a_coverage_period_of_our_own_export_reads_back_equal():
    draft = CoverageDraft(
        2, {}, dt.date(2017, 1, 1), "denied", "Report 3", monitor="SMM", obstructed_by="Army"
    )

    assert content(again(draft, "coverage")) == content(draft)


def test_a_party_of_our_own_export_reads_back_equal():
    draft = PartyDraft(
        2,
        {},
        "HTS",
        "designated_group",
        slug="hts",
        names=[
            PartyNameDraft("HTS", "en", valid_from=dt.date(2017, 1, 28)),
            PartyNameDraft("تحرير الشام", "ar"),
        ],
    )

    assert content(again(draft, "parties")) == content(draft)
