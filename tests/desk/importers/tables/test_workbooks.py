from __future__ import annotations

import base64
import datetime as dt
import zlib

import pytest

from tests.desk.importers.tables.samples import inline, open_document, refused, rows, told, workbook
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import Choices, Limits, open_table
from tracker.desk.importers.tables.sheets import as_text

# A workbook as Excel 97 wrote it, compressed: "قرى" with a header, a name, a moment and a number.
XLS = """
    eNrtWE1oU0EQ/vYl2fzQpklMhFYIoWCjtUWKICLUxJq0KKRUQfxB0NQEKrWphF70oNWaoyB4UrwU6sFL1Ys/6EFvHoSK
    PQiCmKg3T4KChzbP2cl7ktYfGtBCZb+ws7MzO7uT3Znd997LuWB5+l5bBcuwCw5UTS9knUxQ8dqNAEhvmoq1aw8VU2NN
    weuhjZQuPG5+4VZ7qPa7AgN3nc+IAu+pHMMZDI4X8rFVRB/7kBXKh16iAjdJ4kcrexViepLpOqZ3uOcTpkmWXGHaS33L
    4ijmEoOdO6woPmy0s84PNe4DtnnDkh5E8FxF8YWrotbXhd3FU9nTa0wRdTZhBrShA/lCvqjaEdxSKXuE0J3JdKdSsZGR
    nWNjZYRpy2fw1YwBX+zcfhrT8tWVC5D821K5+zdyD23lcvk1wwlMwjzBqVKi0I46lcYh+mSP3CsXsBVK4OQUF3GZkmm5
    R8ZlvyRRLjuRpwAquCDScjtJ91HxqdOeT4fAktOhmbOmiWgOLcwHOXcC5NjC7c+vMsNDieMsmeQboXZvbFQOwsRFZUHG
    ftYYTB1UOpnfwvQSj7qB+TamYQpsqjuGIhbTP8V9LrO2g+bZxphPxOv4TcSXPu1/GC19SGwmfnagci48+zoxjXa6x3Jk
    r35T6BJd4sZ1hUcJuxbWGfOWaetP543HCFi+m9bl2IJF+JgNMq211OqIHy3DWitlLX5hLdharYeDVkh5F8JBwvy7j8nz
    htKrEaLqfjZCuM/Ll6y7oX3Q0NDQ0NDQ0NDQ+BOE9RTusF4OXNZTvtv6rrNIpao/k/y3OIBx+k3Q62QaBaqLONtQ/KyH
    S9hjiRXa2N8LFQ7R7EWMYpj9GG04fuktTdT/nxUbBv5eCjU6f7URP//x/N8BgInScw==
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (33.6945, "33.6945"),
        (1e16, "1e+16"),
        (7, "7"),
        (True, "true"),
        (dt.date(2017, 1, 15), "2017-01-15"),
        (dt.datetime(2017, 1, 15), "2017-01-15"),  # noqa: DTZ001 - a workbook knows no zone
        (dt.datetime(2017, 1, 15, 14, 30), "2017-01-15T14:30:00"),  # noqa: DTZ001
        (dt.time(14, 30), "14:30:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (" عين ", " عين "),
    ],
)
def test_writes_each_value_as_it_would_be_typed(value, text):
    assert as_text(value) == text


def test_reads_a_sheet_with_the_numbers_of_its_rows(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        f'<row r="3">{inline("المكان")}{inline("b")}</row>'
        '<row r="5"><c r="A5"><v>7</v></c><c r="B5" t="b"><v>1</v></c></row>'
        '<row r="6"><c r="A6"><v>0.25</v></c></row>',
    )

    table = open_table(path)

    assert told(table) == [(3, ["المكان", "b"]), (5, ["7", "true"]), (6, ["0.25", ""])]
    assert (table.kind, table.sheets, str(table.label)) == (
        "workbook",
        ("S",),
        "workbook, sheet “S”",
    )


def test_reads_formulas_by_the_value_last_shown(tmp_path):
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>HYPERLINK("x")</f><v>x</v></c>'

    assert rows(open_table(workbook(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>'))) == [
        ["2", "x"]
    ]


def test_leaves_macros_alone(tmp_path):
    path = workbook(
        tmp_path / "a.xlsm", f"<row>{inline('a')}</row>", parts={"vbaProject.bin": b"\xd0\xcf"}
    )

    assert rows(open_table(path)) == [["a"]]


def test_reads_an_open_document(tmp_path):
    path = open_document(
        tmp_path / "a.ods",
        "<table:table-row><table:table-cell office:value-type='string'><text:p>a</text:p>"
        "</table:table-cell><table:table-cell office:value-type='date'"
        " office:date-value='2017-01-15'/></table:table-row>",
    )

    assert rows(open_table(path)) == [["a", "2017-01-15"]]


def test_reads_a_workbook_of_the_nineties(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(XLS)))

    table = open_table(path)

    assert table.choices.sheet == "قرى"
    assert rows(table) == [["المكان", "date", "n"], ["مضايا", "2017-01-15T14:30:00", "7"]]


def test_reads_an_older_workbook_only_where_its_directory_is_sound(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(XLS))[:2_000])

    assert refused(path).reason == Why.BROKEN_WORKBOOK


def test_refuses_a_sheet_that_is_not_there_naming_those_that_are(tmp_path):
    path = workbook(tmp_path / "a.xlsx", f"<row>{inline('a')}</row>")

    said = refused(path, Choices(sheet="--help")).message

    assert said == "a.xlsx has no sheet “--help”; its sheets: S."


def test_refuses_only_the_row_with_a_cell_that_is_too_long(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", "".join(f"<row>{inline(text)}</row>" for text in ("a", "b" * 50, "c"))
    )

    assert told(open_table(path, limits=Limits(cell=40))) == [
        (1, ["a"]),
        (2, Why.CELL_TOO_LONG),
        (3, ["c"]),
    ]


@pytest.mark.parametrize(
    "definition",
    ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "expanded">'],
)
def test_resolves_no_entity(tmp_path, definition):
    path = workbook(
        tmp_path / "a.xlsx",
        f"<row>{inline('&x;')}</row>",
        before=f"<!DOCTYPE worksheet [{definition}]>",
    )

    refusal = refused(path)

    assert refusal.reason == Why.BROKEN_WORKBOOK
    assert "unrecognized entity" in refusal.message


def test_survives_two_cells_that_ask_for_all_memory(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )

    assert refused(path).reason == Why.NEEDS_TOO_MUCH


def test_survives_one_long_text_in_a_great_many_cells(tmp_path):
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "x" * 1_000_000
        + "</t></si></sst>"
    )
    path = workbook(
        tmp_path / "a.xlsx",
        "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(2_000)),
        parts={"sharedStrings.xml": strings},
    )

    assert refused(path, limits=Limits(memory=400_000_000)).reason in {
        Why.NEEDS_TOO_MUCH,
        Why.BROKEN_WORKBOOK,
    }


def test_survives_an_open_document_of_repeated_cells(tmp_path):
    path = open_document(
        tmp_path / "a.ods",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' table:number-columns-repeated="16384" office:value-type="float" office:value="7"/>'
        "</table:table-row>",
    )

    assert refused(path).reason in {Why.BROKEN_WORKBOOK, Why.NEEDS_TOO_MUCH}


def test_refuses_a_workbook_with_too_many_columns_or_rows(tmp_path):
    wide = "".join(f"<c><v>{i}</v></c>" for i in range(10_000))
    path = workbook(tmp_path / "a.xlsx", f"<row>{wide}</row>")
    assert refused(path).reason == Why.TOO_MANY_COLUMNS

    path = workbook(tmp_path / "b.xlsx", "<row><c><v>1</v></c></row>" * 5)
    assert refused(path, limits=Limits(rows=3)).reason == Why.TOO_MANY_ROWS
    assert len(rows(open_table(path, limits=Limits(rows=4)))) == 5


def test_ends_the_process_where_nobody_reads_on(tmp_path):
    path = workbook(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" * 50_000)
    records = open_table(path).records()

    assert next(records).cells == ["1"]
    # A warning, and so an error, were the process left behind.
    del records
