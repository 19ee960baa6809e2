"""Boxes on the earth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tracker.errors import InvalidInput


@dataclass(frozen=True)
class BBox:
    """A box in degrees, GeoJSON order; one whose west exceeds its east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `west,south,east,north`. Raises InvalidInput, naming what is wrong."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise InvalidInput(
                f"{text!r} is not a box: give west,south,east,north in degrees."
            ) from None
        if not all(math.isfinite(side) for side in (west, south, east, north)):
            raise InvalidInput(f"{text!r} is not a box: every side must be a finite number.")
        if not (-180 <= west <= 180 and -180 <= east <= 180):
            raise InvalidInput(f"{text!r} lies outside the earth: longitudes run from -180 to 180.")
        if not (-90 <= south <= 90 and -90 <= north <= 90):
            raise InvalidInput(f"{text!r} lies outside the earth: latitudes run from -90 to 90.")
        if south > north:
            raise InvalidInput(
                f"{text!r} is upside down: south {south:g} is above north {north:g}."
            )
        return cls(west, south, east, north)

    @property
    def crosses_antimeridian(self) -> bool:
        return self.west > self.east

    @property
    def strips(self) -> list[tuple[float, float]]:
        """West and east of each strip of longitudes it covers, where -180 and 180 are one line."""
        if self.crosses_antimeridian:
            return [(self.west, 180.0), (-180.0, self.east)]
        strips = [(self.west, self.east)]
        if self.west == -180:
            strips.append((180.0, 180.0))
        if self.east == 180:
            strips.append((-180.0, -180.0))
        return strips


def around(boxes: Sequence[BBox]) -> BBox:
    """The smallest box that holds all of these, of which none crosses the antimeridian."""
    return BBox(
        min(box.west for box in boxes),
        min(box.south for box in boxes),
        max(box.east for box in boxes),
        max(box.north for box in boxes),
    )
