"""Who's On First: an extract as CSV, one row a place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.codebook import PlaceKind
from tracker.desk.importers import cells, files
from tracker.desk.importers.drafts import PlaceDraft, Refusal, Row, Skipped
from tracker.errors import InvalidInput
from tracker.geo.names import fold, skeleton

COLUMNS = frozenset({"wof_id", "name", "placetype", "latitude", "longitude"})
KINDS = {
    "country": PlaceKind.COUNTRY,
    "region": PlaceKind.GOVERNORATE,
    "county": PlaceKind.DISTRICT,
    "localadmin": PlaceKind.SUBDISTRICT,
    "locality": PlaceKind.SETTLEMENT,
    "borough": PlaceKind.NEIGHBOURHOOD,
    "macrohood": PlaceKind.NEIGHBOURHOOD,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD,
    "microhood": PlaceKind.NEIGHBOURHOOD,
    "campus": PlaceKind.SITE,
    "venue": PlaceKind.SITE,
}


def read(path: Path) -> Iterator[Row]:
    """Its places, one after the other. Raises InvalidInput where the file breaks off."""
    seen: set[str] = set()
    with files.opened(path) as file:
        for row in files.table(file):
            yield row if isinstance(row, Refusal) else _place(*row, seen)


def _place(line: int, row: dict[str, str], seen: set[str]) -> Row:
    # 0 is what has ceased to be; -1, which most rows have, is unknown.
    if row["placetype"] not in KINDS or row.get("is_current") == "0":
        return Skipped(line)
    try:
        own = cells.number(row["wof_id"], called="wof_id")
        if own in seen:
            raise InvalidInput(f"wof_id {own} has been given before.")
        draft = _draft(line, own, row)
    except InvalidInput as error:
        return Refusal(line, error.message)
    seen.add(own)
    return draft


def _draft(line: int, own: str, row: dict[str, str]) -> PlaceDraft:
    latin = _names(row, "alt_names_latin")
    arabic = _names(row, "alt_names_ar")
    name = cells.text(row["name"], called="name")
    name_ar = cells.text(row.get("name_ar", ""), called="name_ar")
    if cells.is_arabic(name):
        arabic.insert(0, name)
        name_ar = name_ar or name
        units = {fold(row.get(column, "")) for column in ("adm1_name", "adm2_name")}
        name = _usual(name, latin, units)
    if not name:
        raise InvalidInput("the place has no name in Latin letters.")
    latitude, longitude = cells.position(row["latitude"], row["longitude"])
    spellings = [cells.spelling(each) for each in [*latin, *arabic]]
    return PlaceDraft(
        line=line,
        codes=(f"wof:{own}", *_codes(row, "geonames_id", "geonames")),
        name=cells.english(name),
        name_ar=name_ar,
        kind=KINDS[row["placetype"]],
        latitude=latitude,
        longitude=longitude,
        population=cells.people(row.get("population", "")),
        parents=(
            *_codes(row, "adm2_wof_id", "wof"),
            *_codes(row, "adm1_wof_id", "wof"),
            *_codes(row, "adm1_pcode", "pcode"),
        ),
        names=tuple(spelling for spelling in spellings if spelling),
    )


def _usual(arabic: str, latin: list[str], units: set[str]) -> str:
    """Which of several Latin names English uses: not the one antiquity had, which may come first.

    A capital bears the name of its governorate or district; else the one that sounds like the Arabic.
    """
    consonants = skeleton(arabic)
    alike = [name for name in latin if skeleton(name) == consonants]
    named = [name for name in latin if fold(name) in units]
    return next(iter([*named, *alike, *latin]), "")


def _names(row: dict[str, str], column: str) -> list[str]:
    names = [cells.text(name, called=column) for name in row.get(column, "").split("|")]
    return list(filter(None, names))


def _codes(row: dict[str, str], column: str, authority: str) -> tuple[str, ...]:
    number = row.get(column, "").strip()
    return (f"{authority}:{cells.number(number, called=column)}",) if number else ()
