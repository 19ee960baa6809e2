"""Reads truth_table.md: the agreements it tells of, under each reading, and its cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.codebook import DatePrecision, Role, Target, ZoneRule
from tracker.scope.adherence import Adherence
from tracker.scope.days import Span
from tracker.scope.facts import Circle, Facts
from tracker.scope.parties import Parties, Party
from tracker.scope.terms import Provision, Reading, Terms
from tracker.scope.zones import Zone

READINGS = ("text", "government", "opposition")
DAMASCUS = "Asia/Damascus"

Row = dict[str, str]


def box(south: float, west: float, north: float, east: float) -> dict:
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def _tables() -> Iterator[tuple[str, list[Row]]]:
    text = Path(__file__).with_name("truth_table.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        lines = [line for line in section.splitlines() if line.startswith("|")]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        if rows:
            heads, _rule, *bodies = rows
            yield section.splitlines()[0], [dict(zip(heads, row, strict=True)) for row in bodies]


TABLES = dict(_tables())
CASES = TABLES["Cases"]


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def _span(row: Row) -> Span:
    return Span(_day(row["from"]) or dt.date.min, _day(row["to"]) or dt.date.max)


def _moment(cell: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(cell).replace(tzinfo=ZoneInfo(DAMASCUS)) if cell else None


def _codes(cell: str, mark: str = ";") -> frozenset[str]:
    return frozenset(each.strip() for each in cell.split(mark) if each.strip())


def _of(section: str, agreement: str) -> list[Row]:
    return [row for row in TABLES[section] if row["agreement"] == agreement]


PARTIES = Parties(
    tuple(
        Party(
            row["party"],
            row["party"],
            row["kind"],
            parent=row["answers to"] or None,
            successor=row["turned into"] or None,
            succeeded_on=_day(row["on"]),
        )
        for row in TABLES["Parties"]
    )
)


@cache
def terms(agreement: str, reading: str = "text") -> Terms:
    """An agreement of the file, under a reading."""
    (row,) = _of("Agreements", agreement)
    (whose,) = [each["whose"] or None for each in TABLES["Readings"] if each["reading"] == reading]
    begins = _moment(row["from"])
    assert begins
    return Terms(
        agreement,
        Reading(reading, reading, whose),
        begins,
        _moment(row["to"]),
        DAMASCUS,
        provisions=tuple(
            Provision(each["provision"], each["provision"], _codes(each["acts"], ",") or None)
            for each in _of("Provisions", agreement)
        ),
        adherences=tuple(
            Adherence(
                each["party"], Role(each["role"]), _span(each), reading=each["reading"] or None
            )
            for each in _of("Roles", agreement)
        ),
        zones=tuple(
            Zone(
                each["zone"],
                each["zone"],
                ZoneRule(each["rule"]),
                box(*(float(each[side]) for side in ("south", "west", "north", "east"))),
                _span(each),
                reading=each["reading"] or None,
            )
            for each in _of("Zones", agreement)
        ),
        parties=PARTIES,
    )


def facts(case: Row) -> Facts:
    """The incident of a row."""
    first, _dash, last = case["when"].partition(" – ")
    aims = _codes(case["aimed at"])
    return Facts(
        dt.date.fromisoformat(first),
        dt.date.fromisoformat(last or first),
        DatePrecision[case["known to"].upper()],
        _circle(case["where"], case["km"]),
        acts=_codes(case["act"]),
        accused=_codes(case["accused"]),
        targets=frozenset(aim for aim in aims if aim in Target),
        target_parties=frozenset(aim for aim in aims if aim not in Target),
    )


def _circle(where: str, km: str) -> Circle | None:
    if not where:
        return None
    (place,) = [row for row in TABLES["Places"] if row["place"] == where]
    return Circle(float(place["latitude"]), float(place["longitude"]), 1000 * float(km))
