"""GeoNames: the dump of a country, and the table of alternate names (alternateNamesV2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tracker.codebook import NameKind, PlaceKind
from tracker.desk.importers import cells, files
from tracker.desk.importers.drafts import AliasDraft, NameDraft, PlaceDraft, Refusal, Row, Skipped
from tracker.errors import InvalidInput

COLUMNS = 19
UNITS = {
    "PCLI": PlaceKind.COUNTRY,
    "ADM1": PlaceKind.GOVERNORATE,
    "ADM2": PlaceKind.DISTRICT,
    "ADM3": PlaceKind.SUBDISTRICT,
}
_AREAS = """
    AREA RGN OAS BTL PRK RESV
    DSRT MT MTS HLLS PLAT PLN RDGE VAL
    LK LKS RSV STM WAD
"""
_SITES = """
    CMP CMPRF CMPL INDS MILB NVB OILF PRT
    AIRB AIRF AIRP AIRH ANS BDG CH CMTY CSTL CTRM CVNT DAM DPOF FT GATE HSP HSPC INSM MFG MN MNMT
    MSQE MSTY OILR PMPO PMPW PP PRN PS PSH PSTB PSTC PSTP RUIN SCH SHRN STDM TOWR TMB UNIV WTRW
    HLL PASS PK TMPL
    SPNG SPNGS SPNT
"""
_AREA_CODES = frozenset(_AREAS.split())
_SITE_CODES = frozenset(_SITES.split())
# Letters that Persian, Urdu or Kurdish has and Arabic has not.
_NOT_ARABIC = re.compile("[\u0672-\u06d5]")
_LANGUAGES = frozenset({"", "en", "ar", "ar-latn"})


def is_dump(line: str) -> bool:
    parts = line.split("\t")
    return len(parts) == COLUMNS and parts[0].isdecimal() and parts[6] in "ALPSTHRUV"


def is_names(line: str) -> bool:
    parts = line.split("\t")
    return 4 <= len(parts) <= 10 and parts[0].isdecimal() and parts[1].isdecimal()


def read(path: Path) -> Iterator[Row]:
    """The places of a country's dump, its units first and the widest of them before the others.

    Raises InvalidInput where the file breaks off.
    """
    units = [row for row in _rows(path, are_units=True) if isinstance(row, PlaceDraft)]
    yield from sorted(units, key=lambda unit: list(UNITS.values()).index(unit.kind))
    # What is wrong with a unit's row is said in its turn.
    told = {unit.line for unit in units}
    for row in _rows(path, are_units=False):
        if row.line not in told:
            yield row


def _rows(path: Path, *, are_units: bool) -> Iterator[Row]:
    seen: set[str] = set()
    with files.opened(path) as file:
        for row in files.tabbed(file):
            if isinstance(row, Refusal):
                yield row
            elif not (are_units and UNITS.keys().isdisjoint(row[1][7:8])):
                yield _place(*row, seen)


def read_names(path: Path) -> Iterator[Row]:
    """Names of places that another file brings. Raises InvalidInput where the file breaks off."""
    with files.opened(path) as file:
        for row in files.tabbed(file):
            yield row if isinstance(row, Refusal) else _alias(*row)


def kind_of(feature_class: str, feature_code: str) -> PlaceKind | None:
    """What the codebook calls a GeoNames feature; None where a gazetteer here has no use for it."""
    if feature_class == "P":
        return PlaceKind.NEIGHBOURHOOD if feature_code == "PPLX" else PlaceKind.SETTLEMENT
    if feature_class == "A":
        return UNITS.get(feature_code)
    if feature_code in _AREA_CODES:
        return PlaceKind.AREA
    return PlaceKind.SITE if feature_code in _SITE_CODES else None


def _place(line: int, parts: list[str], seen: set[str]) -> Row:
    try:
        if len(parts) != COLUMNS:
            raise InvalidInput(f"the line has {len(parts)} columns, not {COLUMNS}.")
        kind = kind_of(parts[6], parts[7])
        if kind is None:
            return Skipped(line)
        own = cells.number(parts[0], called="geonameid")
        if own in seen:
            raise InvalidInput(f"geonameid {own} has been given before.")
        draft = _draft(line, own, kind, parts)
    except InvalidInput as error:
        return Refusal(line, error.message)
    seen.add(own)
    return draft


def _draft(line: int, own: str, kind: PlaceKind, parts: list[str]) -> PlaceDraft:
    written = cells.text(parts[1], called="name")
    name = cells.english(cells.text(parts[2], called="asciiname") or written)
    if not cells.is_latin(name):
        raise InvalidInput("the place has no name in Latin letters.")
    latitude, longitude = cells.position(parts[4], parts[5])
    if latitude is None:
        raise InvalidInput("the place has no coordinates.")
    units = _units(parts)
    codes, parents = [f"geonames:{own}"], units
    if parts[7] in UNITS:
        depth = list(UNITS).index(parts[7])
        # A unit bears its own code; one whose row does not tell it is known by its number alone.
        own_code = [unit for unit in units if unit.count(".") == depth]
        codes += own_code
        parents = [unit for unit in units if unit.count(".") < depth]
    spellings = _spellings([written, *parts[3].split(",")])
    arabic = [spelling.name for spelling in spellings if spelling.language == "ar"]
    return PlaceDraft(
        line=line,
        codes=tuple(codes),
        name=name,
        # Of several, only the table of alternate names tells which is the usual one.
        name_ar=arabic[0] if len(arabic) == 1 else "",
        kind=kind,
        latitude=latitude,
        longitude=longitude,
        # 0 stands for unknown here.
        population=cells.people(parts[14]) or None,
        parents=tuple(parents),
        names=tuple(spellings),
    )


def _units(parts: list[str]) -> list[str]:
    """GeoNames' codes of the units around a place, the narrowest first: SY.03.0301, SY.03, SY."""
    codes: list[str] = []
    within = "geonames:"
    for part in (parts[8], *parts[10:13]):
        number = cells.text(part, called="admin code", length=20)
        if not number or number == "00":
            break
        within += f".{number}" if codes else number
        codes.insert(0, within)
    return [code for code in codes if len(code) <= 64]


def _spellings(written: list[str]) -> list[NameDraft]:
    names = [cells.text(name, called="alternatenames") for name in written]
    found = [cells.spelling(name) for name in names if not _NOT_ARABIC.search(name)]
    return [spelling for spelling in found if spelling]


def _alias(line: int, parts: list[str]) -> Row:
    try:
        if len(parts) < 4:
            raise InvalidInput(f"the line has {len(parts)} columns, fewer than 4.")
        if parts[2].lower() not in _LANGUAGES:
            return Skipped(line)
        place = cells.number(parts[1], called="geonameid")
        spelling = cells.spelling(cells.text(parts[3], called="alternate name"))
    except InvalidInput as error:
        return Refusal(line, error.message)
    if spelling is None:
        return Skipped(line)
    flags = [part == "1" for part in parts[4:8]] + [False] * 4
    is_preferred = flags[0] and not flags[3]
    is_english = parts[2] == "en" and spelling.language != "ar"
    alias = NameDraft(
        spelling.name,
        "en" if is_english else spelling.language,
        _kind_of_name(spelling, is_preferred=is_preferred, is_short=flags[1] or flags[2]),
    )
    return AliasDraft(line, f"geonames:{place}", alias, is_preferred=is_preferred)


def _kind_of_name(spelling: NameDraft, *, is_preferred: bool, is_short: bool) -> NameKind:
    """Short and colloquial names are what people say; the preferred is the official one."""
    if is_short:
        return NameKind.LOCAL
    return NameKind.OFFICIAL if is_preferred else spelling.kind
