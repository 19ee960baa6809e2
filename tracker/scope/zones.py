"""Zones, and the ground an agreement holds on, stretch of days by stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from tracker.codebook import ZoneRule
from tracker.errors import InvalidInput
from tracker.geo.outlines import mended
from tracker.scope.borders import Border
from tracker.scope.days import ALWAYS, Span
from tracker.scope.facts import Circle


@dataclass(frozen=True)
class Zone:
    """An area the agreement holds in, or does not, on some days; under one reading, or under all.

    The geometry is a GeoJSON Polygon or MultiPolygon, mended where it crosses itself. `basis` says
    why. Raises InvalidInput for a geometry that encloses nothing or leaves the earth, and a rule that
    is none.
    """

    id: str
    name: str
    rule: ZoneRule
    geometry: Mapping[str, Any]
    days: Span = ALWAYS
    basis: str = ""
    # The id of the reading it belongs to; without one it belongs to all.
    reading: str | None = None
    area: Polygon | MultiPolygon = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.rule not in ZoneRule:
            raise InvalidInput(f"{self.rule!r} is no rule for a zone.")
        object.__setattr__(self, "area", mended(self.geometry))


class Ground:
    """Where an agreement holds during one stretch of days."""

    def __init__(self, zones: Iterable[Zone], *, limited: bool) -> None:
        """`limited`: whether it holds nowhere but in included zones, of these days or of others."""
        zones = list(zones)
        self.limited = limited
        self._included = _Zones(zone for zone in zones if zone.rule == ZoneRule.INCLUDE)
        self._excluded = _Zones(zone for zone in zones if zone.rule == ZoneRule.EXCLUDE)
        self._all = _Zones(zones)
        drawn = self._excluded.joined()
        if limited:
            drawn = shapely.difference(self._included.joined(), drawn)
        self._border = Border(drawn)

    @property
    def is_everywhere(self) -> bool:
        return not (self.limited or self._excluded)

    def border_near(self, circle: Circle) -> Zone | None:
        """A zone whose border the circle touches, so that it lies on both sides; None if on one."""
        at = self._border.within(circle.latitude, circle.longitude, circle.radius_km)
        return self._all.nearest(*at) if at else None

    def including(self, circle: Circle) -> Zone | None:
        """A zone the agreement holds in, and the middle of the circle lies in."""
        return self._included.at(circle)

    def excluding(self, circle: Circle) -> Zone | None:
        """A zone left out of the agreement, and the middle of the circle lies in."""
        return self._excluded.at(circle)


class _Zones:
    """Zones in an order that does not depend on how they came."""

    def __init__(self, zones: Iterable[Zone]) -> None:
        self._zones = sorted(zones, key=_order)
        self._areas = np.array([zone.area for zone in self._zones], dtype=object)
        self._borders = shapely.boundary(self._areas)
        shapely.prepare([self._areas, self._borders])

    def __bool__(self) -> bool:
        return bool(self._zones)

    def joined(self) -> BaseGeometry:
        """What they cover together."""
        return shapely.union_all(self._areas)

    def at(self, circle: Circle) -> Zone | None:
        """The first that the middle of the circle lies in, or on the border of."""
        held = shapely.intersects_xy(self._areas, circle.longitude, circle.latitude)
        return self._zones[int(np.argmax(held))] if np.any(held) else None

    def nearest(self, latitude: float, longitude: float) -> Zone:
        """The first of those whose border runs through a point."""
        turns = MultiPoint([(longitude + turn, latitude) for turn in (-360, 0, 360)])
        return self._zones[int(np.argmax(shapely.dwithin(self._borders, turns, 1e-6)))]


def _order(zone: Zone) -> tuple[str, ...]:
    return (zone.id, zone.name, zone.basis, str(zone.days), str(zone.reading), zone.area.wkt)
