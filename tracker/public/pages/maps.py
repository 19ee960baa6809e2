"""The map of the incidents that answer to what was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from tracker.codebook import ESTABLISHED
from tracker.geo import tiles
from tracker.geo.bbox import BBox, around
from tracker.geo.distance import box_around
from tracker.geo.outlines import box_of
from tracker.public import outlines, statistics
from tracker.public.analytics import cells
from tracker.public.analytics.cells import Window
from tracker.public.analytics.selection import Selection
from tracker.public.charts import map as drawing
from tracker.public.charts.ground import Ground
from tracker.public.charts.map import Area
from tracker.public.models import EditionQuerySet, Kind
from tracker.public.pages.reading import Document, by_id
from tracker.public.pages.readings import ReadBy, zones

# With more than these in view, cells are counted.
MOST_MARKS = 300
# More cells than a window of a dozen by a dozen can have.
MOST_CELLS = 10_000
# How far a map reaches at least, in degrees.
LEAST_DEGREES = 0.2
# How far around a place that has no outline, in kilometres.
AROUND_KM = 40


@dataclass(frozen=True)
class Shape:
    """Incidents that are drawn as one, and the filters that pick them."""

    box: BBox
    area: Area
    look: str
    incidents: int
    query: dict[str, str]
    only: Document | None = None

    @property
    def sides(self) -> str:
        return sides(self.box)

    @property
    def is_numbered(self) -> bool:
        """Whether the number stands on the map: beside a dot, and in an area that holds it."""
        return self.incidents > 1 and (self.area.is_small or self.area.holds(self.incidents))


@dataclass(frozen=True)
class Zone:
    path: str
    told: Document


@dataclass(frozen=True)
class Map:
    """The drawing of `box`, and whose outlines are in it."""

    box: BBox
    width: float
    height: float
    outlines: list[str]
    attributions: list[str]
    zones: list[Zone]
    shapes: list[Shape]
    is_of_cells: bool

    @property
    def sides(self) -> str:
        return sides(self.box)

    @property
    def incidents(self) -> int:
        return sum(shape.incidents for shape in self.shapes)

    @property
    def geojson(self) -> str:
        """The zones, for a map that draws them itself."""
        features = [zone.told for zone in self.zones]
        return orjson.dumps({"type": "FeatureCollection", "features": features}).decode()


def sides(box: BBox) -> str:
    """As a query string tells a box: to a millionth of a degree."""
    return ",".join(f"{side:.9g}" for side in (box.west, box.south, box.east, box.north))


def drawn(asked: dict[str, Any], by: ReadBy | None, filters: Mapping[str, str]) -> Map | None:
    """The map, `filters` being what was asked as the address tells it; None where nothing that has a
    position is published, nor an outline."""
    frame = _frame(asked)
    if frame is None:
        return None
    ground = Ground(frame)
    selection = statistics.selected(asked)
    window = Window(drawing.zoom_of(ground), frame)
    found = cells.count(selection, window, most=MOST_CELLS) or []
    is_of_cells = sum(each.incidents for each in found) > MOST_MARKS
    shapes = _cells(found, window, ground) if is_of_cells else _marks(selection, ground)
    picking = [replace(each, query={**filters, **each.query}) for each in shapes]
    held = outlines.drawn_within((frame.east - frame.west) % 360 / ground.width)
    return Map(
        box=frame,
        width=ground.width,
        height=ground.height,
        outlines=[ground.path(each["geometry"]) for each in held],
        attributions=sorted({each["properties"]["attribution"] for each in held} - {""}),
        zones=[Zone(ground.path(zone["geometry"]), zone) for zone in zones(by)],
        shapes=picking,
        is_of_cells=is_of_cells,
    )


def _cells(found: list[cells.Cell], window: Window, ground: Ground) -> Iterator[Shape]:
    most = max(each.incidents for each in found)
    for each in found:
        box = drawing.holding(each.x, each.y, window.zoom)
        yield Shape(
            box=box,
            area=drawing.area(ground, tiles.box_of(each.x, each.y, window.zoom)),
            look=f"cell shade{drawing.shade(each.incidents, most)}",
            incidents=each.incidents,
            query={"bbox": sides(box)},
        )


def _marks(selection: Selection, ground: Ground) -> Iterator[Shape]:
    """One for each position that is told, the widest areas first, so that none hides another."""
    located: EditionQuerySet = selection.editions.inside(ground.box)
    at: dict[tuple[float, float], list[Document]] = defaultdict(list)
    for told in located.order_by("-entry__date_start", "-entry__public_id").values_list(
        "document", flat=True
    ):
        incident = orjson.loads(told)
        position = incident["position"]
        at[position["latitude"], position["longitude"]].append(incident)
    widths = {
        position: max(each["position"]["cell_degrees"] for each in incidents)
        for position, incidents in at.items()
    }
    for (latitude, longitude), incidents in sorted(at.items(), key=lambda pair: -widths[pair[0]]):
        box = drawing.around(latitude, longitude, widths[latitude, longitude])
        yield Shape(
            box=box,
            area=drawing.area(ground, box),
            look=f"mark {_firmness(incidents)}",
            incidents=len(incidents),
            query={"bbox": f"{longitude},{latitude},{longitude},{latitude}"},
            only=incidents[0] if len(incidents) == 1 else None,
        )


def _firmness(incidents: list[Document]) -> str:
    firm = sum(each["verification"] in ESTABLISHED for each in incidents)
    return "filled" if firm == len(incidents) else "partly" if firm else "hollow"


def _frame(asked: dict[str, Any]) -> BBox | None:
    """What the map shows: the box that was asked for, or what lies around a place, or all there is."""
    if box := asked.get("bbox") or asked.get("view"):
        return _widened(box)
    if "near" in asked:
        latitude, longitude = asked["near"]
        return _widened(box_around(latitude, longitude, asked["within_km"]))
    if len(asked.get("place", [])) == 1 and (box := _around(str(asked["place"][0]))):
        return _widened(box)
    return _home()


def _around(place: str) -> BBox | None:
    if outline := by_id(Kind.BOUNDARY, [place]).get(place):
        return box_of(outline["geometry"])
    told = by_id(Kind.PLACE, [place]).get(place)
    if told is None or told["latitude"] is None:
        return None
    return box_around(told["latitude"], told["longitude"], AROUND_KM)


def _home() -> BBox | None:
    """All outlines, and all cells in which anything lies."""
    boxes = [box_of(each["geometry"]) for each in outlines.drawn_within(1)]
    if held := cells.reach():
        boxes.append(held)
    if not boxes:
        return None
    return _widened(around(boxes))


def _widened(box: BBox) -> BBox:
    """A box in which something can be seen."""
    west, east, south, north = box.west, box.east, box.south, box.north
    if 0 <= east - west < LEAST_DEGREES:
        west, east = max(-180.0, west - LEAST_DEGREES / 2), min(180.0, east + LEAST_DEGREES / 2)
    if north - south < LEAST_DEGREES:
        south, north = max(-85.0, south - LEAST_DEGREES / 2), min(85.0, north + LEAST_DEGREES / 2)
    return BBox(west, max(-85.0, south), east, min(85.0, north))
