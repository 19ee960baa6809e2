"""The ground of a map: positions and outlines as shapes of a drawing, in the web-mercator projection.

Pure. Positions are latitude, longitude in degrees; GeoJSON's own order stays inside GeoJSON. Shapes are
rounded to a tenth of a unit, and points that fall together are drawn once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.geo.bbox import BBox

Point = tuple[float, float]
# Beyond it the projection runs away (EPSG:3857).
FURTHEST_NORTH = 85.05


@dataclass(frozen=True)
class Ground:
    """A drawing of a box, `width` units wide; `height` follows from the box.

    A box across the antimeridian is drawn in one piece.
    """

    box: BBox
    width: float = 720.0

    @property
    def height(self) -> float:
        return round(self._scale * (_northing(self.box.north) - _northing(self.box.south)), 1)

    @property
    def _degrees(self) -> float:
        return (self.box.east - self.box.west) % 360 or 360

    @property
    def _scale(self) -> float:
        return self.width / math.radians(self._degrees)

    def point(self, latitude: float, longitude: float) -> Point:
        """Where a position lies: rightward from the west edge, downward from the north edge."""
        x = (longitude - self.box.west) % 360 / self._degrees * self.width
        y = self._scale * (_northing(self.box.north) - _northing(latitude))
        return round(x, 1), round(y, 1)

    def square(self, box: BBox) -> tuple[float, float, float, float]:
        """Left, top, width and height of a box."""
        left, top = self.point(box.north, box.west)
        right, bottom = self.point(box.south, box.east)
        return left, top, round(right - left, 1), round(bottom - top, 1)

    def path(self, geometry: Mapping[str, Any]) -> str:
        """The outline of a GeoJSON Polygon or MultiPolygon, as an SVG path."""
        parts = geometry["coordinates"]
        polygons = [parts] if geometry["type"] == "Polygon" else parts
        return "".join(self._ring(ring) for polygon in polygons for ring in polygon)

    def _ring(self, ring: Iterable[list[float]]) -> str:
        drawn: list[Point] = []
        for longitude, latitude, *_height in ring:
            # Not around the earth: what lies a little west of the box is drawn a little left of it.
            x = (longitude - self.box.west) / self._degrees * self.width
            y = self._scale * (_northing(self.box.north) - _northing(latitude))
            point = round(x, 1), round(y, 1)
            if not drawn or drawn[-1] != point:
                drawn.append(point)
        if len(drawn) < 3:
            return ""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) + "Z"


def _northing(latitude: float) -> float:
    held = max(-FURTHEST_NORTH, min(FURTHEST_NORTH, latitude))
    return math.log(math.tan(math.pi / 4 + math.radians(held) / 2))
