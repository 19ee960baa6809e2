"""Reports as Word documents (DOCX): headings, paragraphs and tables, in either direction.

Pure: what is written is given in words, in the order in which it is read.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

# Found on every desk, and drawn for both scripts.
FONT = "Arial"
A4 = (Mm(210), Mm(297))


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Points:
    """Paragraphs in a list."""

    texts: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table under a title: the first row heads its columns, the first column its rows."""

    title: str
    rows: Sequence[Sequence[str]]


Part = Heading | Paragraph | Points | Grid


def write(
    title: str, parts: Iterable[Part], *, made_on: dt.date, language: str, is_rtl: bool
) -> bytes:
    """The document's bytes: the same for the same words on the same day."""
    document = Document()
    _prepare(document)
    _tell_of_itself(document.core_properties, title, made_on, language)
    document.add_heading(title, level=0)
    for part in parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, level=1)
        elif isinstance(part, Paragraph):
            document.add_paragraph(part.text)
        elif isinstance(part, Points):
            for text in part.texts:
                document.add_paragraph(text, style="List Bullet")
        else:
            _draw(document, part, is_rtl=is_rtl)
    _repeat_heads(document)
    if is_rtl:
        _turn(document)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written)


def _without_times(written: io.BytesIO) -> bytes:
    """The same packed anew without the hour, so that the same report is the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as held, zipfile.ZipFile(packed, "w") as anew:
        for name in held.namelist():
            anew.writestr(zipfile.ZipInfo(name), held.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _prepare(document: Any) -> None:
    """A4 sheets, with letters for both scripts."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    # Word takes the letters of other scripts from fonts named apart.
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)


def _tell_of_itself(properties: Any, title: str, made_on: dt.date, language: str) -> None:
    """What it is called, in which language, and since when: not by which program or person."""
    properties.title, properties.language = title, language
    properties.author = properties.comments = properties.last_modified_by = ""
    made = dt.datetime.combine(made_on, dt.time(), tzinfo=dt.UTC)
    properties.created = properties.modified = made


def _draw(document: Any, grid: Grid, *, is_rtl: bool) -> None:
    document.add_heading(grid.title, level=2)
    table = document.add_table(rows=0, cols=len(grid.rows[0]), style="Light Grid Accent 1")
    for texts in grid.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    if is_rtl:
        table.table_direction = WD_TABLE_DIRECTION.RTL


def _repeat_heads(document: Any) -> None:
    """Let the first row of each table head it on each sheet."""
    for table in document.element.body.iter(qn("w:tbl")):
        first = next(table.iter(qn("w:tr")))
        first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _turn(document: Any) -> None:
    """Let every paragraph begin at the right, and its letters be shaped for it."""
    for paragraph in document.element.body.iter(qn("w:p")):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.iter(qn("w:r")):
            if _runs_leftward(run.text):
                run.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _runs_leftward(text: str) -> bool:
    """Whether it holds a letter that does: a number or an address alone would be turned about."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
