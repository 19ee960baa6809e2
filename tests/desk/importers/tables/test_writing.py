"""What is written is read back equal, and no spreadsheet takes any of it for a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.importers.tables.samples import rows
from tracker.desk.importers.tables import open_table
from tracker.desk.importers.tables.sheets import as_text
from tracker.errors import InvalidFor
from tracker.tables import Cell, plain_csv, write_csv, write_xlsx

_TRAPS = [
    "=1+1",
    "'=1",
    "''+x",
    "@a",
    "-",
    "-5",
    "'-5",
    "＝1",
    "\t",
    "\r\n",
    "a\rb",
    '"',
    '",',
    ";",
    "a;b|c\td",
    "\ufeff",
    "\u200f=",
    "_x0041_",
    "_x005F_",
    "_",
    "]]>",
    "&amp;",
    "<b>",
    "\x01",
    "\x0b",
    "\x1f",
    "\x85",
    "\u2028",
    "\ufffe",
    "\uffff",
    "\ufffd",
    "sep=;",
    "SEP=,",
    "MZ",
    '{"a":',
    " ",
    " a ",
    "عين الفيجة",
    "🕊",
    "\x7f",
    "'",
]
# NUL and halves of characters are replaced: see below.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_TEXTS = st.one_of(
    st.text(_LETTERS, max_size=12),
    st.lists(st.sampled_from(_TRAPS), min_size=1, max_size=3).map("".join),
)
_NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False)
)
_CELLS = st.one_of(st.none(), _TEXTS, _NUMBERS)


@st.composite
def tables(draw):
    """A header without empty names, and rows none of which is wholly empty."""
    header = draw(st.lists(_TEXTS.filter(bool), min_size=1, max_size=4))
    row = st.lists(_CELLS, min_size=len(header), max_size=len(header))
    filled = row.filter(lambda cells: any(as_text(cell) for cell in cells))
    return [header, *draw(st.lists(filled, max_size=5))]


def expected(table):
    return [[as_text(cell) for cell in row] for row in table]


def csv_back(table, write=write_csv):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(b"".join(write(table)))
        return rows(open_table(path))


def in_xml(table):
    """As a workbook can hold it."""
    return [[re.sub("[\ufffe\uffff]", "\ufffd", cell) for cell in row] for row in table]


def xlsx_back(table):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            write_xlsx(table, file)
        return rows(open_table(path))


@given(tables())
@settings(max_examples=80, deadline=None)
def test_reads_back_every_table_written_as_csv(table):
    assert csv_back(table) == expected(table)


# Of few rows, many control characters are taken for no text at all.
_SEEN = _TEXTS.map(lambda text: re.sub("[\x01-\x08\x0e-\x1f]", "", text))


@given(st.lists(st.lists(_SEEN, min_size=3, max_size=3), max_size=5))
@settings(max_examples=80, deadline=None)
def test_reads_back_every_text_of_what_everyone_may_download(texts):
    # Without a mark at its beginning and quotes around all, the header says what it is.
    table = [["id", "title", "summary"], *(row for row in texts if any(row))]

    assert csv_back(table, plain_csv) == table


@given(tables())
@settings(max_examples=8, deadline=None)
def test_reads_back_every_table_written_as_a_workbook(table):
    assert xlsx_back(table) == in_xml(expected(table))


def test_reads_back_every_trap_from_a_workbook():
    table = [
        ["name"],
        *([trap] for trap in _TRAPS),
        *([f"a{trap}b"] for trap in _TRAPS),
    ]

    assert xlsx_back(table) == in_xml(table)
    assert csv_back(table) == table


@pytest.mark.parametrize("back", [csv_back, xlsx_back])
def test_writes_a_question_for_what_no_file_holds(back):
    assert back([["a\0b", "\ud800"]]) == [["a\ufffdb", "\ufffd"]]


def test_marks_what_a_spreadsheet_would_run_and_keeps_numbers_as_numbers():
    table: list[list[Cell]] = [
        ["=HYPERLINK(1)", "+963 11", "-5.5", -5.5, "@x", "\tx", "a=b", 7.0, None, "＝1"]
    ]

    content = b"".join(write_csv(table)).decode("utf-8-sig")

    assert content == (
        '"\'=HYPERLINK(1)","\'+963 11","-5.5",-5.5,"\'@x","\'\tx","a=b",7,"","\'＝1"\r\n'
    )


def test_writes_no_formula_into_a_workbook():
    file = io.BytesIO()

    write_xlsx([["=1+1", -5, "<a>", None, 0.5]], file)

    sheet = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert '<c r="A1" t="inlineStr"><is><t xml:space="preserve">\'=1+1</t></is></c>' in sheet
    assert '<c r="B1"><v>-5</v></c>' in sheet
    assert '<c r="E1"><v>0.5</v></c>' in sheet


def test_writes_numbers_that_are_none_as_text():
    table = [["a", "b"], [float("nan"), float("-inf")]]

    assert csv_back(table) == xlsx_back(table) == [["a", "b"], ["nan", "-inf"]]


def test_names_columns_beyond_the_alphabet():
    header = [f"column {n}" for n in range(800)]

    assert xlsx_back([header]) == [header]


def test_refuses_a_cell_that_excel_cannot_hold():
    with pytest.raises(InvalidFor, match="A cell has 32768 characters; at most 32767"):
        write_xlsx([["x" * 32_768]], io.BytesIO())


def test_writes_piece_by_piece():
    pieces = write_csv([f"row {n}", "x" * 100] for n in iter(int, 1))

    assert sum(len(next(pieces)) for _ in range(10)) < 1_000_000


@pytest.mark.parametrize("first", _TRAPS)
def test_reads_back_every_trap_as_the_only_cell(first):
    assert csv_back([[first]]) == [[first]]


def test_is_read_by_the_csv_module_too():
    content = b"".join(write_csv([["a", "b"], ['say "yes"', "1\n2"]]))

    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["a", "b"],
        ['say "yes"', "1\n2"],
    ]
