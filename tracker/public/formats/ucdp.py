"""Incidents in the 49 columns of UCDP's Georeferenced Event Dataset, for programs that read those.

UCDP lists events with at least one death, and these are all incidents: numbers are those the desk
leads with, and empty where it leads with none. Side A is whom the desk holds to have done it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.codebook import Group, Target
from tracker.public.formats.acled import sources
from tracker.public.formats.held import killed, perpetrators
from tracker.public.formats.tables import Document, Wording
from tracker.tables import Cell

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    *("dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id"),
    *("side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates"),
    *("where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec"),
    *("date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low", "gwnoa", "gwnob"),
)
ONE_SIDED = 3
# What a single incident is; 2 is a sum of several.
CLEAR = 1
_DEATHS = (Group.SIDE_A, Group.SIDE_B, Group.CIVILIANS, Group.UNKNOWN)
# Cells of half a degree, numbered from the south-west.
_GRID = 0.5
_CELLS_AROUND = 720


def rows(documents: Iterable[Document], wording: Wording) -> Iterator[list[Cell]]:
    """The names of the columns, and a row for each incident."""
    yield [*COLUMNS]
    for told in documents:
        known = _who(told, wording) | _sources(told, wording) | _where(told, wording)
        known |= _when(told) | _deaths(told)
        yield [known.get(name) for name in COLUMNS]


def _who(told: Document, wording: Wording) -> dict[str, Cell]:
    by, against = perpetrators(told), told["target_parties"]
    is_one_sided = bool(by) and Target.CIVILIANS in told["targets"] and not against
    side_a = "; ".join(wording.name(party) for party in by)
    side_b = "Civilians" if is_one_sided else "; ".join(wording.name(each) for each in against)
    return {
        "id": told["id"],
        "type_of_violence": ONE_SIDED if is_one_sided else None,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else "",
        "side_a": side_a,
        "side_b": side_b,
    }


def _sources(told: Document, wording: Wording) -> dict[str, Cell]:
    reports = told["reports"]
    claimants = (wording.name(report["claimant"]) for report in reports)
    named = {report["source"]["id"] for report in reports} - {None}
    return {
        "number_of_sources": len(named) or None,
        "source_office": sources(told, wording),
        "source_date": _joined(report["stated_on"] for report in reports),
        "source_headline": told["title"],
        "source_original": _joined(claimants),
    }


def _joined(texts: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _where(told: Document, wording: Wording) -> dict[str, Cell]:
    lineage = told["lineage"]
    return {
        "where_prec": told["geo_precision"],
        "where_coordinates": wording.name(told["place"]),
        "adm_1": wording.name(lineage.get("governorate")),
        "adm_2": wording.name(lineage.get("district")),
        "country": wording.name(lineage.get("country")),
        **(_position(told["position"]) if told["position"] else {}),
    }


def _position(position: dict[str, Any]) -> dict[str, Cell]:
    latitude, longitude = position["latitude"], position["longitude"]
    row, column = math.floor((latitude + 90) / _GRID), math.floor((longitude + 180) / _GRID)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": row * _CELLS_AROUND + column + 1,
    }


def _when(told: Document) -> dict[str, Cell]:
    return {
        "year": int(told["date_start"][:4]),
        "event_clarity": CLEAR,
        "date_prec": told["date_precision"],
        "date_start": f"{told['date_start']} 00:00:00.000",
        "date_end": f"{told['date_end']} 00:00:00.000",
    }


def _deaths(told: Document) -> dict[str, Cell]:
    led = killed(told)
    found: dict[str, Cell] = {
        group.elsewhere["ucdp"]: each["figure"]["best"]
        for group in _DEATHS
        if (each := killed(told, group.value))
    }
    return found | ({name: led["figure"][name] for name in ("best", "high", "low")} if led else {})
