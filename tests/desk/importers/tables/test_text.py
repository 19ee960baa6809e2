"""CSV in the encodings and forms in which monitors keep it."""

from __future__ import annotations

import csv
import gzip

import pytest

from tests.desk.importers.tables.samples import opened, refused, rows, told
from tracker.desk.importers.faults import BadRow, Why
from tracker.desk.importers.tables import DELIMITERS, ENCODINGS, Limits, open_table
from tracker.errors import InvalidFor

FRENCH = [["lieu", "témoin", "note"], ["Vallée", "Hélène", "tirs près du barrage, à l'été"]]
ARABIC = [["المكان", "التاريخ", "ملاحظة"], ["عين الفيجة", "2017-01-15", "قصف؛ قتلى"]]
CODECS = {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(
    ("codec", "table"),
    [
        *((codec, ARABIC) for codec in ENCODINGS if codec != "cp1252"),
        *((codec, ARABIC) for codec in CODECS),
        ("cp1252", FRENCH),
        ("utf-8", FRENCH),
    ],
)
def test_recognises_every_encoding_and_delimiter(tmp_path, codec, table, delimiter):
    lines = [[f"“{cell}”" if delimiter in cell else cell for cell in row] for row in table]
    text = "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in lines
    )

    found = opened(tmp_path, text.encode(codec))

    assert (found.choices.encoding, found.choices.delimiter) == (
        CODECS.get(codec, codec),
        delimiter,
    )
    assert rows(found) == lines


def test_says_what_it_recognised(tmp_path):
    found = opened(tmp_path, "a;b\n1;2\n".encode("utf-16"))

    assert str(found.label) == "CSV, utf-16, parted by semicolons"


def test_lets_a_person_correct_what_was_recognised(tmp_path):
    found = opened(tmp_path, "a,b;é\n".encode("cp1252"), encoding="cp1256", delimiter=";")

    assert rows(found) == [["a,b", "é"]]
    with pytest.raises(InvalidFor, match="“:” cannot be chosen"):
        opened(tmp_path, b"a:b", delimiter=":")
    with pytest.raises(InvalidFor, match="“latin-1” cannot be chosen"):
        opened(tmp_path, b"a", encoding="latin-1")


def test_finds_the_one_name_that_is_not_ascii_far_below(tmp_path):
    plain = b"id,name\n" + b"1,Madaya\n" * 200_000

    assert opened(tmp_path, plain).choices.encoding == "utf-8"
    table = opened(tmp_path, plain + "2,مضايا\n".encode("cp1256"))

    assert table.choices.encoding == "cp1256"
    assert list(table.records())[-1].cells == ["2", "مضايا"]


@pytest.mark.parametrize("name_count", [1, 5, 30])
def test_tells_arabic_single_bytes_of_the_gazetteer(tmp_path, shared_data, name_count):
    path = shared_data / "gazetteer" / "sy_places_wof.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        names = [row["name_ar"] for row in csv.DictReader(file) if row["name_ar"]][:3_000]
    files = [names[at : at + name_count] for at in range(0, len(names), name_count * 10)]

    found = [
        opened(tmp_path, ("name\n" + "\n".join(each)).encode("cp1256", "ignore")).choices.encoding
        for each in files
    ]

    assert found.count("cp1256") >= 0.99 * len(files)


def test_reads_a_cell_over_several_lines_and_tells_where_each_row_begins(tmp_path):
    table = opened(tmp_path, b'a,b\n"1\n2\r\n3",x\n\n,\n4,y\n')

    assert told(table) == [(1, ["a", "b"]), (2, ["1\n2\r\n3", "x"]), (7, ["4", "y"])]


def test_may_be_read_again_and_again(tmp_path):
    table = opened(tmp_path, b"a,b\n1,2\n")

    assert rows(table) == rows(table) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_reads_lines_that_end_as_on_any_machine(tmp_path, end):
    assert told(opened(tmp_path, end.join([b"a,b", b"1,2", b"3,4"]))) == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


def test_follows_the_hint_that_excel_follows(tmp_path):
    assert told(opened(tmp_path, b"sep=;\na;b,c\n1;2\n")) == [(2, ["a", "b,c"]), (3, ["1", "2"])]


def test_fills_up_short_rows_and_lets_go_of_empty_cells_at_the_end(tmp_path):
    table = opened(tmp_path, b"a,b,c\n1\n1,2,3,,\n1,2,3,4\n")

    assert told(table)[1:] == [(2, ["1", "", ""]), (3, ["1", "2", "3"]), (4, Why.TOO_MANY_CELLS)]


def test_refuses_only_the_rows_that_hold_what_is_no_text(tmp_path):
    text = "a,b\n1,مضايا\n2,\udcff\n3,\0\n4,بلودان\n".encode("utf-8", "surrogateescape")

    table = opened(tmp_path, text)

    assert told(table)[1:] == [
        (2, ["1", "مضايا"]),
        (3, Why.NOT_IN_ENCODING),
        (4, Why.HOLDS_NUL),
        (5, ["4", "بلودان"]),
    ]
    assert list(table.records())[2].cells == ["2", "\ufffd"]


def test_refuses_half_a_character_at_the_end(tmp_path):
    table = opened(tmp_path, "\ufeffa,b\n1,2".encode("utf-16-le")[:-1])

    assert told(table) == [(1, ["a", "b"]), (2, Why.NOT_IN_ENCODING)]


def test_refuses_only_the_line_and_the_cell_that_are_too_long(tmp_path):
    limits = Limits(line=2_000, cell=100)
    text = f"a,b\n1,{'x' * 3_000_000}\n2,ok\n3,{'y' * 101}\n4,{'z' * 100}\n5,{'x' * 2_000}\n6,ok\n"

    table = opened(tmp_path, text.encode(), limits=limits)

    assert told(table) == [
        (1, ["a", "b"]),
        (2, Why.LINE_TOO_LONG),
        (3, ["2", "ok"]),
        (4, Why.CELL_TOO_LONG),
        (5, ["4", "z" * 100]),
        (6, Why.LINE_TOO_LONG),
        (7, ["6", "ok"]),
    ]


def test_refuses_a_row_with_a_long_line_inside_its_quotes(tmp_path):
    table = opened(tmp_path, b'a,b\n1,"x\n' + b"y" * 50 + b'\nz"\n2,ok\n', limits=Limits(line=40))

    assert told(table)[1:] == [(2, Why.LINE_TOO_LONG), (5, ["2", "ok"])]


def test_says_to_where_a_quotation_mark_that_is_never_closed_leads(tmp_path):
    table = opened(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')

    *_, last = table.records()

    assert isinstance(last, BadRow)
    assert str(last.faults[0]).endswith("all up to line 4 would be one cell.")
    assert [line for line, _ in told(table)] == [1, 2, 3]


def test_goes_on_where_a_quotation_mark_has_swallowed_more_than_any_cell_holds(tmp_path):
    table = opened(tmp_path, b'a,b\n3,"4\n' + b"5,6\n" * 60_000)

    _, swallowed, *others = told(table)

    assert swallowed == (2, Why.NOT_CLOSED)
    assert others[-1] == (60_002, ["5", "6"])
    assert len(others) == 60_003 - others[0][0]


def test_reads_gzip_and_says_where_it_breaks_off(tmp_path):
    packed = gzip.compress("".join(f"{i},é\n" for i in range(30_000)).encode())

    assert len(rows(opened(tmp_path, packed))) == 30_000
    path = tmp_path / "half.csv.gz"
    path.write_bytes(packed[: len(packed) // 2])

    assert "half.csv.gz cannot be read: " in refused(path).message


def test_reads_the_shared_ucdp_file_whole(shared_data):
    path = shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))

    table = open_table(path)

    assert str(table.label) == "CSV, utf-8, parted by commas"
    assert rows(table) == expected
