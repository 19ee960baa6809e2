from __future__ import annotations

import gzip
import zipfile

import pytest

from tests.desk.importers.samples import load, table, wof, wof_row, workbook, write
from tracker.desk.models import Place

pytestmark = pytest.mark.django_db

COLUMNS = ["wof_id", "name", "placetype", "latitude", "longitude"]


def rows(*cells):
    return table(COLUMNS, [wof_row(**each) for each in cells])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "begins with nothing. Read are: boundaries as GeoJSON"),
        (b"id,year,country\n1,2017,Syria\n", "begins with 'id,year,country'."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "begins with"),
        (b"ADM1_EN,ADM2_PCODE\nHoms,SY0401\n", "begins with 'ADM1_EN,ADM2_PCODE'."),
    ],
)
def test_refuses_an_unknown_format_naming_what_it_found_and_what_is_read(tmp_path, content, found):
    said, refused = load(write(tmp_path, "places.csv", content))

    assert f"places.csv {found}" in refused
    assert "1 of 1 files could not be loaded." in refused
    assert not said


def test_loads_the_others_where_one_file_cannot_be_read(tmp_path):
    said, refused = load(tmp_path / "missing.csv", wof(tmp_path, {}))

    assert "missing.csv cannot be read: No such file or directory." in refused
    assert "1 of 2 files could not be loaded." in refused
    assert "wof.csv (Who's On First): 1 new" in said


def test_refuses_a_folder(tmp_path):
    _, refused = load(tmp_path)

    assert "cannot be read: Is a directory." in refused


def test_keeps_nothing_of_a_file_that_breaks_off(tmp_path):
    many = rows(*({"wof_id": number, "name": f"Place {number}"} for number in range(3_000)))
    whole = gzip.compress(many.encode())

    _, refused = load(write(tmp_path, "wof.csv.gz", whole[: len(whole) // 2]))

    assert "wof.csv.gz cannot be read: " in refused
    assert not Place.objects.exists()


def test_refuses_only_the_row_that_is_not_utf_8(tmp_path):
    text = rows({"wof_id": 1}, {"wof_id": 2, "name": "Düma"}, {"wof_id": 3})

    said, refused = load(write(tmp_path, "wof.csv", text.encode("latin-1")))

    assert r"wof.csv:3: name is not UTF-8: 'D\udcfcma'." in refused
    assert "2 new" in said


def test_reads_a_file_with_a_byte_order_mark(tmp_path):
    load(write(tmp_path, "wof.csv", rows({}).encode("utf-8-sig")))

    assert Place.objects.get().name == "Madaya"


def test_refuses_a_row_with_too_many_cells_and_fills_up_a_short_one(tmp_path):
    text = rows({}).replace("Madaya", "Madaya,Extra") + "2,Bludan,locality\n"

    _, refused = load(write(tmp_path, "wof.csv", text))

    assert "wof.csv:2: the row has 6 cells, its header 5." in refused
    assert Place.objects.get().name == "Bludan"


def test_goes_on_after_a_quote_that_is_never_closed(tmp_path):
    open_quote = '1,"' + "Endless," * 20_000 + "\n"
    text = rows({"wof_id": 5, "name": "Bludan"}) + open_quote + "2,Madaya,locality,33,36\n"

    _, refused = load(write(tmp_path, "wof.csv", text))

    assert "wof.csv:3: the row cannot be told apart: field larger than field limit" in refused
    assert set(Place.objects.values_list("name", flat=True)) == {"Bludan", "Madaya"}


def test_asks_to_unpack_an_archive(tmp_path):
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("SY.txt", "…")

    _, refused = load(path)

    assert "SY.zip is a zip archive of SY.txt: unpack it first." in refused


def test_refuses_a_workbook_that_breaks_off(tmp_path):
    path = workbook(tmp_path, Admin1=[["ADM1_EN", "ADM1_PCODE"], ["Homs", "SY04"]])

    _, refused = load(write(tmp_path, "half.xlsx", path.read_bytes()[:600]))

    assert "half.xlsx cannot be unpacked: File is not a zip file." in refused


def test_does_not_open_a_workbook_that_unpacks_to_more_than_memory_holds(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 200_000_001)

    _, refused = load(path)

    assert "bomb.xlsx unpacks to more than 200 MB." in refused
