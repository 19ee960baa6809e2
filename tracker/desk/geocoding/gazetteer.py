"""The desk's own gazetteer, as a geopy geocoder: whatever takes one of geopy's takes this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from tracker.codebook import UNITS, GeoPrecision, PlaceKind
from tracker.desk.geocoding.candidates import Known, candidates, fetch
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import Boundary, Place
from tracker.geo import coordinates, outlines, ranking
from tracker.geo.distance import box_around, geodesic_km
from tracker.geo.precision import proposed

PROVIDER = "gazetteer"
# How far from a position its nearest place is looked for, in kilometres, in growing circles.
CIRCLES_KM = (5, 25, 100, 400)


@dataclass(frozen=True)
class Resolution:
    """The place a name means beyond doubt, and how well it is known by that."""

    place_id: int
    geo_precision: GeoPrecision
    radius_m: int | None
    """Metres around the place's point, or None where it is a whole country."""
    score: float


def suggest(
    text: str, *, near: Sequence[tuple[float, float]] = (), limit: int = 10
) -> list[Suggestion]:
    """The places a text may mean, the best first; `near` are positions that win among namesakes."""
    matches = ranking.search(text, fetch=fetch, near=near, limit=limit)
    return [_suggestion(match.candidate, match.score) for match in matches]  # type: ignore[arg-type]


def resolve(
    text: str, *, near: Sequence[tuple[float, float]] = (), fetch: ranking.Fetch = fetch
) -> Resolution | None:
    """The place a text means, or None where that is open to doubt: rather none than a wrong one.

    `text` may name the wider places behind it: `Madaya, Rif Dimashq`. Whoever asks for thousands
    of names gives a WholeGazetteer as `fetch`.
    """
    match = ranking.certain(ranking.search(text, fetch=fetch, near=near))
    if match is None:
        return None
    precision, radius_m = proposed(match.candidate.kind)
    if match.reading.is_part:
        fuzzy = match.candidate.kind in UNITS
        precision = GeoPrecision.FUZZY if fuzzy else GeoPrecision.NEAR
        radius_m = max(radius_m or 0, 10_000)
    return Resolution(match.candidate.key, precision, radius_m, match.score)  # type: ignore[arg-type]


def suggest_at(latitude: float, longitude: float, *, limit: int = 10) -> list[Suggestion]:
    """The nearest places, after the district and the governorate the position lies in."""
    places = Place.objects.current()
    holding = candidates(places.filter(pk__in=_holding(latitude, longitude)))
    order = list(PlaceKind)
    units = [(0.0, each) for each in sorted(holding, key=lambda unit: -order.index(unit.kind))]  # type: ignore[arg-type]
    return [
        _suggestion(place, max(0.0, 100 - distance))
        for distance, place in [*_nearest(latitude, longitude, limit), *units][:limit]
    ]


def narrowest_unit(latitude: float, longitude: float) -> int | None:
    """The number of the smallest unit whose boundary holds a position, or None."""
    order = list(PlaceKind)
    holding = Place.objects.current().filter(pk__in=_holding(latitude, longitude))
    kinds = [(order.index(PlaceKind(kind)), key) for key, kind in holding.values_list("pk", "kind")]
    return max(kinds)[1] if kinds else None


def _nearest(latitude: float, longitude: float, limit: int) -> list[tuple[float, Known]]:
    """Kilometres and place, the nearest first, of the settlements and sites around."""
    small = {PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE}
    found: list[tuple[float, Known]] = []
    for radius in CIRCLES_KM:
        around = (
            Place.objects.current()
            .filter(kind__in=small)
            .inside(box_around(latitude, longitude, radius))
        )
        measured = [
            (geodesic_km((latitude, longitude), place.position), place)
            for place in candidates(around[:2000])
            if place.position
        ]
        found = sorted((pair for pair in measured if pair[0] <= radius), key=lambda pair: pair[0])
        if len(found) >= limit:
            break
    return found[:limit]


def _holding(latitude: float, longitude: float) -> list[int]:
    boxed = Boundary.objects.around(latitude, longitude).values_list("place_id", "geometry")
    return [key for key, geometry in boxed if outlines.holds(geometry, latitude, longitude)]


def _suggestion(place: Known, score: float) -> Suggestion:
    name, context = place.told(get_language() or "en")
    latitude, longitude = place.position or (None, None)
    return Suggestion(
        provider=PROVIDER,
        name=name,
        context=context,
        latitude=latitude,
        longitude=longitude,
        score=round(score, 1),
        kind=place.kind,
        place_id=place.key,  # type: ignore[arg-type]
    )


class Gazetteer(Geocoder):
    """Answers from the desk's own places and asks nobody else."""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        near: Sequence[tuple[float, float]] = (),
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """What a name means: one location, or a list where not `exactly_one`; None where nothing."""
        return _located(suggest(query, near=near, limit=limit), exactly_one=exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """What lies at a position: a geopy Point, (latitude, longitude), or text. Raises InvalidInput."""
        if isinstance(query, str):
            position = coordinates.parse(query)
            latitude, longitude = position.latitude, position.longitude
        else:
            latitude, longitude = query[0], query[1]
        found = suggest_at(latitude, longitude, limit=limit)
        return _located(found, exactly_one=exactly_one)


def _located(found: list[Suggestion], *, exactly_one: bool) -> Location | list[Location] | None:
    locations = [
        Location(
            ", ".join(filter(None, (each.name, each.context))),
            Point(each.latitude, each.longitude),
            {"score": each.score, "place_id": each.place_id, "kind": each.kind},
        )
        for each in found
        if each.latitude is not None
    ]
    if not locations:
        return None
    return locations[0] if exactly_one else locations
