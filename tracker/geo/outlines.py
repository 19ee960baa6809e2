"""Outlines of areas: GeoJSON polygons, longitude before latitude."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import Point, mapping, shape


def holds(geometry: dict[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a Polygon or MultiPolygon holds a position, its border included."""
    return bool(shape(geometry).covers(Point(longitude, latitude)))


def simplified(geometry: dict[str, Any], tolerance: float) -> dict[str, Any]:
    """The same outline with fewer points, nowhere further off than a tolerance in degrees."""
    coarse = shape(geometry).simplify(tolerance)
    # Digits beyond the tolerance only weigh.
    return dict(mapping(shapely.set_precision(coarse, tolerance / 10)))
