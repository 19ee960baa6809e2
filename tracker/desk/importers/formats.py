"""What a file is, told by what it holds and not by its name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.desk.importers import archives, files, geonames, ocha, outlines, whos_on_first
from tracker.desk.importers.drafts import Row
from tracker.errors import InvalidInput

READ = """\
boundaries as GeoJSON (OCHA, Who's On First, geoBoundaries), a Who's On First extract as CSV, a \
GeoNames country dump or its alternateNamesV2 (tab-separated), OCHA's P-code tables as CSV or XLSX"""
_START = 65_536
# Lines a table is told by: the first may be damaged.
_TRIED = 20


@dataclass(frozen=True)
class Source:
    """A file and how it is read."""

    path: Path
    label: str
    reader: Callable[[Path], Iterator[Row]]
    rank: tuple[int, int]
    """Files are loaded in this order: the wide before what lies in it, places before their names."""

    def rows(self) -> Iterator[Row]:
        return self.reader(self.path)


def recognise(path: Path) -> Source:
    """How a file is to be read. Raises InvalidInput, naming what was found and what is read."""
    start = files.start(path, _START)
    if start.startswith(b"PK\x03\x04"):
        return _packed(path)
    text = start.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith(("{", "[")):
        return Source(path, "boundaries", outlines.read, (0, outlines.level(path)))
    return _table(path, text.splitlines())


def _packed(path: Path) -> Source:
    names = archives.members(path)
    if "xl/workbook.xml" in names:
        return Source(path, "OCHA workbook", ocha.read_workbook, (1, 0))
    raise InvalidInput(
        f"{path.name} is a zip archive of {', '.join(names[:3]) or 'nothing'}: unpack it first."
    )


def _table(path: Path, lines: list[str]) -> Source:
    tried = lines[:_TRIED]
    if any(geonames.is_dump(line) for line in tried):
        return Source(path, "GeoNames", geonames.read, (1, 2))
    if any(geonames.is_names(line) for line in tried):
        return Source(path, "GeoNames alternate names", geonames.read_names, (2, 0))
    header = _header(lines)
    if set(header) >= whos_on_first.COLUMNS:
        return Source(path, "Who's On First", whos_on_first.read, (1, 1))
    if ocha.columns_of(header):
        return Source(path, "OCHA table", ocha.read_table, (1, 0))
    raise InvalidInput(f"{path.name} begins with {_seen(lines)}. Read are: {READ}.")


def _header(lines: list[str]) -> tuple[str, ...]:
    line = lines[0] if lines else ""
    separator = max(",;\t", key=line.count)
    return tuple(name.strip() for name in next(csv.reader([line], delimiter=separator), []))


def _seen(lines: list[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return repr(first[:80]) if first else "nothing"
