"""Small files, sound and hostile, and what is read from them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.desk.importers.samples import OFFICE, PACKAGE, SHEET, TYPES
from tracker.desk.importers.faults import BadRow
from tracker.desk.importers.tables import Choices, Limits, Record, Table, open_table
from tracker.errors import InvalidFor, Told

NO_CHOICES, LIMITS = Choices(), Limits()


def opened(folder: Path, content: bytes, *, name: str = "file.dat", **given) -> Table:
    path = folder / name
    path.write_bytes(content)
    limits = given.pop("limits", LIMITS)
    return open_table(path, Choices(**given), limits)


def rows(table: Table) -> list[list[str]]:
    """The cells of every row; none may be refused."""
    found = list(table.records())
    assert [row for row in found if isinstance(row, BadRow)] == []
    return [row.cells for row in found]


def told(table: Table) -> list[tuple[int, Told | list[str]]]:
    """Each row's line with its cells, or with the reason why it is refused."""
    return [
        (row.line, row.cells if isinstance(row, Record) else row.faults[0].why)
        for row in table.records()
    ]


def refused(path: Path, choices: Choices = NO_CHOICES, limits: Limits = LIMITS) -> InvalidFor:
    """Why a file is refused, when it is opened or while it is read."""
    with pytest.raises(InvalidFor) as refusal:
        list(open_table(path, choices, limits).records())
    assert path.name in refusal.value.message
    return refusal.value


def workbook(
    path: Path,
    sheet: str,
    *,
    before: str = "",
    parts: Mapping[str, str | bytes] = MappingProxyType({}),
) -> Path:
    """An XLSX whose one sheet, S, has these rows as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "_rels/.rels",
            f'<Relationships {PACKAGE}><Relationship Id="rId1" Type="{TYPES}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook {SHEET} {OFFICE}><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships {PACKAGE}><Relationship Id="rId1" Type="{TYPES}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/worksheets/sheet1.xml",
            f"{before}<worksheet {SHEET}><sheetData>{sheet}</sheetData></worksheet>",
        )
        for name, content in parts.items():
            packed.writestr(f"xl/{name}", content)
    return path


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def open_document(path: Path, sheet: str) -> Path:
    """An ODS whose one sheet, S, has these rows as XML."""
    schema = "urn:oasis:names:tc:opendocument:xmlns"
    kinds = " ".join(f'xmlns:{kind}="{schema}:{kind}:1.0"' for kind in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{schema}:manifest:1.0"/>')
        packed.writestr(
            "content.xml",
            f"<office:document-content {kinds}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{sheet}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path
