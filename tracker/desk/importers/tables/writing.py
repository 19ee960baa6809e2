"""Tables as files: what these functions write, `open_table` reads back equal.

A spreadsheet would take some texts for formulas: these are marked with an apostrophe. NUL and
halves of characters, which no file of either kind can hold, become U+FFFD; in a workbook U+FFFE
and U+FFFF do too.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import guard
from tracker.desk.importers.tables.sheets import as_text
from tracker.errors import InvalidFor

Cell = str | int | float | None
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_UNWRITABLE_XML = re.compile("[\ufffe\uffff]")
# Excel's own limits.
_MOST_ROWS = 1_048_576
_LONGEST = 32_767
# XML cannot hold these, or would bring a return into another form; and what looks like their escape.
_ESCAPED = re.compile("[\x01-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 1 << 16

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""\
<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>\
</Types>""",
    "_rels/.rels": f"""\
<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
</Relationships>""",
    "xl/workbook.xml": f"""\
<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">\
<sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""\
<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
</Relationships>""",
}


def write_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with its mark, as Excel expects; text in quotes, numbers without."""
    text = io.StringIO()
    # In quotes no character of a text can be taken for the delimiter, whichever is tried.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    yield BOM_UTF8
    for row in rows:
        writer.writerow(map(_csv_cell, row))
        if text.tell() > _CHUNK:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken


def _csv_cell(value: Cell) -> Cell:
    if not _is_number(value):
        return _safe(as_text(value))
    # 7.0 is written 7, as it is read from a workbook.
    text = as_text(value)
    return int(text) if text.lstrip("-").isdecimal() else value


def _is_number(value: Cell) -> bool:
    """Whether a spreadsheet knows it as a number; it knows none that is not finite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _safe(text: str) -> str:
    return guard.marked(_UNWRITABLE.sub("\ufffd", text))


def write_xlsx(rows: Iterable[Sequence[Cell]], file: BinaryIO) -> None:
    """A workbook of one sheet, texts typed as texts. Raises InvalidInput where Excel holds no more."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _PARTS.items():
            packed.writestr(name, content)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                if number > _MOST_ROWS:
                    raise InvalidFor(Why.TOO_MANY_ROWS, name="XLSX", limit=str(_MOST_ROWS))
                cells = "".join(_xlsx_cells(number, row))
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def _xlsx_cells(number: int, row: Sequence[Cell]) -> Iterator[str]:
    for index, value in enumerate(row):
        at = f"{_letters(index)}{number}"
        text = as_text(value)
        if _is_number(value):
            yield f'<c r="{at}"><v>{text}</v></c>'
        elif text:
            yield f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'


def _letters(index: int) -> str:
    """The name of a column: A, …, Z, AA."""
    before, last = divmod(index, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _xml(text: str) -> str:
    safe = _UNWRITABLE_XML.sub("\ufffd", _safe(text))
    if len(safe) > _LONGEST:
        raise InvalidFor(Why.CELL_TOO_LONG, found=str(len(safe)), limit=str(_LONGEST))
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", safe))
