"""Areas as people give them: GeoJSON read strictly, and mended where there is no doubt what is meant."""

from __future__ import annotations

import math
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from tracker.errors import InvalidFor, InvalidInput, Told, gettext_noop, quoted
from tracker.geo import outlines
from tracker.geo.bbox import BBox

MOST_POINTS = 20_000
# What programs write that still name a system, which RFC 7946 does no more: it is the same one.
_WGS_84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


class Reason(Told):
    """Why no area can be read."""

    NO_JSON = (
        "no_json",
        gettext_noop("This is no GeoJSON: line %(line)s, column %(column)s cannot be read."),
    )
    OTHER_JSON = (
        "other_json",
        gettext_noop(
            "This is JSON, but no GeoJSON of an area: a Feature, FeatureCollection, Polygon or"
            " MultiPolygon is expected, not “%(value)s”."
        ),
    )
    NO_POLYGON = (
        "no_polygon",
        gettext_noop("It holds no polygon: points and lines enclose nothing."),
    )
    OTHER_SYSTEM = (
        "other_system",
        gettext_noop(
            "It says that its coordinates are of another system: degrees of WGS 84 are expected."
        ),
    )
    NO_CORNER = (
        "no_corner",
        gettext_noop(
            "Polygon %(number)s has “%(value)s” for a corner: two numbers are expected, longitude"
            " and latitude in degrees."
        ),
    )
    TOO_FEW = (
        "too_few",
        gettext_noop(
            "Polygon %(number)s has %(count)s corners: it takes at least three to enclose anything."
        ),
    )
    TOO_MANY = (
        "too_many",
        gettext_noop("It has %(count)s points: simplify it to %(most)s at most."),
    )
    OFF_THE_EARTH = (
        "off_the_earth",
        gettext_noop(
            "Polygon %(number)s leaves the earth at longitude %(longitude)s, latitude %(latitude)s:"
            " degrees of WGS 84 are expected."
        ),
    )
    LATITUDE_FIRST = (
        "latitude_first",
        gettext_noop(
            "Polygon %(number)s seems to give the latitude first (%(longitude)s, %(latitude)s):"
            " GeoJSON has the longitude first. Swap the two numbers of each corner."
        ),
    )
    ENCLOSES_NOTHING = (
        "encloses_nothing",
        gettext_noop(
            "Polygon %(number)s encloses nothing: its corners lie in a line, or within a metre."
        ),
    )


class Repair(Told):
    """What was mended, or may surprise."""

    CLOSED = (
        "closed",
        gettext_noop("An outline was not closed: its last corner has been joined to its first."),
    )
    UNCROSSED = (
        "uncrossed",
        gettext_noop(
            "An outline crossed itself and has been mended: look whether the area is what you mean."
        ),
    )
    UNITED = "united", gettext_noop("Parts that overlapped have been united.")
    HOLED = "holed", gettext_noop("It has holes: what lies in them is no part of it.")
    LEFT_OUT = "left_out", gettext_noop("It held points or lines too: they have been left out.")


class InvalidArea(InvalidFor):
    """No area can be read."""


@dataclass(frozen=True)
class Drawn:
    """A valid area, and what was mended for it to be one."""

    area: Polygon | MultiPolygon
    repairs: tuple[Repair, ...] = ()

    @property
    def geojson(self) -> dict[str, Any]:
        """A Polygon or MultiPolygon, longitude before latitude, rounded to 5 decimals."""
        return outlines.geojson(self.area)


def read(text: str | bytes) -> Drawn:
    """The area of a GeoJSON text: all its polygons, united. Raises InvalidArea."""
    # Some editors put a mark before the text.
    text = text.removeprefix("\ufeff") if isinstance(text, str) else text.removeprefix(BOM_UTF8)
    repairs: set[Repair] = set()
    polygons = list(_polygons(_content(text), repairs))
    if not polygons:
        raise InvalidArea(Reason.NO_POLYGON)
    count = sum(len(ring) for rings in polygons for ring in rings if isinstance(ring, list))
    if count > MOST_POINTS:
        raise InvalidArea(Reason.TOO_MANY, count=f"{count:,}", most=f"{MOST_POINTS:,}")
    parts = [_part(number, rings, repairs) for number, rings in enumerate(polygons, start=1)]
    return _united(parts, repairs)


def united(geometries: Iterable[dict[str, Any]]) -> Drawn:
    """Areas that are held, as one: they were mended when they were taken in. Raises InvalidArea."""
    found = _united([shapely.make_valid(shape(each)) for each in geometries], set())
    count = shapely.get_num_coordinates(found.area)
    if count > MOST_POINTS:
        raise InvalidArea(Reason.TOO_MANY, count=f"{count:,}", most=f"{MOST_POINTS:,}")
    # That neighbours share a border, or have an enclave, surprises nobody.
    return Drawn(found.area)


def swapped(area: Polygon | MultiPolygon) -> Polygon | MultiPolygon | None:
    """The same with latitude and longitude exchanged; None where the earth has no such place."""
    turned = shapely.transform(area, lambda points: points[:, ::-1])
    return turned if abs(turned.bounds[1]) <= 90 and abs(turned.bounds[3]) <= 90 else None


def box_around(area: Polygon | MultiPolygon, *, margin: float) -> BBox:
    """The box an area lies in, widened by a margin in degrees."""
    west, south, east, north = area.bounds
    return BBox(
        max(west - margin, -180),
        max(south - margin, -90),
        min(east + margin, 180),
        min(north + margin, 90),
    )


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two GeoJSON areas have more than their borders in common."""
    first, second = shape(one), shape(other)
    # Neighbours whose common border was rounded overlap by a hair.
    return bool(first.intersection(second).area > min(first.area, second.area) / 1_000_000)


def _content(text: str | bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidArea(
            Reason.NO_JSON, line=str(error.lineno), column=str(error.colno)
        ) from error


def _polygons(content: Any, repairs: set[Repair]) -> Iterator[list[Any]]:
    """The outlines of each polygon, in the order they are written."""
    waiting = [content]
    while waiting:
        found = waiting.pop()
        kind = _kind(found)
        if kind == "FeatureCollection":
            waiting += reversed(_list(found.get("features"), kind))
        elif kind == "GeometryCollection":
            waiting += reversed(_list(found.get("geometries"), kind))
        elif kind == "Feature":
            waiting += [found["geometry"]] if found.get("geometry") else []
        elif kind == "Polygon":
            yield _list(found.get("coordinates"), kind)
        elif kind == "MultiPolygon":
            yield from (_list(each, kind) for each in _list(found.get("coordinates"), kind))
        elif kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
            repairs.add(Repair.LEFT_OUT)
        else:
            raise InvalidArea(Reason.OTHER_JSON, value=_quoted(kind))


def _kind(found: Any) -> Any:
    if not isinstance(found, dict):
        return found
    if found.get("crs", _WGS_84) != _WGS_84:
        raise InvalidArea(Reason.OTHER_SYSTEM)
    return found.get("type")


def _list(found: Any, kind: str) -> list[Any]:
    if not isinstance(found, list):
        raise InvalidArea(Reason.OTHER_JSON, value=_quoted(kind))
    return found


def _quoted(value: Any) -> str:
    return quoted(value if isinstance(value, str) else orjson.dumps(value).decode())


def _part(number: int, rings: list[Any], repairs: set[Repair]) -> Polygon | MultiPolygon:
    """One polygon, mended. Raises InvalidArea."""
    if not rings:
        raise InvalidArea(Reason.TOO_FEW, number=str(number), count="0")
    sound = [_ring(number, ring, repairs) for ring in rings]
    if not shapely.is_valid(Polygon(sound[0], sound[1:])):
        repairs.add(Repair.UNCROSSED)
    try:
        return outlines.mended({"type": "Polygon", "coordinates": sound})
    except InvalidInput as error:
        raise InvalidArea(Reason.ENCLOSES_NOTHING, number=str(number)) from error


def _ring(number: int, ring: Any, repairs: set[Repair]) -> list[list[float]]:
    """A closed outline. Raises InvalidArea."""
    if not isinstance(ring, list):
        raise InvalidArea(Reason.NO_CORNER, number=str(number), value=_quoted(ring))
    corners = [_corner(number, corner) for corner in ring]
    distinct = {tuple(corner) for corner in corners}
    if len(distinct) < 3:
        raise InvalidArea(Reason.TOO_FEW, number=str(number), count=str(len(distinct)))
    if corners[0] != corners[-1]:
        repairs.add(Repair.CLOSED)
        corners.append(corners[0])
    return corners


def _corner(number: int, corner: Any) -> list[float]:
    """Longitude and latitude, without the height that may follow. Raises InvalidArea."""
    told = corner[:2] if isinstance(corner, list) else []
    is_whole = len(told) == 2 and all(type(each) in {int, float} for each in told)
    if not is_whole:
        raise InvalidArea(Reason.NO_CORNER, number=str(number), value=_quoted(corner))
    longitude, latitude = told
    if abs(longitude) <= 180 and abs(latitude) <= 90:
        return [float(longitude), float(latitude)]
    helps = abs(longitude) <= 90 and abs(latitude) <= 180
    raise InvalidArea(
        Reason.LATITUDE_FIRST if helps else Reason.OFF_THE_EARTH,
        number=str(number),
        longitude=f"{longitude:.9g}",
        latitude=f"{latitude:.9g}",
    )


def _united(parts: list[Any], repairs: set[Repair]) -> Drawn:
    whole = shapely.union_all(parts, grid_size=10**-outlines.DECIMALS)
    apart = math.fsum(part.area for part in parts)
    # A thousandth of it: less than that is what rounding leaves along a border.
    if apart - whole.area > apart / 1000:
        repairs.add(Repair.UNITED)
    if any(part.interiors for part in shapely.get_parts(whole)):
        repairs.add(Repair.HOLED)
    # Written the same way however it was drawn, and outlines counter-clockwise (RFC 7946).
    whole = shapely.orient_polygons(shapely.normalize(whole))
    return Drawn(whole, tuple(each for each in Repair if each in repairs))
