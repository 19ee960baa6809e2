"""What stands on a map: cells with counts where there are many, and where there are few the area each
may have happened in.

Pure. A position is known no better than its area, so it is drawn as that, and as a dot where the area is
too small to be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.public.charts.ground import Ground, Point

# In units of the drawing: what is smaller is drawn as a dot, and how wide a digit is.
LEAST, DIGIT = 12.0, 12.0
SHADES = 5
# How many cells lie across a map, about.
ACROSS = 12


@dataclass(frozen=True)
class Area:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return round(self.x + self.width / 2, 1), round(self.y + self.height / 2, 1)

    @property
    def is_small(self) -> bool:
        return max(self.width, self.height) < LEAST

    def holds(self, number: int) -> bool:
        """Whether a number can be written in it."""
        return self.width >= DIGIT * len(f"{number:,}")


def area(ground: Ground, box: BBox) -> Area:
    return Area(*ground.square(box))


def around(latitude: float, longitude: float, side: float) -> BBox:
    """The square of so many degrees around a position, within the earth."""
    half = side / 2
    return BBox(
        max(-180.0, round(longitude - half, 6)),
        max(-90.0, round(latitude - half, 6)),
        min(180.0, round(longitude + half, 6)),
        min(90.0, round(latitude + half, 6)),
    )


def shade(number: int, most: int) -> int:
    """From 1, the lightest, to 5: each is some times as many as the one before."""
    if most <= 1:
        return 1
    return 1 + round((SHADES - 1) * math.log(number) / math.log(most))


def zoom_of(ground: Ground) -> int:
    """The zoom at which about a dozen cells lie across a drawing, or down it."""
    degrees = (ground.box.east - ground.box.west) % 360 or 360
    degrees *= max(1.0, ground.height / ground.width)
    return max(0, min(tiles.FINEST, math.floor(math.log2(360 / degrees * ACROSS))))


def holding(x: int, y: int, zoom: int) -> BBox:
    """The box that picks what a cell holds, to six decimals: its neighbours' edges are not in it."""
    box, last = tiles.box_of(x, y, zoom), 2**zoom - 1
    return BBox(
        west=_up(box.west),
        south=-90.0 if y == last else _up(box.south),
        east=180.0 if x == last else _below(box.east),
        north=90.0 if y == 0 else _below(box.north),
    )


def _up(degrees: float) -> float:
    return math.ceil(degrees * 1e6) / 1e6


def _below(degrees: float) -> float:
    return (math.ceil(degrees * 1e6) - 1) / 1e6
