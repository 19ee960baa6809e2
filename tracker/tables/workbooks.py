"""Rows as a workbook (XLSX), made while it is handed out: the same rows are always the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from tracker.errors import InvalidFor, Told, gettext_noop
from tracker.tables import guard
from tracker.tables.cells import Cell, as_text, is_number

# Excel's own limits.
MOST_ROWS = 1_048_576
LONGEST = 32_767
_UNWRITABLE = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
# XML cannot hold these, or would bring a return into another form; and what looks like their escape.
_ESCAPED = re.compile("[\x01-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 1 << 16
# Any moment would do: with the present one, no two files were ever the same.
_ALWAYS = (1980, 1, 1, 0, 0, 0)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Unwritable(Told):
    """Why rows do not fit into a workbook."""

    TOO_MANY_ROWS = (
        "too_many_rows",
        gettext_noop("%(name)s has more than %(limit)s rows: divide it."),
    )
    CELL_TOO_LONG = (
        "cell_too_long",
        gettext_noop("A cell has %(found)s characters; at most %(limit)s are read."),
    )


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; its name has 31 characters at most."""

    name: str
    rows: Iterable[Sequence[Cell]]


class _Sink(io.RawIOBase):
    """Takes what a zip archive is written as, to be handed out piece by piece."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.held += piece
        return len(piece)

    def taken(self) -> bytes:
        taken = bytes(self.held)
        self.held.clear()
        return taken


def write_xlsx(rows: Iterable[Sequence[Cell]], file: BinaryIO) -> None:
    """A workbook of one sheet, texts typed as texts. Raises InvalidInput where Excel holds no more."""
    for piece in xlsx([Sheet("Table", rows)]):
        file.write(piece)


def xlsx(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """A workbook piece by piece. Raises InvalidInput where Excel holds no more."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _parts(sheets):
            packed.writestr(_member(name), content)
        for number, sheet in enumerate(sheets, start=1):
            # Without the sizes of 64 bits, for which Excel takes a streamed archive to be damaged.
            with packed.open(_member(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                for piece in _sheet_xml(sheet.rows):
                    file.write(piece)
                    if len(sink.held) > _CHUNK:
                        yield sink.taken()
    yield sink.taken()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ALWAYS)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{_SPREADSHEET}.sheet.main+xml"/>{overrides}</Types>',
    )
    yield (
        "_rels/.rels",
        _relations(f'Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"'),
    )
    named = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *(
                f'Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"'
                for number in numbers
            )
        ),
    )


def _relations(*told: str) -> str:
    each = "".join(f"<Relationship {attributes}/>" for attributes in told)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _sheet_xml(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise InvalidFor(Unwritable.TOO_MANY_ROWS, name="XLSX", limit=str(MOST_ROWS))
        cells = "".join(_cells(number, row))
        yield f'<row r="{number}">{cells}</row>'.encode()
    yield b"</sheetData></worksheet>"


def _cells(number: int, row: Sequence[Cell]) -> Iterator[str]:
    for index, value in enumerate(row):
        at = f"{_letters(index)}{number}"
        text = as_text(value)
        if is_number(value):
            yield f'<c r="{at}"><v>{text}</v></c>'
        elif text:
            yield f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'


def _letters(index: int) -> str:
    """The name of a column: A, …, Z, AA."""
    before, last = divmod(index, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _xml(text: str) -> str:
    safe = guard.marked(_UNWRITABLE.sub("\ufffd", text))
    if len(safe) > LONGEST:
        raise InvalidFor(Unwritable.CELL_TOO_LONG, found=str(len(safe)), limit=str(LONGEST))
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", safe))
