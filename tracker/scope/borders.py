"""Borders on the earth, asked many times how near they are."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree, affinity
from shapely.geometry.base import BaseGeometry

from tracker.geo.distance import EARTH_RADIUS_KM, SPHERE_IS_OFF, box_around

Floats = NDArray[np.float64]

# GeoJSON's lines are straight in degrees, not on the ground. In steps of a tenth of a degree the two
# are never more than two metres apart.
_STEP = 0.1


class Border:
    """The border of polygons in degrees, longitude before latitude.

    Polygons that meet at the antimeridian have none between them.
    """

    def __init__(self, shape: BaseGeometry) -> None:
        self._starts, self._ends = _steps(_joined_at_the_antimeridian(shape))
        self._tree = STRtree(shapely.linestrings(np.stack([self._starts, self._ends], axis=1)))

    def within(
        self, latitude: float, longitude: float, radius_km: float
    ) -> tuple[float, float] | None:
        """Latitude and longitude of its point nearest to a position, if that is within a radius.

        The radius is taken longer by what a distance on the sphere may be off (0.6 %), and by a
        millimetre: a border is never held to be beyond it that is not.
        """
        reach = (radius_km + 1e-6) / (1 - SPHERE_IS_OFF)
        near = self._steps_near(latitude, longitude, reach)
        if not len(near):
            return None
        starts, ends = self._starts[near], self._ends[near]
        distances, shares = _nearest(
            _around(latitude, longitude, starts), _around(latitude, longitude, ends)
        )
        at = int(np.argmin(distances))
        if distances[at] > reach:
            return None
        east, north = (starts[at] + shares[at] * (ends[at] - starts[at])).tolist()
        return north, (east + 180) % 360 - 180

    def _steps_near(self, latitude: float, longitude: float, reach: float) -> NDArray[np.intp]:
        box = box_around(latitude, longitude, reach)
        boxes = [shapely.box(west, box.south, east, box.north) for west, east in box.strips]
        return np.concatenate([self._tree.query(each) for each in boxes])


def _joined_at_the_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """The shape with copies of itself one turn to either side, if it reaches ±180 degrees.

    What GeoJSON has to cut in two there touches itself again, and the cut is no border any more.
    """
    west, _south, east, _north = shape.bounds
    if not (west <= -180 or east >= 180):
        return shape
    turns = (0, -360, 360)
    return shapely.union_all([affinity.translate(shape, turn) for turn in turns])


def _steps(shape: BaseGeometry) -> tuple[Floats, Floats]:
    """The starts and the ends of the short straight lines that make the border."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(shapely.segmentize(rings, _STEP), return_index=True)
    follows = ring[1:] == ring[:-1]
    # The edge of the map along a pole is a single point of the earth.
    runs = follows & ~((np.abs(points[1:, 1]) == 90) & (np.abs(points[:-1, 1]) == 90))
    return points[:-1][runs], points[1:][runs]


def _around(latitude: float, longitude: float, points: Floats) -> Floats:
    """Kilometres east and north of a position, at true distance and bearing from it, on a sphere."""
    north, here = np.radians(points[:, 1]), np.radians(latitude)
    along = np.radians(points[:, 0] - longitude)
    half = np.sin((north - here) / 2) ** 2 + np.cos(here) * np.cos(north) * np.sin(along / 2) ** 2
    distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))
    bearing = np.arctan2(
        np.sin(along) * np.cos(north),
        np.cos(here) * np.sin(north) - np.sin(here) * np.cos(north) * np.cos(along),
    )
    return np.stack([distance * np.sin(bearing), distance * np.cos(bearing)], axis=1)


def _nearest(starts: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """How far each line is from the origin, and at which share of its length it is nearest."""
    lines = ends - starts
    lengths = np.maximum((lines**2).sum(axis=1), 1e-18)
    shares = np.clip(-(starts * lines).sum(axis=1) / lengths, 0, 1)
    nearest = starts + shares[:, None] * lines
    return np.hypot(nearest[:, 0], nearest[:, 1]), shares
