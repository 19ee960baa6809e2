"""The forms a whole set is handed out in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker.public.formats import acled, geojson, parquet, ucdp
from tracker.public.formats.geojson import Told
from tracker.public.formats.tables import Document, Table, Wording
from tracker.tables import LONGEST, Cell, Sheet, plain_csv, xlsx


@dataclass(frozen=True)
class Export:
    """What is to be handed out, and in which words."""

    rows: Iterable[Told]
    table: Table
    wording: Wording
    about: dict[str, Any]
    profile: str = ""

    @property
    def documents(self) -> Iterator[Document]:
        return (document for _text, document in self.rows)


@dataclass(frozen=True)
class Form:
    """The ending of an address, what is handed out under it, and how."""

    ending: str
    content_type: str
    pieces: Callable[[Export], Iterator[bytes]]
    is_packed: bool = False
    """Whether it is no smaller when packed again."""
    broken: bytes = b""
    """What is added where it breaks off, unless its end is missed anyhow: nothing that can be read."""
    most: int = 0
    """How many rows it may hold; 0 is any number."""


def _csv(export: Export) -> Iterator[bytes]:
    documents, wording = export.documents, export.wording
    rows = {
        "": export.table.rows,
        "hxl": export.table.tagged,
        "acled": acled.rows,
        "ucdp": ucdp.rows,
    }[export.profile]
    return plain_csv(rows(documents, wording))


def _geojson(export: Export) -> Iterator[bytes]:
    return geojson.collection(export.rows, export.wording, export.about)


def _lines(export: Export) -> Iterator[bytes]:
    return geojson.lines(export.rows, export.wording)


def _xlsx(export: Export) -> Iterator[bytes]:
    rows = export.table.rows(export.documents, export.wording)
    with override(export.wording.language):
        columns = [*_meanings(export.table)]
    about: list[list[Cell]] = [[name, value] for name, value in export.about.items()]
    # Names of sheets are alike in every language, for programs that ask for one.
    sheets = [Sheet("Table", map(_fitting, rows)), Sheet("About", about), Sheet("Columns", columns)]
    return xlsx(sheets)


def _geoparquet(export: Export) -> Iterator[bytes]:
    return parquet.geoparquet(export.documents, export.table, export.wording, export.about)


def _meanings(table: Table) -> Iterator[list[Cell]]:
    yield [_("Column"), _("What it holds")]
    for column in table.columns:
        yield [column.name, _(column.meaning) % (column.values or {})]


def _fitting(row: list[Cell]) -> list[Cell]:
    """What a workbook cannot hold is cut, and the cut is seen."""
    return [
        f"{cell[: LONGEST - 2]}…" if isinstance(cell, str) and len(cell) >= LONGEST else cell
        for cell in row
    ]


# A quotation that is not closed.
CSV = Form(
    "csv",
    "text/csv; charset=utf-8; header=present",
    _csv,
    broken=b'\r\n"This file broke off: ask for it again.',
)
GEOJSON = Form("geojson", "application/geo+json", _geojson)
# A text sequence (RFC 8142) begins each line with a separator that few readers know.
GEOJSON_LINES = Form(
    "geojsonl",
    "application/x-ndjson",
    _lines,
    broken=b"\nThis file broke off: ask for it again.\n",
)
XLSX = Form(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _xlsx,
    is_packed=True,
    # Beyond these a sheet comes near to what a streamed archive can hold, and hardly opens.
    most=200_000,
)
GEOPARQUET = Form("parquet", "application/vnd.apache.parquet", _geoparquet, is_packed=True)
