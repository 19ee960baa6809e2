"""Positions as people write and paste them, read strictly: what could mean two things is refused."""

from __future__ import annotations

from tracker.geo.coordinates import degrees, grids, links, notations
from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason
from tracker.geo.coordinates.spelling import INVISIBLE

__all__ = ["InvalidPosition", "Position", "Reason", "parse"]

LONGEST = 1000


def parse(text: str) -> Position:
    """The position a text gives. Raises InvalidPosition, an InvalidInput with a `reason`.

    Reads degrees (decimal, or with minutes and seconds, latitude first unless a hemisphere or a
    label says otherwise; English and Arabic), WKT and GeoJSON points, geo URIs, MGRS squares of 1 km
    or finer (as their middle) and links of the usual maps, none of which is opened. `0, 0` is a
    position like any other: that it lies in the sea is for the reviewer to see.
    """
    if len(text) > LONGEST:
        raise InvalidPosition(Reason.TOO_LONG, text, count=f"{len(text):,}", most=f"{LONGEST:,}")
    visible = " ".join(text.translate(INVISIBLE).split())
    if not visible:
        raise InvalidPosition(Reason.EMPTY)
    for read in (notations.read, links.read, grids.read):
        position = read(visible)
        if position is not None:
            return position
    return degrees.read(visible)
