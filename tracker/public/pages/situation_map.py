"""The map of a situation report: how many incidents lie in each square, over the outlines held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.geo import tiles
from tracker.geo.bbox import around
from tracker.geo.outlines import box_of
from tracker.public import outlines
from tracker.public.charts.ground import Ground
from tracker.public.charts.map import Area, area, holding
from tracker.public.pages.maps import sides

WIDTH = 720.0
# How far outlines may be drawn from where they are: less than a unit of a country's drawing.
FINE_DEGREES = 0.01
# How many shades of a square there are.
SHADES = 4


@dataclass(frozen=True)
class Square:
    """A square of the map, and the box that picks what lies in it."""

    area: Area
    incidents: int
    shade: int
    bbox: str
    position: str


@dataclass(frozen=True)
class Drawn:
    width: float
    height: float
    outlines: list[str]
    attributions: list[str]
    squares: list[Square]
    unlocated: int


def draw(counted: dict[str, Any]) -> Drawn | None:
    """The map of a report's cells; None where no incident of it has a position."""
    cells, zoom = counted["cells"], counted["zoom"]
    if not cells:
        return None
    most = max(cell["incidents"] for cell in cells)
    boxes = [tiles.box_of(cell["x"], cell["y"], zoom) for cell in cells]
    held = outlines.drawn_within(FINE_DEGREES)
    ground = Ground(around([*boxes, *(box_of(each["geometry"]) for each in held)]), WIDTH)
    return Drawn(
        width=WIDTH,
        height=ground.height,
        outlines=[ground.path(each["geometry"]) for each in held],
        attributions=sorted({each["properties"]["attribution"] for each in held} - {""}),
        squares=[_square(ground, cell, zoom, most) for cell in cells],
        unlocated=counted["unlocated"],
    )


def _square(ground: Ground, cell: dict[str, Any], zoom: int, most: int) -> Square:
    box, incidents = tiles.box_of(cell["x"], cell["y"], zoom), cell["incidents"]
    drawn = area(ground, box)
    latitude, longitude = (box.south + box.north) / 2, (box.west + box.east) / 2
    return Square(
        area=drawn,
        incidents=incidents,
        shade=-(-SHADES * incidents // most),
        bbox=sides(holding(cell["x"], cell["y"], zoom)),
        position=f"{latitude:.1f}, {longitude:.1f}",
    )
