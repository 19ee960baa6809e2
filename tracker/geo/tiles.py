"""Web-mercator tiles: at one zoom an integer that an index can use to find what lies near, and at any
zoom the cells of a map."""

from __future__ import annotations

import math

from tracker.geo.bbox import BBox

ZOOM = 8
SIDE = 2**ZOOM
# The finest cells that incidents are counted in: some eight kilometres wide in Syria.
FINEST = 12
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


def cell_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Column from the west and row from the north of the tile that holds a position at a zoom."""
    side = 2**zoom
    return _column(longitude, side), _row(latitude, side)


def around(tile: int, zoom: int) -> tuple[int, int]:
    """Column and row of the cell that a tile lies in, at a zoom not above the tiles' own."""
    row, column = divmod(tile, SIDE)
    return column >> ZOOM - zoom, row >> ZOOM - zoom


def box_of(x: int, y: int, zoom: int) -> BBox:
    """The box of a tile, whose south and east edges are its neighbours'."""
    side = 2**zoom
    west, east = (360 * column / side - 180 for column in (x, x + 1))
    north, south = (_latitude(row / side) for row in (y, y + 1))
    return BBox(west, south, east, north)


def _latitude(part: float) -> float:
    """The latitude that lies so far down the map, as a part of its height."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * part))))


def _column(longitude: float, side: int = SIDE) -> int:
    return min(int((longitude + 180) / 360 * side), side - 1)


def _row(latitude: float, side: int = SIDE) -> int:
    # The projection is infinite at the poles: what lies beyond its edge belongs to the edge row.
    bounded = math.radians(max(-85.0511, min(85.0511, latitude)))
    y = (1 - math.asinh(math.tan(bounded)) / math.pi) / 2
    return max(0, min(int(y * side), side - 1))
