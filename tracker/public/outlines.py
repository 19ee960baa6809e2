"""The outlines of countries and governorates that are published, as maps draw them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson

from tracker.codebook import PlaceKind
from tracker.geo import outlines
from tracker.public.models import Edition, Kind

WIDE = (PlaceKind.COUNTRY, PlaceKind.GOVERNORATE)
# How far an outline may be drawn from where it is, in degrees, from the finest: a hundred metres.
TOLERANCES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
# What all of them may weigh, in bytes: packed they are less than half of it.
MOST_BYTES = 120_000

Features = list[dict[str, Any]]
# Public id and hash of an edition: whatever is made of it holds as long as they do.
Held = tuple[tuple[str, str], ...]


def drawn() -> Features:
    """All of them as GeoJSON features, as finely as they may weigh."""
    held = _held()
    for tolerance in TOLERANCES[:-1]:
        features = _simplified(*held, tolerance)
        if len(orjson.dumps(features)) <= MOST_BYTES:
            return features
    return _simplified(*held, TOLERANCES[-1])


def drawn_within(tolerance: float) -> Features:
    """The same, drawn no further off than so many degrees."""
    fitting = [each for each in TOLERANCES if each <= tolerance]
    return _simplified(*_held(), max(fitting, default=TOLERANCES[0]))


def _held() -> tuple[Held, Held]:
    """The places, and the outlines that there are of them."""
    places = Edition.objects.of(Kind.PLACE).with_facet("kind", [*WIDE])
    boundaries = Edition.objects.of(Kind.BOUNDARY).filter(public_id__in=places.values("public_id"))
    told = [
        tuple(editions.order_by("public_id").values_list("public_id", "digest"))
        for editions in (places, boundaries)
    ]
    return told[0], told[1]


@lru_cache(maxsize=16)
def _simplified(places: Held, boundaries: Held, tolerance: float) -> Features:
    named = _documents(Kind.PLACE, (public_id for public_id, _digest in places))
    held = _documents(Kind.BOUNDARY, (public_id for public_id, _digest in boundaries))
    return [
        {
            "type": "Feature",
            "id": public_id,
            "properties": {
                **{member: named[public_id][member] for member in ("name", "name_ar", "kind")},
                "attribution": held[public_id]["attribution"],
            },
            "geometry": outlines.simplified(held[public_id]["geometry"], tolerance),
        }
        for public_id, _digest in boundaries
        if public_id in held and public_id in named
    ]


def _documents(kind: Kind, public_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    editions = Edition.objects.of(kind).filter(public_id__in=[*public_ids])
    return {
        public_id: orjson.loads(document)
        for public_id, document in editions.values_list("public_id", "document")
    }
