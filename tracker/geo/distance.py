"""Distances over the ground."""

from __future__ import annotations

import math

from geopy.distance import geodesic

from tracker.geo.bbox import BBox

# The sphere's mean radius in kilometres (IUGG), and by what part a distance on it may be off the
# geodesic: 0.56 % along a meridian at the equator, less elsewhere.
EARTH_RADIUS_KM = 6371.0088
SPHERE_IS_OFF = 0.006


def haversine_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres on the sphere between two positions, each latitude and longitude in degrees."""
    (south, west), (north, east) = (map(math.radians, position) for position in (one, other))
    up, along = (north - south) / 2, (east - west) / 2
    squared = math.sin(up) ** 2 + math.cos(south) * math.cos(north) * math.sin(along) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(squared)))


def geodesic_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres on the ellipsoid WGS 84, to the millimetre; a hundred times as slow as the sphere."""
    return float(geodesic(one, other).km)


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
