"""The Syrian rows of UCDP's dataset as published, with all their quirks."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter

import pytest

from tests.desk.importers.records.tables import drafts_of, faults, read, records_of, rows
from tracker.desk.importers.records.conventions import SUMMED_UP
from tracker.desk.importers.records.drafts import FigureDraft, ReportDraft
from tracker.desk.importers.records.header import UCDP_ORDERS
from tracker.desk.importers.records.recognising import recognise


@pytest.fixture
def syria(shared_data):
    return drafts_of(shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz")


@pytest.fixture
def by_id(syria):
    return {row["id"]: (row, draft) for row, draft in syria}


def day(text):
    return dt.date.fromisoformat(text)


def killed(draft, group="all"):
    return next(figure for figure in draft.figures if figure.group == group)


def test_every_row_is_a_report(syria, shared_data):
    path = shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        published = Counter(row["date_start"] for row in csv.DictReader(file))

    assert {type(draft) for _, draft in syria} == {ReportDraft}
    assert Counter(draft.date_start.isoformat() for _, draft in syria) == published
    assert len(syria) == 16_566
    assert len({draft.external_id for _, draft in syria}) == 16_566
    truce = (dt.date(2016, 12, 30), dt.date(2017, 2, 28))
    assert sum(truce[0] <= draft.date_start <= truce[1] for _, draft in syria) == 1_054


def test_every_row_of_wadi_barada_is_a_report(shared_data):
    drafts = drafts_of(shared_data / "ucdp" / "ucdp_ged_syria_wadi_barada.csv")

    assert len(drafts) == 101
    assert all(isinstance(draft, ReportDraft) for _, draft in drafts)


def test_a_row_says_what_it_says(by_id):
    _, draft = by_id["214797"]

    assert draft.date_start == dt.date(2016, 1, 1)
    assert draft.date_end is None
    assert draft.place_as_written == "Teir Maaleh village"
    assert draft.wider == ("Ar Rastan district", "Homs Governorate")
    assert (draft.latitude, draft.longitude) == (34.802462, 36.707602)
    assert draft.text.splitlines() == [
        "Government of Syria - Syrian insurgents",
        "14 shells hit Dahya al-Assad an clashes continue around Ter Ma’la",
    ]
    assert draft.acts == draft.means == ()
    assert draft.relayed_from == "SOHR"
    assert draft.figures == [
        FigureDraft("killed", "all", 4, 4, 4),
        FigureDraft("killed", "civilians", None, 0, None),
        FigureDraft("killed", "side_a", None, 2, None),
        FigureDraft("killed", "side_b", None, 2, None),
        FigureDraft("killed", "unknown", None, 0, None),
    ]


def test_keeps_the_row_as_received(syria):
    for row, draft in syria:
        assert draft.raw == {column: cell for column, cell in row.items() if cell}


def test_precisions_are_kept(syria):
    for row, draft in syria:
        assert draft.geo_precision == int(row["where_prec"])
        assert draft.date_precision == int(row["date_prec"])


def test_days_that_lasted_keep_their_end(syria):
    lasting = [(row, draft) for row, draft in syria if draft.date_end]

    assert len(lasting) == 1_086
    assert all(draft.date_end == day(row["date_end"]) for row, draft in lasting)
    assert max((draft.date_end - draft.date_start).days for _, draft in lasting) == 365


def test_a_centroid_is_no_pin(syria):
    centroids = [draft for row, draft in syria if int(row["where_prec"]) >= 3]

    assert len(centroids) == 1_770
    assert all(draft.latitude is draft.longitude is None for draft in centroids)
    assert all(draft.near and not draft.radius_m for draft in centroids)


def test_near_a_known_place_is_within_25_km(syria):
    near = [draft for row, draft in syria if row["where_prec"] == "2"]

    assert len(near) == 5_786
    assert {draft.radius_m for draft in near} == {25_000}
    assert all(draft.latitude is not None for draft in near)


def test_numbers_that_contradict_each_other_stay(syria):
    numbers = [killed(draft) for _, draft in syria]

    assert sum(each.low > each.best for each in numbers) == 30
    assert sum(each.best > each.high for each in numbers) == 71


def test_none_killed_is_zero_and_not_unknown(syria):
    assert sum(killed(draft).best == 0 for _, draft in syria) == 1_124


def test_a_row_that_sums_up_says_so(syria):
    summed_up = [draft for row, draft in syria if row["event_clarity"] == "2"]

    assert len(summed_up) == 622
    assert all(SUMMED_UP in draft.note for draft in summed_up)
    assert sum(SUMMED_UP in draft.note for _, draft in syria) == 622


def test_accuses_side_a_of_one_sided_violence_alone(syria):
    accused = Counter(row["type_of_violence"] for row, draft in syria if draft.accused)

    assert accused == {"3": 482}
    assert all(
        draft.accused == (draft.accused_as_written,) == (row["side_a"],)
        for row, draft in syria
        if row["type_of_violence"] == "3"
    )


def test_a_missing_governorate_leaves_the_district(syria):
    without = [draft for row, draft in syria if not row["adm_1"]]

    assert len(without) == 339
    assert all("" not in draft.wider and len(draft.wider) <= 1 for draft in without)


def test_line_breaks_within_cells_stay_in_the_row_and_not_in_names(by_id):
    row, draft = by_id["217846"]

    assert row["source_original"] == draft.raw["source_original"] == "Waha Report\n"
    row, draft = by_id["244976"]
    assert "\n" in row["source_headline"]
    assert "\r" not in draft.text
    assert all(line == line.strip() != "" for line in draft.text.split("\n"))


def test_stray_spaces_are_cut(syria):
    strayed = [
        (row, draft)
        for row, draft in syria
        if row["where_coordinates"] != " ".join(row["where_coordinates"].split())
    ]

    assert len(strayed) == 209
    for row, draft in strayed:
        assert draft.place_as_written == " ".join(row["where_coordinates"].split())


def test_words_for_kinds_stay_with_names_of_places(syria):
    places = {draft.place_as_written for _, draft in syria}

    assert {"Bassemeh town", "Ayn al-Fijah village"} <= places


def test_of_several_sources_none_is_the_claimant(by_id):
    _, several = by_id["224661"]
    _, one = by_id["223555"]

    assert several.relayed_from == ""
    assert "Sources named: SOHR; Human Rights Watch; SN4HR" in several.note
    assert one.relayed_from == "SOHR"


def test_that_nearly_all_rows_rest_on_one_organisation_stays_visible(syria):
    alone = sum(draft.relayed_from == "SOHR" for _, draft in syria)
    among = sum("SOHR" in draft.note for _, draft in syria)

    assert alone == 14_168
    assert round((alone + among) / len(syria), 2) == 0.92


def test_rows_that_share_day_dyad_and_point_are_all_taken(syria):
    alike = Counter(
        (row["date_start"], row["date_end"], row["dyad_name"], row["geom_wkt"])
        for row, draft in syria
        if isinstance(draft, ReportDraft)
    )

    assert sum(number - 1 for number in alike.values()) == 1_409


@pytest.fixture
def sample(shared_data):
    return records_of(shared_data / "ucdp" / "ucdp_ged_syria_wadi_barada.csv")[:20]


def mangled(sample, rename=lambda name: name, **cells):
    """The sample with its columns renamed and some cells written in another way."""
    header, *data = [row.cells for row in sample]
    changed = [
        [cells.get(name, str)(cell) for name, cell in zip(header, row, strict=True)] for row in data
    ]
    return [[rename(name) for name in header], *changed]


@pytest.mark.parametrize(
    "rename",
    [
        str.upper,
        lambda name: name.replace("_", " "),
        lambda name: f" {name} ",
        lambda name: name.replace("_", ""),
        lambda name: "\ufeff" + name if name == "id" else name,
        lambda name: name if name.startswith("source") else name[:11],
    ],
)
def test_mangled_names_of_columns_change_nothing(sample, rename):
    plain = read(*mangled(sample))
    changed = read(*mangled(sample, rename))

    for draft in [*plain, *changed]:
        draft.raw = {}
    assert changed == plain


@pytest.mark.parametrize(
    "written",
    [
        "%Y-%m-%d 00:00:00.000",
        "%Y-%m-%dT00:00:00",
        "%m/%d/%Y",
        "%d.%m.%Y",
        "%d-%b-%y",
        "%d %B %Y",
    ],
)
def test_mangled_days_are_the_same_days(sample, written):
    def change(cell):
        return day(cell).strftime(written)

    drafts = read(*mangled(sample, date_start=change, date_end=change))

    assert [draft.date_start for draft in drafts] == [
        draft.date_start for draft in read(*mangled(sample))
    ]


def test_days_counted_by_spreadsheets_are_read():
    for cell in ("42750", "42750.0", "42750.5"):
        (draft,) = read(["date", "text"], [cell, "Shells fell."])
        assert draft.date_start == dt.date(2017, 1, 15)


OF_24_1 = {
    "id": "1",
    "relid": "SYR-2017-1-1-1",
    "year": "2017",
    "type_of_violence": "3",
    "dyad_name": "IS - Civilians",
    "side_a": "IS",
    "side_b": "Civilians",
    "source_office": "SOHR",
    "source_headline": "Shells fell",
    "where_prec": "1",
    "where_coordinates": "Madaya town",
    "where_description": "the centre of Madaya",
    "adm_1": "Rif Dimashq",
    "latitude": "33.69",
    "longitude": "36.1",
    "geom_wkt": "POINT (36.1 33.69)",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2017-01-15 00:00:00.000",
    "date_end": "2017-01-15 00:00:00.000",
    "deaths_civilians": "2",
    "best": "2",
    "high": "3",
    "low": "1",
}
CELLS_OF_24_1 = [OF_24_1.get(name, "") for name in UCDP_ORDERS[0]]


def test_a_file_without_a_header_is_read_by_its_order():
    found = recognise(rows(CELLS_OF_24_1))
    (draft,) = read(CELLS_OF_24_1)

    assert (found.format, found.header_rows, found.columns) == ("ucdp", 0, UCDP_ORDERS[0])
    assert draft.line == 1
    assert draft.accused == ("IS",)
    assert draft.text == "IS - Civilians\nthe centre of Madaya\nShells fell"
    assert draft.figures == [
        FigureDraft("killed", "all", 1, 2, 3),
        FigureDraft("killed", "civilians", None, 2, None),
    ]


def test_a_file_of_2020_without_its_header_is_read(sample):
    (_, *headless) = mangled(sample)

    drafts = read(*headless)

    assert [draft.external_id for draft in drafts] == [row[0] for row in headless]


def test_the_row_of_hxl_tags_is_no_data():
    header = [*UCDP_ORDERS[0], "start_year", "end_year", "iso3"]
    tags = {
        "year": "#date+year",
        "start_year": "#date+year+start",
        "side_a": "#group+name+first",
        "source_article": "#meta+source",
        "source_headline": "#description",
        "where_coordinates": "#loc+name",
        "latitude": "#geo+lat",
        "longitude": "#geo+lon",
        "date_start": "#date+start",
        "best": "#affected+killed",
    }
    table = [header, [tags.get(name, "") for name in header], [*CELLS_OF_24_1, "", "", "SYR"]]

    found = recognise(rows(*table))
    (draft,) = read(*table)

    assert (found.format, found.header_rows, len(found.columns)) == ("ucdp", 2, 52)
    assert (draft.line, draft.external_id) == (3, "1")
    assert draft.raw["iso3"] == "SYR"


def test_a_column_of_the_accused_that_a_person_chose_stays(sample):
    (draft, *_) = read(*mangled(sample[:2]), columns={"accused": ("side_b",)})

    assert draft.accused == ("Syrian insurgents",)


def test_a_broken_row_tells_all_that_is_wrong(sample):
    header, first, *_ = mangled(sample)
    broken = {"date_start": "yesterday", "best": "-1", "latitude": "91", "where_prec": "9"}

    (refused,) = read(header, [broken.get(n, c) for n, c in zip(header, first, strict=True)])

    assert refused.line == 2
    assert [fault.column for fault in refused.faults] == [
        "date_start",
        "where_prec",
        "best",
        "latitude",
    ]
    assert 'best is "-1"' in " ".join(faults(refused))
