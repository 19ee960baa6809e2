"""Files made to harm, or merely none that is read here: refused in bounded memory, with a reason."""

from __future__ import annotations

import gzip
import io
import itertools
import tracemalloc
import zipfile

import pytest

from tests.desk.importers.tables.samples import opened, refused, told, workbook
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import Limits, Record, open_table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MB = 1_000_000


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    # Some hold the moment they were packed at, by which no test may be called.
    ids=itertools.count(),
    argvalues=[
        (b"%PDF-1.7\n\x00\x01", "is no table but PDF. Read are CSV, workbooks (XLSX, XLS, ODS)"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no table but PNG."),
        (b"MZ\x90\x00\x03\x00", "is no table but EXE."),
        (b"\x7fELF\x02\x01\x01\0", "is no table but ELF."),
        (b"\n <!DOCTYPE html><p>a,b", "is no table but HTML."),
        (b"<html><table><tr><td>1", "is no table but HTML."),
        (b'<?xml version="1.0"?><Workbook/>', "is no table but XML."),
        (OLE + "WordDocument".encode("utf-16-le"), "is no table but DOC."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        (OLE + "Workbook".encode("utf-16-le"), "cannot be read as a workbook: "),
        (b"", "is empty."),
        (b"\xef\xbb\xbf \r\n\t\r\n", "is empty."),
        (gzip.compress(b""), "is empty."),
        (bytes(range(32)) * 20, "is no text and of no kind that is known here."),
        (b"\0" * 5_000, "is no text and of no kind that is known here."),
        (archive(**{"word/document.xml": b"<a/>"}), "is an archive of word/document.xml: unpack"),
        (archive(), "is an archive of -: unpack"),
        (gzip.compress(archive(a=b"1")), "is packed in itself a second time"),
        (archive(a=b"1")[:20], "cannot be unpacked: File is not a zip file."),
    ],
)
def test_refuses_what_is_no_table_naming_what_it_is(tmp_path, content, said):
    path = tmp_path / "reports.csv"
    path.write_bytes(content)

    assert said in refused(path).message


def test_refuses_a_file_that_is_not_there_and_a_folder(tmp_path):
    assert refused(tmp_path / "missing.csv").reason == Why.UNREADABLE
    assert refused(tmp_path).reason == Why.UNREADABLE


def test_reads_a_table_whatever_it_is_called(tmp_path):
    assert opened(tmp_path, b"a;b\n1;2\n", name="a.xlsx").kind == "csv"
    path = workbook(tmp_path / "b.csv", "<row><c><v>1</v></c></row>")
    assert open_table(path).kind == "workbook"


def test_reads_a_table_whose_first_cell_begins_like_a_program(tmp_path):
    assert told(opened(tmp_path, b"MZ,a\n1,2\n")) == [(1, ["MZ", "a"]), (2, ["1", "2"])]


def test_refuses_a_truncated_workbook(tmp_path):
    path = workbook(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" * 1_000)
    path.write_bytes(path.read_bytes()[:-100])

    assert refused(path).reason == Why.NOT_UNPACKED


def test_refuses_a_workbook_that_is_damaged_within(tmp_path):
    path = workbook(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" * 1_000)
    content = path.read_bytes()
    at = content.index(b"sheet1.xml") + 60
    path.write_bytes(content[:at] + b"\xff" * 20 + content[at + 20 :])

    assert refused(path).reason == Why.BROKEN_WORKBOOK


def test_does_not_unpack_a_workbook_that_is_larger_or_emptier_than_any(tmp_path):
    path = workbook(tmp_path / "a.xlsx", " " * 20 * MB)
    assert refused(path).reason == Why.PACKED_TOO_TIGHTLY
    assert refused(path, limits=Limits(whole=15 * MB)).message == (
        "a.xlsx unpacks to more than 15 MB."
    )
    path = workbook(tmp_path / "b.xlsx", "", parts={f"{n}.xml": "" for n in range(40)})
    assert refused(path, limits=Limits(entries=30)).message == (
        "b.xlsx packs 44 files into one; at most 30 are read."
    )


def test_does_not_unpack_a_bomb_of_text(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"\n" * 30 * MB))

    assert refused(path).reason == Why.PACKED_TOO_TIGHTLY
    refusal = refused(path, limits=Limits(ratio=10_000, unpacked=20 * MB))
    assert refusal.message == "bomb.csv.gz unpacks to more than 20 MB."


def test_refuses_a_file_and_a_collection_that_are_too_large(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b'{"type": "FeatureCollection", "features": [\n' + b" " * 3 * MB + b"]}")

    assert refused(path, limits=Limits(size=2 * MB)).message == (
        "a.json has 3 MB; at most 2 MB are read."
    )
    assert refused(path, limits=Limits(whole=2 * MB)).reason == Why.UNPACKS_TOO_LARGE


def test_refuses_ten_thousand_columns_and_too_many_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b",".join([b"a"] * 10_000) + b"\n")
    assert refused(path).message == "a.csv has 10000 columns; at most 1000 are read."

    path.write_bytes(b"a\n" + b"1\n" * 11)
    assert (
        refused(path, limits=Limits(rows=10)).message == "a.csv has more than 10 rows: divide it."
    )
    assert len([*open_table(path, limits=Limits(rows=11)).records()]) == 12


def peak(read) -> int:
    """The most memory held at once while a function runs, in bytes."""
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reads_past_a_line_of_a_gigabyte_without_holding_it(tmp_path):
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n" + b"1,2\n" * 998 + b"3,")
        # A hole in the file: as many NULs, and no space on the disk.
        file.seek(1 << 30)
        file.write(b"\n4,5\n")

    found = []
    most = peak(lambda: found.extend(told(open_table(path))))

    assert found[-2:] == [(1_000, Why.LINE_TOO_LONG), (1_001, ["4", "5"])]
    assert len(found) == 1_001
    assert most < 40 * MB


@pytest.mark.parametrize("packed", [False, True])
def test_needs_no_more_memory_for_ten_times_the_rows(tmp_path, packed):
    row = "1,عين الفيجة,33.69,36.1,".encode() + b"x" * 400 + b"\n"
    path = tmp_path / "a.csv"

    def needed(rows: int) -> int:
        content = b"id,name,lat,lon,note\n" + row * rows
        path.write_bytes(gzip.compress(content) if packed else content)
        del content
        return peak(
            lambda: sum(
                isinstance(each, Record) for each in open_table(path, limits=limits).records()
            )
        )

    limits = Limits(ratio=10_000)
    assert needed(50_000) < 1.3 * needed(5_000)
