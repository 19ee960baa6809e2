"""The map of a situation report: how many incidents lie in each square, over the outlines held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracker.codebook import PlaceKind
from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.public.analytics.cells import Window
from tracker.public.charts.ground import Ground
from tracker.public.models import Edition, Facet, Kind
from tracker.public.pages.reading import documents

WIDTH = 720.0
# How many shades of a square there are.
SHADES = 4


@dataclass(frozen=True)
class Square:
    """A square of the map: left, top, width, height; where its number is written; and its box."""

    shape: tuple[float, float, float, float]
    middle: tuple[float, float]
    incidents: int
    shade: int
    bbox: str
    position: str


@dataclass(frozen=True)
class Drawn:
    width: float
    height: float
    outlines: list[str]
    squares: list[Square]
    unlocated: int


def draw(counted: dict[str, Any]) -> Drawn | None:
    """The map of a report's cells; None where no incident of it has a position."""
    cells, zoom = counted["cells"], counted["zoom"]
    if not cells:
        return None
    boxes = [tiles.box_of(cell["x"], cell["y"], zoom) for cell in cells]
    geometries = [each["geometry"] for each in _outlines()]
    ground = Ground(_around([*boxes, *map(_bounds, geometries)]), WIDTH)
    most = max(cell["incidents"] for cell in cells)
    return Drawn(
        width=WIDTH,
        height=ground.height,
        outlines=[ground.path(each) for each in geometries],
        squares=[
            _square(ground, box, zoom, cell["incidents"], most)
            for box, cell in zip(boxes, cells, strict=True)
        ],
        unlocated=counted["unlocated"],
    )


def _square(ground: Ground, box: BBox, zoom: int, incidents: int, most: int) -> Square:
    left, top, width, height = ground.square(box)
    latitude, longitude = (box.south + box.north) / 2, (box.west + box.east) / 2
    # The very box that the cell's incidents lie in: its neighbours' edges are not of it.
    own = Window(zoom, BBox(longitude, latitude, longitude, latitude)).whole
    bounds = (own.west, own.south, own.east, own.north) if own else ()
    return Square(
        shape=(left, top, width, height),
        middle=(round(left + width / 2, 1), round(top + height / 2, 1)),
        incidents=incidents,
        shade=-(-SHADES * incidents // most),
        bbox=",".join(map(repr, bounds)),
        position=f"{latitude:.1f}, {longitude:.1f}",
    )


def _outlines() -> list[dict[str, Any]]:
    """The outlines of governorates."""
    places = Facet.objects.filter(
        name="kind", value=str(PlaceKind.GOVERNORATE), edition__kind=Kind.PLACE
    )
    ids = places.values("edition__public_id")
    return documents(Edition.objects.of(Kind.BOUNDARY).filter(public_id__in=ids))


def _around(boxes: Iterable[BBox]) -> BBox:
    held = [*boxes]
    return BBox(
        min(box.west for box in held),
        min(box.south for box in held),
        max(box.east for box in held),
        max(box.north for box in held),
    )


def _bounds(geometry: dict[str, Any]) -> BBox:
    points = [*_points(geometry["coordinates"])]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return BBox(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _points(coordinates: Any) -> Iterator[list[float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for each in coordinates:
            yield from _points(each)
