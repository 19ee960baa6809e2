from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.importers.records.tables import Row, faults, read, report
from tracker.desk.importers.faults import BadRow
from tracker.desk.importers.records.drafting import Drafter, content
from tracker.desk.importers.records.drafts import FigureDraft
from tracker.desk.importers.records.fields import FIELDS
from tracker.desk.importers.records.mapping import Mapping
from tracker.geo.bbox import BBox

SYRIA = BBox(35.5, 32.2, 42.5, 37.4)


@pytest.mark.parametrize(
    "written",
    [
        "2017-01-05",
        "2017/1/5",
        "2017-01-05T14:30:00Z",
        "2017-01-05T23:30:00.000+02:00",
        "2017-01-05 2:30 PM",
        "20170105",
        "42740",
        "5 January 2017",
        "5th of January 2017",
        "Thursday, 5 January 2017",
        "January 5, 2017",
        "Jan 5th, 2017",
        "05-Jan-17",
        "2017 Jan 05",
        "٥ كانون الثاني ٢٠١٧",
        "٥ يناير ٢٠١٧",
        "٢٠١٧-٠١-٠٥",
    ],
)
def test_a_day_is_read_in_many_forms(written):
    draft = report(date=written)

    assert (draft.date_start, draft.date_end, draft.date_precision) == (
        dt.date(2017, 1, 5),
        None,
        1,
    )


@pytest.mark.parametrize(
    "written",
    ["yesterday", "2017-02-30", "31/31/2017", "0017-01-05", "2017-01-05-06", "1484600000", "12"],
)
def test_what_is_no_day_is_refused(written):
    (refusal,) = faults(report(date=written))

    assert refusal == f'date is "{written}": a day between 1900 and 2100 is expected.'


def test_a_month_or_a_year_is_no_day_but_all_of_them():
    month, year = report(date="01/2017"), report(date="2017")

    assert (month.date_start, month.date_end) == (dt.date(2017, 1, 1), dt.date(2017, 1, 31))
    assert (year.date_start, year.date_end) == (dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    assert (month.date_precision, year.date_precision) == (4, 5)


def test_a_day_that_may_be_two_waits_for_a_choice():
    (refusal,) = faults(report(date="01/02/2017"))
    first = report(date="01/02/2017", changes={"constants": {"date_order": "dmy"}})
    second = report(date="01/02/2017", changes={"constants": {"date_order": "mdy"}})

    assert "may be two days" in refusal
    assert first.date_start == dt.date(2017, 2, 1)
    assert second.date_start == dt.date(2017, 1, 2)


def test_one_day_beyond_the_twelfth_tells_the_order_of_all():
    table = [["date", "text"], ["01/02/2017", "a"], ["01/15/2017", "b"]]

    one, other = read(*table)

    assert (one.date_start, other.date_start) == (dt.date(2017, 1, 2), dt.date(2017, 1, 15))


def test_a_day_against_the_order_chosen_is_refused():
    draft = report(date="01/15/2017", changes={"constants": {"date_order": "dmy"}})

    assert "a day between" in str(*faults(draft))


def test_a_day_in_three_columns_is_put_together():
    (draft,) = read(
        ["year", "month", "d", "text"],
        ["2017", "1", "15", "Shells fell."],
        columns={"date_start": ("year", "month", "d")},
    )

    assert draft.date_start == dt.date(2017, 1, 15)


def test_a_last_day_before_the_first_is_refused():
    refused = report(date="2017-01-15", until="2017-01-14")

    assert faults(refused) == ["until is 2017-01-14, which is before the first day, 2017-01-15."]


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("7", FigureDraft("killed", "all", best=7)),
        ("7.0", FigureDraft("killed", "all", best=7)),
        ("0", FigureDraft("killed", "all", best=0)),
        ("٧", FigureDraft("killed", "all", best=7)),
        ("1,200", FigureDraft("killed", "all", best=1200)),
        ("7-9", FigureDraft("killed", "all", low=7, high=9, as_written="7-9")),
        ("dozens", FigureDraft("killed", "all", as_written="dozens")),
        ("عشرات", FigureDraft("killed", "all", as_written="عشرات")),
        ("at least 20", FigureDraft("killed", "all", as_written="at least 20")),
        ("2147483647", FigureDraft("killed", "all", best=2_147_483_647)),
    ],
)
def test_a_number_is_kept_as_it_is_said(cell, figure):
    assert report(killed=cell).figures == [figure]


@pytest.mark.parametrize("cell", ["", "n/a", "?", "unknown", "غير معروف", " - "])
def test_an_unknown_number_is_no_figure(cell):
    assert report(killed=cell).figures == []


@pytest.mark.parametrize("cell", ["-1", "2.5", "2147483648", "9" * 5000, "1e3", "1.200"])
def test_what_is_no_count_is_refused(cell):
    assert "a whole number from 0 to 2147483647" in str(*faults(report(killed=cell)))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("33.69", "36.1"), ("33,69", "36,1"), ("٣٣٫٦٩", "٣٦٫١"), ("33°41'24\"N", "36°6'E")],
)
def test_a_position_is_read_in_two_columns(latitude, longitude):
    draft = report(latitude=latitude, longitude=longitude)

    assert (draft.latitude, draft.longitude) == (33.69, 36.1)
    assert draft.near == (33.69, 36.1)


@pytest.mark.parametrize("written", ["33.69, 36.1", "POINT (36.1 33.69)", "33.69 N 36.1 E"])
def test_a_position_is_read_in_one_column(written):
    draft = report(coordinates=written)

    assert (draft.latitude, draft.longitude) == (33.69, 36.1)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"latitude": "0", "longitude": "0.0"}, "lies in the sea"),
        ({"latitude": "33.69", "longitude": ""}, "give both or neither"),
        ({"latitude": "133.6", "longitude": "36.1"}, "did you give the longitude first"),
        ({"latitude": "91", "longitude": "181"}, "latitudes run from -90 to 90"),
        ({"latitude": "33.69", "longitude": "east"}, 'longitude is "east": degrees'),
        ({"latitude": "nan", "longitude": "36.1"}, "give both or neither"),
        ({"latitude": "38.9", "longitude": "35.2"}, "are the two columns exchanged?"),
        ({"coordinates": "the square"}, "no position"),
    ],
)
def test_a_position_that_cannot_be_meant_is_refused(cells, told):
    assert told in str(*faults(report(**cells, area=SYRIA)))


def test_a_centroid_is_no_pin_whoever_gives_it():
    draft = report(latitude="33.69", longitude="36.1", geo_precision="district")

    assert (draft.latitude, draft.longitude, draft.near) == (None, None, (33.69, 36.1))
    assert draft.geo_precision == 3


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"url": "javascript:alert(1)"}, "begins with http"),
        ({"url": "https:///nowhere"}, "begins with http"),
        ({"url": "https://example.org/" + "a" * 1000}, "at most 1000"),
        ({"id": "9" * 129}, "has 129 characters: at most 128"),
        ({"place": "a" * 201}, "at most 200"),
        ({"killed": "many " * 30}, "at most 100"),
        ({"language": "Arabic, mostly"}, "at most 12"),
        ({"language": "?!"}, "a code of a language"),
        ({"note": "a\0b"}, "NUL"),
        ({"other": "a\0b"}, "NUL"),
        ({"other": "\ud83d"}, "half a character"),
        ({"text": " \u200f \n"}, "text is empty"),
        ({"date": " "}, "date is empty"),
    ],
)
def test_what_the_database_would_not_keep_is_refused(cells, told):
    (refusal,) = faults(report(**cells))

    assert told in refusal


def test_all_that_is_wrong_is_told_at_once():
    refused = report(date="soon", killed="-3", url="ftp://a", latitude="95", longitude="36")

    assert [fault.column for fault in refused.faults] == ["date", "url", "killed", "latitude"]
    assert refused.cells[0] == "soon"


def test_a_fault_can_be_said_in_another_language():
    (fault,) = report(killed="-3").faults

    assert fault.why.sentence % fault.said == str(fault)


def test_text_is_in_one_form():
    draft = report(text=" Shells\r\n\r\n  fell \u2028on e\u0301t\u00e9 \u202e ")

    assert draft.text == "Shells\nfell\non été"


def test_names_are_replaced_as_a_person_chose():
    changes = {
        "codes": {
            "accused": {"The army and Hezbollah": "army; hezbollah", "nobody": "", "rebels": "fsa"},
            "relayed_from": {"not named": ""},
        }
    }

    both = report(accused="The army and  Hezbollah", changes=changes)
    parted = report(accused="rebels; others", source="not named", changes=changes)
    none = report(accused="nobody", changes=changes)

    assert (both.accused, both.accused_as_written) == (
        ("army", "hezbollah"),
        "The army and Hezbollah",
    )
    assert (parted.accused, parted.relayed_from) == (("fsa", "others"), "")
    assert (none.accused, none.accused_as_written) == ((), "nobody")


def test_a_value_that_was_not_seen_before_is_read_by_the_crosswalk():
    draft = report(
        type="air strike; قصف", changes={"codes": {"acts": {"air strike": "ground_attack"}}}
    )

    assert draft.acts == ("ground_attack", "fire_indirect")


def test_a_constant_counts_where_the_column_is_empty():
    changes = {"constants": {"language": "ar", "stance": "denies_occurrence"}}

    assert report(language="", changes=changes).language == "ar"
    assert report(language="en", changes=changes).language == "en"
    assert report(changes=changes).stance == "denies_occurrence"


def test_a_short_row_lacks_its_last_cells():
    (draft,) = read(["date", "text", "place"], ["2017-01-15", "Shells fell."])

    assert draft.place_as_written == ""


def test_a_cell_behind_the_last_column_is_refused():
    (refused, taken) = read(["date", "text"], ["2017-01-15", "a", "b"], ["2017-01-15", "a", ""])

    assert faults(refused) == ['"b" stands behind the last column.']
    assert taken.text == "a"


@pytest.mark.parametrize("written", ["ar", "Arabic", "العربية"])
def test_a_language_is_known_by_its_name(written):
    assert report(language=written).language == "ar"


def test_content_is_what_a_row_states_and_not_where_it_stands():
    one = report(place="Madaya", accused="b; a", killed="0")
    other = replace(one, line=99, raw={})

    assert content(one) == content(other)
    assert content(one) != content(replace(one, text="Another."))
    assert content(one) != content(replace(one, figures=[FigureDraft("killed", "all")]))


def test_content_is_the_same_in_another_process():
    code = """
from tests.desk.importers.records.tables import report
from tracker.desk.importers.records.drafting import content
print(ascii(content(report(type="shelling; siege", accused="b; a", killed="dozens", latitude="1.1", longitude="2"))))
"""
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()

    draft = report(
        type="shelling; siege", accused="b; a", killed="dozens", latitude="1.1", longitude="2"
    )
    assert said == ascii(content(draft))


# What a cell may hold that comes near to something, and anything else.
CELLS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789٠١٢-/.:,;T eE+°NSEW", max_size=14),
    st.sampled_from(["\ud800", "2017-01-15", "1/2/17", "9" * 400, "shelling", "http://[", "0,0"]),
)


@pytest.mark.parametrize("kind", FIELDS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_the_cells_hold_a_row_is_read_or_refused(kind, data):
    named = [field.name for field in FIELDS[kind]]
    good = {"date_start": "2017-01-15", "text": "a", "document": "b", "access": "denied"}
    good |= {"name": "c", "kind": "militia"}
    odd = data.draw(st.dictionaries(st.sampled_from(named), CELLS, max_size=3))
    cells = [odd.get(name, good.get(name, "")) for name in named]
    drafter = Drafter(Mapping(kind, "own", columns={name: (name,) for name in named}), named, SYRIA)

    draft = drafter.draft(Row(7, cells))

    assert draft.line == 7
    if isinstance(draft, BadRow):
        assert draft.faults
        assert all(str(fault) for fault in draft.faults)
    else:
        assert content(draft)
