"""Distances over the ground."""

from __future__ import annotations

import math

from tracker.geo.bbox import BBox

# The sphere's mean radius in kilometres (IUGG); a distance on it is within 0.6 % of the geodesic.
EARTH_RADIUS_KM = 6371.0088


def box_around(latitude: float, longitude: float, radius_km: float) -> BBox:
    """The smallest box that holds every position within a radius, poles and antimeridian included."""
    angle = radius_km / EARTH_RADIUS_KM
    reach = math.degrees(angle)
    south, north = latitude - reach, latitude + reach
    if south <= -90 or north >= 90:
        return BBox(-180, max(south, -90), 180, min(north, 90))
    width = math.degrees(math.asin(min(1, math.sin(angle) / math.cos(math.radians(latitude)))))
    return BBox(_wrapped(longitude - width), south, _wrapped(longitude + width), north)


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
