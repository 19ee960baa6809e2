"""What lies in what: by the codes an authority gives, else by the outlines that are held."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from tracker.codebook import UNITS, PlaceKind
from tracker.desk.models import Boundary, Place, PlaceCode

_WIDTH = {kind: width for width, kind in enumerate(PlaceKind)}
_PCODE = "pcode:"
# Codes asked for at once: SQLite takes some thousand values in one query.
_ASKED = 2_000


@dataclass(frozen=True)
class Spot:
    """A place whose surroundings are looked for, in degrees."""

    place_id: int | None
    kind: str
    latitude: float
    longitude: float


def known_by(codes: Collection[str]) -> dict[str, int]:
    """The key of the place each code stands for, merged ones followed; `pcode:SY03` is a P-code."""
    found: dict[str, int] = {}
    asked = sorted(codes)
    for at in range(0, len(asked), _ASKED):
        part = asked[at : at + _ASKED]
        numbers = [code.removeprefix(_PCODE) for code in part if code.startswith(_PCODE)]
        coded = Place.objects.current().filter(pcode__in=numbers).order_by("-pk")
        found |= {_PCODE + pcode: key for pcode, key in coded.values_list("pcode", "pk")}
        others = PlaceCode.objects.filter(code__in=part)
        found |= dict(others.values_list("code", "place_id"))
    return _standing(found)


def _standing(found: dict[str, int]) -> dict[str, int]:
    merged: dict[int, int] = {}
    waiting = set(found.values())
    while waiting:
        rows = Place.objects.filter(pk__in=waiting, merged_into__isnull=False)
        into = dict(rows.values_list("pk", "merged_into_id"))
        merged |= into
        waiting = set(into.values()) - set(merged)
    return {code: _last(key, merged) for code, key in found.items()}


def _last(key: int, merged: dict[int, int]) -> int:
    while key in merged:
        key = merged[key]
    return key


class Outlines:
    """The outlines that are held, asked which of them hold a spot."""

    def __init__(self) -> None:
        rows = Boundary.objects.filter(place__merged_into__isnull=True, place__kind__in=UNITS)
        held = list(rows.values_list("place_id", "place__kind", "geometry"))
        self._places = [(key, kind) for key, kind, _geometry in held]
        shapes = shapely.from_geojson([json.dumps(geometry) for _key, _kind, geometry in held])
        self._areas = shapely.area(shapes)
        self._tree = shapely.STRtree(shapes)

    def around(self, spots: Sequence[Spot]) -> list[int | None]:
        """The key of the narrowest unit that holds each spot and is wider than what lies there."""
        points = shapely.points([(spot.longitude, spot.latitude) for spot in spots])
        best: list[tuple[int, float, int] | None] = [None] * len(spots)
        for at, index in np.transpose(self._tree.query(points, predicate="intersects")):
            key, kind = self._places[index]
            spot = spots[at]
            if key == spot.place_id or _WIDTH[kind] >= _WIDTH[spot.kind]:
                continue
            rank = (-_WIDTH[kind], float(self._areas[index]), key)
            best[at] = min(best[at] or rank, rank)
        return [each[2] if each else None for each in best]


class Parents:
    """Which place lies in which, so that none comes to lie in itself, by however many others."""

    def __init__(self) -> None:
        rows = Place.objects.values_list("pk", "parent_id", "merged_into_id")
        self._parents: dict[int, int | None] = {}
        self._merged: dict[int, int] = {}
        for key, parent, into in rows.iterator():
            self._parents[key] = parent
            if into is not None:
                self._merged[key] = into

    def of(self, key: int) -> int | None:
        return self._parents.get(key)

    def put(self, key: int, parent: int) -> bool:
        """Note that one lies in the other; False, and nothing noted, where that makes a circle."""
        above: int | None = parent
        seen: set[int] = set()
        while above is not None and above not in seen:
            if above == key:
                return False
            seen.add(above)
            wider = self._parents.get(_last(above, self._merged))
            above = _last(wider, self._merged) if wider is not None else None
        self._parents[key] = parent
        return True
