"""A small map of where one incident was: an area it may have been in, and never a spot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tracker.codebook import ESTABLISHED
from tracker.geo.bbox import BBox
from tracker.geo.distance import box_around
from tracker.geo.precision import reach
from tracker.public.charts.ground import Ground
from tracker.public.models import Kind
from tracker.public.pages.reading import by_id

WIDTH = 480.0
KM_PER_DEGREE = 111.2
# How much of the country is shown around the area, in its radii, and at least, in kilometres.
AROUND, LEAST_KM = 4, 20
# What a scale may measure, in kilometres.
LENGTHS = (100, 50, 20, 10, 5)


@dataclass(frozen=True)
class Locator:
    """The drawing: outlines, a circle (x, y, radius), and a scale of so many kilometres and units.

    The circle is hollow where the incident is not held to have happened.
    """

    width: float
    height: float
    outlines: list[str]
    area: tuple[float, float, float]
    is_hollow: bool
    scale_km: int
    scale: float
    within_km: int
    attributions: list[str]


def draw(incident: dict[str, Any]) -> Locator | None:
    """The map of an incident; None where no position of it is told."""
    position, precision = incident["position"], incident["geo_precision"]
    metres = reach(precision) if precision else None
    if position is None or metres is None:
        return None
    middle = position["latitude"], position["longitude"]
    # The middle of a cell is told, and the place is anywhere in it.
    corner_km = position["cell_degrees"] / 2 * KM_PER_DEGREE * math.sqrt(2)
    radius_km = metres / 1000 + corner_km
    ground = Ground(box_around(*middle, max(radius_km * AROUND, LEAST_KM)), WIDTH)
    units = ground.height / _height_km(ground.box)
    outlines = _outlines(incident["place"])
    scale_km = next(each for each in LENGTHS if each * units < WIDTH / 4 or each == LENGTHS[-1])
    return Locator(
        width=WIDTH,
        height=ground.height,
        outlines=[ground.path(each["geometry"]) for each in outlines],
        area=(*ground.point(*middle), round(radius_km * units, 1)),
        is_hollow=incident["verification"] not in ESTABLISHED,
        scale_km=scale_km,
        scale=round(scale_km * units, 1),
        within_km=round(metres / 1000),
        attributions=sorted({each["attribution"] for each in outlines if each["attribution"]}),
    )


def _height_km(box: BBox) -> float:
    return (box.north - box.south) * KM_PER_DEGREE


def _outlines(place: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The outlines held of the place and of what it lies in: always in one order, its own first."""
    if place is None:
        return []
    told = by_id(Kind.PLACE, [place["id"]]).get(place["id"], {"lies_in": []})
    ids = [place["id"], *(each["id"] for each in told["lies_in"])]
    held = by_id(Kind.BOUNDARY, ids)
    return [held[each] for each in ids if each in held]
