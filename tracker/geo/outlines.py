"""Outlines of areas: GeoJSON polygons, longitude before latitude, kept and asked."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from tracker.errors import InvalidInput
from tracker.geo.bbox import BBox

# A metre or so: what is drawn finer than that is noise.
DECIMALS = 5
_KINDS = ("Polygon", "MultiPolygon")


def mended(geometry: Any) -> Polygon | MultiPolygon:
    """A valid area from a GeoJSON geometry, rounded to 5 decimals. Raises InvalidInput.

    An outline that crosses itself is mended; lines and points left over by that are dropped.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _KINDS:
        raise InvalidInput(f"the geometry is {kind!r}: a Polygon or MultiPolygon is expected.")
    try:
        drawn = shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException as error:
        raise InvalidInput(f"the outline cannot be read: {error}.") from error
    _refuse_impossible(drawn)
    area = _areas(shapely.set_precision(_areas(shapely.make_valid(drawn)), 10**-DECIMALS))
    if area.is_empty:
        raise InvalidInput("the outline encloses nothing.")
    return area


def geojson(area: Polygon | MultiPolygon) -> dict[str, Any]:
    """The area as GeoJSON of lists and floats, exactly as a database gives it back."""
    rounded = shapely.transform(area, lambda points: np.round(points, DECIMALS))
    return json.loads(shapely.to_geojson(rounded))


def middle(area: Polygon | MultiPolygon) -> tuple[float, float]:
    """Latitude and longitude of a point that lies inside."""
    point = area.representative_point()
    return round(point.y, DECIMALS), round(point.x, DECIMALS)


def holds(geometry: dict[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a Polygon or MultiPolygon holds a position, its border included."""
    return bool(shape(geometry).covers(Point(longitude, latitude)))


def meet(geometry: dict[str, Any], box: BBox) -> bool:
    """Whether a Polygon or MultiPolygon and a box have a point in common, borders included."""
    area = shape(geometry)
    # The envelope of two corners: a point or a line where the box is no wider.
    corners = [
        MultiPoint([(west, box.south), (east, box.north)]).envelope for west, east in box.strips
    ]
    return any(area.intersects(strip) for strip in corners)


def box_of(geometry: dict[str, Any]) -> BBox:
    """The smallest box that holds a Polygon or MultiPolygon."""
    return BBox(*shape(geometry).bounds)


def simplified(geometry: dict[str, Any], tolerance: float) -> dict[str, Any]:
    """The same outline with fewer points, nowhere further off than a tolerance in degrees."""
    coarse = shape(geometry).simplify(tolerance)
    # Digits beyond the tolerance only weigh.
    return dict(mapping(shapely.set_precision(coarse, tolerance / 10)))


def _refuse_impossible(drawn: BaseGeometry) -> None:
    points = shapely.get_coordinates(drawn)
    if not len(points):
        raise InvalidInput("the outline has no points.")
    if not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        raise InvalidInput(
            "the outline leaves the earth: degrees of longitude and latitude are expected."
        )


def _areas(drawn: BaseGeometry) -> Polygon | MultiPolygon:
    """The polygons of a geometry, without the points and lines it may hold as well."""
    if isinstance(drawn, Polygon | MultiPolygon):
        return drawn
    parts = [
        part for part in shapely.get_parts(shapely.get_parts(drawn)) if isinstance(part, Polygon)
    ]
    return MultiPolygon(parts)
