"""Web-mercator tiles at one zoom: an integer that an index can use to find what lies near."""

from __future__ import annotations

import math

from tracker.geo.bbox import BBox

ZOOM = 8
SIDE = 2**ZOOM
# A box wider than this is served better by the date index than by a list of tiles.
MOST_TILES = 64


def tile_of(latitude: float, longitude: float) -> int:
    """The number of the tile that holds a position, rows from the north, 0 to SIDE² - 1."""
    return _row(latitude) * SIDE + _column(longitude)


def tiles_of(box: BBox) -> list[int] | None:
    """The tiles a box touches, or None where they are too many to be worth listing."""
    rows = range(_row(box.north), _row(box.south) + 1)
    columns = {
        column for west, east in box.strips for column in range(_column(west), _column(east) + 1)
    }
    if len(rows) * len(columns) > MOST_TILES:
        return None
    return [row * SIDE + column for row in rows for column in sorted(columns)]


def _column(longitude: float) -> int:
    return min(int((longitude + 180) / 360 * SIDE), SIDE - 1)


def _row(latitude: float) -> int:
    # The projection is infinite at the poles: what lies beyond its edge belongs to the edge row.
    bounded = math.radians(max(-85.0511, min(85.0511, latitude)))
    y = (1 - math.asinh(math.tan(bounded)) / math.pi) / 2
    return max(0, min(int(y * SIDE), SIDE - 1))
