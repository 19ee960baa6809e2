"""OCHA's common operational datasets of administrative units, as CSV or as a workbook."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tracker.codebook import NameKind, PlaceKind
from tracker.desk.importers import archives, cells, files
from tracker.desk.importers.drafts import NameDraft, PlaceDraft, Refusal, Row
from tracker.errors import InvalidInput

KINDS = (
    PlaceKind.COUNTRY,
    PlaceKind.GOVERNORATE,
    PlaceKind.DISTRICT,
    PlaceKind.SUBDISTRICT,
    PlaceKind.SETTLEMENT,
)
# ADM1_EN, ADM1_PCODE, ADM1ALT2AR, admin1Name_en, admin1Pcode, admin1RefName, admin1AltName1_en.
_COLUMN = re.compile(
    r"adm(?:in)?(?P<level>[0-4])(?P<what>pcode|ref(?:name)?|alt(?:name)?\d?|(?:name)?)(?P<language>en|ar)?"
)
_LATITUDES = ("latitude", "lat", "latitudey", "centerlat", "pointy", "y")
_LONGITUDES = ("longitude", "lon", "long", "longitudex", "centerlon", "pointx", "x")
# Above this a header is looked for in a sheet.
_HEADER_WITHIN = 10


@dataclass
class Columns:
    """Where a table holds what: the columns of each level, and the coordinates."""

    pcodes: dict[int, str] = field(default_factory=dict)
    names: dict[tuple[int, str], str] = field(default_factory=dict)
    aliases: dict[int, list[str]] = field(default_factory=dict)
    latitude: str = ""
    longitude: str = ""

    @property
    def narrowest(self) -> int:
        return max(self.pcodes)


@functools.lru_cache(maxsize=32)
def columns_of(header: tuple[str, ...]) -> Columns | None:
    """What each column of a table holds, or None where no level has both a P-code and a name."""
    columns = Columns()
    plain = {re.sub(r"[\W_]", "", name).lower(): name for name in header}
    for short, name in plain.items():
        if found := _COLUMN.fullmatch(short):
            _place_column(columns, found, name)
    columns.latitude = next((plain[each] for each in _LATITUDES if each in plain), "")
    columns.longitude = next((plain[each] for each in _LONGITUDES if each in plain), "")
    named = {level for level, _language in columns.names}
    columns.pcodes = {level: name for level, name in columns.pcodes.items() if level in named}
    return columns if columns.pcodes else None


def _place_column(columns: Columns, found: re.Match[str], name: str) -> None:
    level, what = int(found["level"]), found["what"]
    if what == "pcode":
        columns.pcodes[level] = name
    elif what.startswith(("ref", "alt")):
        columns.aliases.setdefault(level, []).append(name)
    elif what or found["language"]:
        columns.names[level, found["language"] or "en"] = name


def read_table(path: Path) -> Iterator[Row]:
    """The units of a CSV table, of every level. Raises InvalidInput where the file breaks off."""
    units = Units()
    with files.opened(path) as file:
        for row in files.table(file):
            if isinstance(row, Refusal):
                yield row
            else:
                yield from units.told_by(*row)


def read_workbook(path: Path) -> Iterator[Row]:
    """The units of every sheet that has P-codes. Raises InvalidInput where none has."""
    # Before it is opened, which needs all of it in memory.
    archives.members(path)
    content = files.whole(path)
    units, has_table = Units(), False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            for line, row in _sheet_rows(book.get_sheet_by_name(name).iter_rows()):
                has_table = True
                for read in units.told_by(line, row):
                    yield _of_sheet(name, read)
    except CalamineError as error:
        raise InvalidInput(f"{path.name} cannot be read as a workbook: {error}.") from error
    if not has_table:
        raise InvalidInput(
            f"{path.name} has no sheet with columns such as ADM1_PCODE and ADM1_EN; "
            f"its sheets: {', '.join(book.sheet_names)}."
        )


def _of_sheet(name: str, read: Row) -> Row:
    return Refusal(read.line, f"sheet {name}: {read.reason}") if isinstance(read, Refusal) else read


def _sheet_rows(sheet: Iterator[list[Any]]) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] | None = None
    for line, values in enumerate(sheet, start=1):
        row = [_cell(value) for value in values]
        if header is not None:
            if any(row):
                yield line, dict(zip(header, row, strict=False))
        elif columns_of(tuple(row)):
            header = row
        elif line >= _HEADER_WITHIN:
            return


def _cell(value: Any) -> str:
    """A workbook's numbers come as floats: P-code 101 as 101.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class Units:
    """The units told of so far: each row names all it lies in, and each of those is read once."""

    def __init__(self) -> None:
        self._own: set[str] = set()
        self._told: set[str] = set()

    def told_by(self, line: int, row: dict[str, str]) -> Iterator[Row]:
        columns = columns_of(tuple(row))
        if columns is None:
            yield Refusal(line, "the row has no P-code.")
            return
        chain: tuple[str, ...] = ()
        for level in sorted(columns.pcodes):
            try:
                draft = _unit(line, row, columns, level, chain)
                if draft is None:
                    continue
                is_new = self._is_new(draft.pcode, is_own=level == columns.narrowest)
            except InvalidInput as error:
                yield Refusal(line, error.message)
                return
            chain = (f"pcode:{draft.pcode}", *chain)
            if is_new:
                yield draft

    def _is_new(self, pcode: str, *, is_own: bool) -> bool:
        """Whether the unit is to be read; its own row tells more than those of what lies in it."""
        if not is_own:
            is_new = pcode not in self._told
            self._told.add(pcode)
            return is_new
        if pcode in self._own:
            raise InvalidInput(f"P-code {pcode} has been given before.")
        self._own.add(pcode)
        self._told.add(pcode)
        return True


def _unit(
    line: int, row: dict[str, str], columns: Columns, level: int, parents: tuple[str, ...]
) -> PlaceDraft | None:
    is_own = level == columns.narrowest
    if not row[columns.pcodes[level]].strip() and not is_own:
        return None
    column = columns.pcodes[level]
    pcode = cells.text(cells.number(row[column], called=column), called=column, length=20)
    name = _name(row, columns, level, "en")
    if not cells.is_latin(name):
        raise InvalidInput(f"{pcode} has no name in Latin letters.")
    latitude, longitude = None, None
    if is_own and columns.latitude and columns.longitude:
        latitude, longitude = cells.position(row[columns.latitude], row[columns.longitude])
    return PlaceDraft(
        line=line,
        codes=(f"ocha:{pcode}",),
        name=name,
        name_ar=_name(row, columns, level, "ar"),
        kind=KINDS[level],
        latitude=latitude,
        longitude=longitude,
        pcode=pcode,
        parents=parents,
        names=tuple(_aliases(row, columns.aliases.get(level, []))),
    )


def _name(row: dict[str, str], columns: Columns, level: int, language: str) -> str:
    column = columns.names.get((level, language))
    return cells.text(row[column], called=column) if column else ""


def _aliases(row: dict[str, str], names: list[str]) -> Iterator[NameDraft]:
    for column in names:
        name = cells.text(row[column], called=column)
        spelling = cells.spelling(name)
        if spelling:
            # The reference name is English without marks, the others are spellings met elsewhere.
            is_reference = "ref" in column.lower() and spelling.language != "ar"
            yield NameDraft(name, "en", NameKind.TRANSLITERATION) if is_reference else spelling
