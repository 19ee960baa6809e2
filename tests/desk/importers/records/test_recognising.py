from __future__ import annotations

import datetime as dt

import pytest

from tests.desk.importers.records.tables import read, rows
from tracker.desk.importers.records.drafts import FigureDraft
from tracker.desk.importers.records.recognising import columns_of, recognise

ACLED = {
    "event_id_cnty": "XXX1",
    "event_date": "16 May 2025",
    "year": "2025",
    "time_precision": "2",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Army of Nowhere",
    "assoc_actor_1": "",
    "inter1": "State forces",
    "actor2": "Civilians (Nowhere)",
    "assoc_actor_2": "",
    "inter2": "Civilians",
    "interaction": "State forces-Civilians",
    "civilian_targeting": "Civilians targeted",
    "iso": "999",
    "region": "Nowhere",
    "country": "Nowhere",
    "admin1": "North",
    "admin2": "Hills",
    "admin3": "",
    "location": "Smalltown",
    "latitude": "33.5",
    "longitude": "36.3",
    "geo_precision": "3",
    "source": "One Paper; Another Paper",
    "source_scale": "National",
    "notes": "On 16 May, shells fell on Smalltown.",
    "fatalities": "0",
    "tags": "",
    "timestamp": "1747400000",
}


def test_acled_is_read_as_acled_means_it():
    found = recognise(rows(list(ACLED), list(ACLED.values())))
    (draft,) = read(list(ACLED), list(ACLED.values()))

    assert (found.format, found.label.sentence, found.unmapped) == ("acled", "ACLED events", {})
    assert (draft.external_id, draft.date_start) == ("XXX1", dt.date(2025, 5, 16))
    assert draft.acts == ("fire_indirect",)
    assert draft.wider == ("Hills", "North")
    # What ACLED knows to part of a week or to a region, we know no better.
    assert (draft.date_precision, draft.geo_precision) == (3, 4)
    assert draft.latitude is None
    assert draft.near == (33.5, 36.3)


def test_no_actor_of_acled_is_accused_by_its_place():
    (draft,) = read(list(ACLED), list(ACLED.values()))

    assert draft.accused == ()
    assert draft.accused_as_written == ""


def test_acleds_zero_stays_zero_with_its_convention_beside_it():
    (draft,) = read(list(ACLED), list(ACLED.values()))

    assert draft.figures == [FigureDraft("killed", "all", best=0)]
    assert "ACLED writes 0" in draft.note
    assert "Sources named: One Paper; Another Paper." in draft.note


def test_older_files_of_acled_are_recognised():
    older = {name: value for name, value in ACLED.items() if name != "disorder_type"}
    older = {"data_id": "77", "iso3": "XXX"} | older | {"inter1": "1", "event_date": "2025-05-16"}
    del older["event_id_cnty"]

    (draft,) = read(list(older), list(older.values()))

    assert recognise(rows(list(older))).format == "acled"
    assert draft.external_id == "77"


def test_a_kind_of_acleds_that_is_no_act_of_ours_is_left_out():
    row = ACLED | {"sub_event_type": "Peaceful protest"}

    (draft,) = read(list(row), list(row.values()))

    assert draft.acts == ()


HXL = [
    [
        "Date",
        "Where",
        "District",
        "Province",
        "Lat",
        "Lon",
        "Dead (min)",
        "Dead",
        "Women hurt",
        "What",
    ],
    [
        "#date+occurred",
        "#loc +name",
        "#adm2+name",
        "#adm1+name",
        "#geo+lat",
        "#geo+lon",
        "#affected+killed+min",
        "#affected+killed",
        "#affected+f+injured",
        "#event+description",
    ],
    [
        "2017-01-15",
        "Madaya",
        "Zabadani",
        "Rif Dimashq",
        "33.69",
        "36.1",
        "2",
        "3",
        "4",
        "Shells fell",
    ],
]


def test_tags_of_hxl_say_what_columns_mean():
    found = recognise(rows(*HXL))
    (draft,) = read(*HXL)

    assert (found.format, found.header_rows, found.columns[1]) == ("hxl", 2, "Where")
    assert (draft.line, draft.text, draft.place_as_written) == (3, "Shells fell", "Madaya")
    assert draft.wider == ("Zabadani", "Rif Dimashq")
    assert draft.figures == [
        FigureDraft("killed", "all", low=2, best=3),
        FigureDraft("injured", "women", best=4),
    ]


def test_tags_of_hxl_need_no_header_above_them():
    found = recognise(rows(*HXL[1:]))

    assert (found.format, found.header_rows) == ("hxl", 1)
    assert found.columns[1] == "#loc +name"


USHAHIDI = [
    "#",
    "INCIDENT TITLE",
    "INCIDENT DATE",
    "LOCATION",
    "DESCRIPTION",
    "CATEGORY",
    "LATITUDE",
    "LONGITUDE",
    "APPROVED",
    "VERIFIED",
]


def test_an_export_of_ushahidi_is_recognised():
    (draft,) = read(
        USHAHIDI,
        [
            "12",
            "Shells on Madaya",
            "2017-01-15 14:30:00",
            "Madaya",
            "Five shells fell.",
            "Shelling, Arrests, ",
            "33.69",
            "36.1",
            "YES",
            "NO",
        ],
    )

    assert draft.external_id == "12"
    assert draft.text == "Shells on Madaya\nFive shells fell."
    assert draft.acts == ("fire_indirect", "detain")


KOBO = {
    "start": "2017-01-16T08:00:00.000+02:00",
    "end": "2017-01-16T08:05:00.000+02:00",
    "incident/date": "2017-01-15",
    "incident/place": "Madaya",
    "incident/description": "Five shells fell.",
    "incident/acts": "shelling arrests",
    "incident/killed": "2",
    "_location_latitude": "33.69",
    "_location_longitude": "36.1",
    "_id": "4711",
    "_uuid": "0a1b",
    "_submission_time": "2017-01-16T08:10:00",
}


def test_an_export_of_kobo_is_recognised():
    found = recognise(rows(list(KOBO), list(KOBO.values())))
    (draft,) = read(list(KOBO), list(KOBO.values()))

    assert found.format == "kobo"
    assert (draft.external_id, draft.published_on) == ("0a1b", dt.date(2017, 1, 16))
    assert (draft.date_start, draft.date_end) == (dt.date(2017, 1, 15), None)
    assert (draft.latitude, draft.longitude) == (33.69, 36.1)
    assert draft.acts == ("fire_indirect", "detain")
    assert draft.figures == [FigureDraft("killed", "all", best=2)]


def test_answers_of_kobo_in_columns_of_their_own_are_gathered():
    row = {name: value for name, value in KOBO.items() if name != "incident/acts"}
    row |= {
        "incident/acts/shelling": "1",
        "incident/acts/arrests": "0",
        "incident/acts/siege": "TRUE",
    }

    (draft,) = read(list(row), list(row.values()))

    assert draft.acts == ("fire_indirect", "siege")


@pytest.mark.parametrize("written", ["[33.69, 36.1]", "33.69 36.1 0 0", "33.69 36.1 612.5 4.2"])
def test_a_position_of_kobo_in_one_column_is_read(written):
    row = {name: value for name, value in KOBO.items() if "itude" not in name}
    row["_geolocation"] = written

    (draft,) = read(list(row), list(row.values()))

    assert (draft.latitude, draft.longitude) == (33.69, 36.1)


def test_an_arabic_table_is_read():
    (draft,) = read(
        [
            "الرقم",
            "التاريخ",
            "البلدة",
            "المحافظة",
            "خط العرض",
            "خط الطول",
            "نوع الخرق",
            "الجهة المتهمة",
            "عدد القتلى",
            "القتلى المدنيين",
            "المصدر",
            "الوصف",
            "الرابط",
        ],
        [
            "٧",
            "١٥ كانون الثاني ٢٠١٧",
            "مضايا",
            "ريف دمشق",
            "٣٣٫٦٩",
            "٣٦٫١",
            "قصف مدفعي",
            "قوات النظام؛ حزب الله",
            "٤",
            "غير معروف",
            "شبكة",
            "سقوط قذائف",
            "https://example.org/7",
        ],
    )

    assert (draft.external_id, draft.date_start) == ("٧", dt.date(2017, 1, 15))
    assert (draft.place_as_written, draft.wider) == ("مضايا", ("ريف دمشق",))
    assert (draft.latitude, draft.longitude) == (33.69, 36.1)
    assert draft.acts == ("fire_indirect",)
    assert draft.accused == ("قوات النظام", "حزب الله")
    assert draft.figures == [FigureDraft("killed", "all", best=4)]
    assert (draft.relayed_from, draft.text) == ("شبكة", "سقوط قذائف")


def test_a_value_without_a_proposal_is_left_to_a_person():
    table = [["date", "text", "type"], ["2017-01-15", "Shells fell.", "mischief"]]

    found = recognise(rows(*table))
    (refused,) = read(*table)
    (draft,) = read(*table, codes={"acts": {"mischief": "fire_direct"}})

    assert found.unmapped == {"acts": ("mischief",)}
    assert (
        str(*refused.faults) == 'type is "mischief", for which none of our codes has been chosen.'
    )
    assert draft.acts == ("fire_direct",)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("killed", "killed.all.best"),
        ("Civilians killed", "killed.civilians.best"),
        ("Number of children wounded", "injured.children.best"),
        ("killed_min", "killed.all.low"),
        ("wounded (max)", "injured.all.high"),
        ("عدد الجرحى", "injured.all.best"),
        ("القتلى الأطفال", "killed.children.best"),
        ("Deaths", "killed.all.best"),
    ],
)
def test_a_column_that_counts_is_known_by_its_words(column, field):
    found = recognise(rows(["date", "text", column]))

    assert found.mapping.columns[field] == (column,)


def test_a_column_with_a_word_more_is_not_guessed_at():
    found = recognise(rows(["date", "text", "killed cattle", "deadline"]))

    assert found.mapping.columns.keys() == {"date_start", "text"}


def test_columns_are_named_once_each():
    table = rows([" Date ", "", "Date", "\ufeffText\n here"])

    assert columns_of(table, 1) == ("Date", "col_2", "Date (2)", "Text here")
    assert columns_of(rows(["a\0b", "\ud800", "c" * 300]), 1) == ("ab", "?", "c" * 199 + "…")
    assert columns_of(rows(["a", "b"]), 0) == ("col_1", "col_2")


def test_an_empty_table_is_a_table_of_nothing():
    found = recognise([])

    assert (found.format, found.columns, found.mapping.columns) == ("table", (), {})
