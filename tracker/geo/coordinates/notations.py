"""Positions in the notations that have a standard: WKT, GeoJSON and geo URIs."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason

_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*([,;~/_ ])\s*({_NUMBER})\s*")
_IS_WKT = re.compile(
    r"(?:SRID=[0-9]+; ?)?(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)[ ZM]*(?:\(|EMPTY)",
    re.IGNORECASE,
)
_WKT = re.compile(r"(?:SRID=[0-9]+; ?)?[A-Z]+ ?(?:ZM?|M)? ?(?:\(|EMPTY)", re.IGNORECASE)
_WKT = re.compile(
    rf"(?:SRID=([0-9]+); ?)?POINT ?(?:Z ?)?\( ?({_NUMBER}) ({_NUMBER})(?: {_NUMBER})? ?\)",
    re.IGNORECASE,
)
_WGS_84 = "4326"
# RFC 5870: latitude, longitude, perhaps a height, then parameters; Android adds a query.
_GEO_URI = re.compile(
    rf"geo:({_NUMBER}),({_NUMBER})(?:,{_NUMBER})?((?:;[^;?]*)*)(?:\?(.*))?", re.IGNORECASE
)


def read(text: str) -> Position | None:
    """The position of a point, or None where the text is in none of these notations.

    WKT and GeoJSON have the longitude first. Heights and uncertainties are left out. Raises
    InvalidPosition for whatever is no point of WGS 84.
    """
    if text.startswith("{"):
        return _geojson(text)
    if text[:4].casefold() == "geo:":
        return _geo_uri(text)
    if _IS_WKT.match(text):
        return _wkt(text)
    return None


def pair(text: str, *, separator: str = ",", is_longitude_first: bool = False) -> Position | None:
    """The position that two decimal numbers give, or None where the text is not just that."""
    found = _PAIR.fullmatch(text)
    if found is None or found[2] != separator:
        return None
    one, other = float(found[1]), float(found[3])
    return Position.on_earth(other, one) if is_longitude_first else Position.on_earth(one, other)


def _wkt(text: str) -> Position:
    found = _WKT.fullmatch(text)
    if found is None:
        raise InvalidPosition(Reason.NOT_A_POINT, text)
    system, longitude, latitude = found.groups()
    if system not in {None, _WGS_84}:
        raise InvalidPosition(Reason.OTHER_SYSTEM, text)
    return Position.on_earth(float(latitude), float(longitude))


def _geojson(text: str) -> Position:
    try:
        # As floats, numbers of hundreds of digits are infinite and no error.
        geometry = json.loads(text, parse_int=float)
    except (ValueError, RecursionError):
        raise InvalidPosition(Reason.NOT_A_POINT, text) from None
    if "crs" in geometry:
        raise InvalidPosition(Reason.OTHER_SYSTEM, text)
    if geometry.get("type") == "Feature" and isinstance(geometry.get("geometry"), dict):
        geometry = geometry["geometry"]
    coordinates = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not _are_numbers(coordinates):
        raise InvalidPosition(Reason.NOT_A_POINT, text)
    return Position.on_earth(coordinates[1], coordinates[0])


def _are_numbers(coordinates: Any) -> bool:
    return (
        isinstance(coordinates, list)
        and 2 <= len(coordinates) <= 3
        and all(isinstance(each, float) for each in coordinates)
    )


def _geo_uri(text: str) -> Position:
    found = _GEO_URI.fullmatch(text)
    if found is None:
        raise InvalidPosition(Reason.NOT_A_POINT, text)
    latitude, longitude, parameters, query = found.groups()
    given = dict(each.casefold().partition("=")[::2] for each in parameters.split(";") if each)
    if given.get("crs", "wgs84") != "wgs84":
        raise InvalidPosition(Reason.OTHER_SYSTEM, text)
    sought = parse_qs(query or "").get("q")
    if sought is None:
        return Position.on_earth(float(latitude), float(longitude))
    # geo:0,0?q=33.51,36.29(Damascus): the query is the point, what precedes it the view.
    position = pair(sought[0].partition("(")[0])
    if position is None:
        raise InvalidPosition(Reason.NOT_A_POINT, text)
    return position
