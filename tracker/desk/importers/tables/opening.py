"""What a file is, told by what it holds and never by its name."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from tracker.desk.importers import files
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import encodings
from tracker.desk.importers.tables.delimited import open_delimited
from tracker.desk.importers.tables.features import open_features
from tracker.desk.importers.tables.pieces import pieces
from tracker.desk.importers.tables.table import Choices, Limits, Table
from tracker.desk.importers.tables.workbooks import check_archive, open_workbook
from tracker.errors import InvalidFor

# Names of formats are the same in every language.
_OTHERS = {
    rb"%PDF-": "PDF",
    rb"\x89PNG": "PNG",
    rb"\xff\xd8\xff": "JPEG",
    rb"GIF8[79]a": "GIF",
    rb"RIFF....WEBP": "WebP",
    rb"MZ.{1,62}\0": "EXE",
    rb"\x7fELF": "ELF",
    rb"Rar!\x1a": "RAR",
    rb"7z\xbc\xaf\x27": "7z",
    rb"BZh\d1AY&SY": "bzip2",
    rb"\xfd7zXZ\0": "xz",
    rb"\x28\xb5\x2f\xfd": "Zstandard",
    rb"SQLite format 3\0": "SQLite",
    rb"PAR1.*\0": "Parquet",
    rb"\{\\rtf": "RTF",
    rb"\xff\xfe\0\0|\0\0\xfe\xff": "UTF-32",
    rb"(?i:\s*<(?:!doctype html|html|head|body|table|meta))": "HTML",
    rb"(?i:\s*<(?:\?xml|svg|!doctype))": "XML",
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the directory of an OLE file lists, in this order of precedence.
_OLE_PARTS = {"EncryptedPackage": "", "WordDocument": "DOC", "PowerPoint Document": "PPT"}
_JSON = re.compile(rb'\s*(?:\{\s*(?:"\w+"\s*:|\})|\[\s*(?:[\[{]|\]))|\x1e\s*\{')
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f]")
# No text has as many control characters, in parts of the whole.
_MOST_CONTROLS = 0.1
_START = 4096
NO_CHOICES, LIMITS = Choices(), Limits()


def open_table(path: Path, choices: Choices = NO_CHOICES, limits: Limits = LIMITS) -> Table:
    """A file as a table. Raises InvalidInput, naming what was found and what is read."""
    with files.opened(path):
        size = path.stat().st_size
    if size > limits.size:
        found, limit = files.megabytes(size), files.megabytes(limits.size)
        raise InvalidFor(Why.FILE_TOO_LARGE, name=path.name, found=found, limit=limit)
    start = next(pieces(path, limits), b"")[:_START]
    if not start:
        raise InvalidFor(Why.EMPTY_FILE, name=path.name)
    if start.startswith((*_ZIP, _OLE)):
        return _container(path, start, choices, limits)
    if not choices.encoding and not encodings.has_bom(start):
        _refuse_others(path, start)
    if _JSON.match(start.removeprefix(b"\xef\xbb\xbf")):
        return open_features(path, limits)
    return open_delimited(path, choices, limits)


def _container(path: Path, start: bytes, choices: Choices, limits: Limits) -> Table:
    with path.open("rb") as file:
        if not file.read(8).startswith(start[:4]):
            raise InvalidFor(Why.PACKED, name=path.name)
    if start.startswith(_OLE):
        _refuse_other_ole(path, limits)
        return open_workbook(path, choices, limits)
    names = check_archive(path, limits)
    # Of XLSX, XLSM, XLSB and ODS.
    if {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}.isdisjoint(names):
        found = ", ".join(islice(names, 3)) or "-"
        raise InvalidFor(Why.ARCHIVE, name=path.name, found=found)
    return open_workbook(path, choices, limits)


def _refuse_other_ole(path: Path, limits: Limits) -> None:
    content = b"".join(pieces(path, limits, most=limits.whole))
    for part, found in _OLE_PARTS.items():
        if part.encode("utf-16-le") in content:
            if not found:
                raise InvalidFor(Why.ENCRYPTED, name=path.name)
            raise InvalidFor(Why.OTHER_KIND, name=path.name, found=found)


def _refuse_others(path: Path, start: bytes) -> None:
    for pattern, found in _OTHERS.items():
        if re.match(pattern, start, re.DOTALL):
            raise InvalidFor(Why.OTHER_KIND, name=path.name, found=found)
    controls = len(_CONTROLS.findall(start))
    if controls > _MOST_CONTROLS * len(start) and not encodings.is_unmarked_utf16(start):
        raise InvalidFor(Why.NO_KNOWN_KIND, name=path.name)
