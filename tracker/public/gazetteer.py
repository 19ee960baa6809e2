"""The published places: found by any spelling of their names, and by position."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.db.models import Q

from tracker.geo import ranking
from tracker.geo.distance import box_around, geodesic_km
from tracker.geo.names import skeleton
from tracker.public.models import Edition, EditionQuerySet, Facet, Kind, Spot

# The common names of a whole country's villages: more candidates than these tell nobody anything.
MOST = 600
# How far the nearest places are looked for, in kilometres, in growing circles.
CIRCLES_KM = (5, 25, 100, 400)

_bones = lru_cache(maxsize=4096)(skeleton)


@dataclass(frozen=True)
class Published(ranking.Candidate):
    """A place's edition as ranking sees it; its key is its public id."""

    document: str = ""


@dataclass(frozen=True)
class _Shelf:
    """Fetches candidates, as `ranking.Fetch` asks for them, from these editions."""

    editions: EditionQuerySet

    def __call__(
        self, skeletons: set[str], *, beginning: str = "", holding: str = ""
    ) -> list[Published]:
        found = self._spelled(Q(value__in=skeletons))[:MOST]
        if beginning:
            # SQLite enters its index by the comparison, PostgreSQL by the beginning.
            begun = Q(value__startswith=beginning, value__gte=beginning)
            found = [*found, *self._spelled(begun)[: MOST // 3]]
        if holding:
            held = self.editions.filter(search__contains=holding)
            found = [*found, *held.values_list("pk", flat=True)[: MOST // 3]]
        rows = Edition.objects.filter(pk__in=set(found))
        return [
            _published(document, population)
            for document, population in rows.values_list("document", "spot__population")
        ]

    def _spelled(self, spelling: Q) -> Any:
        bearing = Facet.objects.filter(spelling, name="spelling")
        found = self.editions.filter(pk__in=bearing.values("edition_id"))
        return found.values_list("pk", flat=True)


def search(
    text: str, editions: EditionQuerySet, *, near: Sequence[tuple[float, float]], limit: int
) -> list[tuple[str, float]]:
    """Document and score, from 0 to 100, of the places among these that a text may mean, the best
    first. Of namesakes those nearest to the positions `near` (latitude, longitude) win.

    The wider places that a text names behind the first are known whether among these or not.
    """
    matches = ranking.search(
        text,
        fetch=_Shelf(editions),
        fetch_wider=_Shelf(Edition.objects.of(Kind.PLACE)),
        near=near,
        limit=limit,
    )
    return [(match.candidate.document, match.score) for match in matches]  # type: ignore[attr-defined]


def nearest(
    editions: EditionQuerySet,
    latitude: float,
    longitude: float,
    *,
    within_km: float,
    limit: int,
) -> list[tuple[str, float]]:
    """Document and geodesic kilometres of the nearest places among these, the nearest first."""
    measured: list[tuple[float, int]] = []
    for radius in [*(each for each in CIRCLES_KM if each < within_km), within_km]:
        spots = Spot.objects.inside(box_around(latitude, longitude, radius * 1.01))
        places = spots.filter(edition__in=editions)
        distances = (
            (geodesic_km((latitude, longitude), (north, east)), key)
            for key, north, east in places.values_list("pk", "latitude", "longitude")
        )
        measured = heapq.nsmallest(limit, (pair for pair in distances if pair[0] <= radius))
        if len(measured) == limit:
            break
    documents = dict(
        Edition.objects.filter(pk__in=[key for _km, key in measured]).values_list("pk", "document")
    )
    return [(documents[key], distance) for distance, key in measured]


def _published(document: str, population: int | None) -> Published:
    place = orjson.loads(document)
    named = place["latitude"] is not None
    return Published(
        key=place["id"],
        names=tuple(filter(None, (place["name"], place["name_ar"]))),
        aliases=tuple(each["name"] for each in place["names"]),
        kind=place["kind"],
        within=frozenset(wider["id"] for wider in place["lies_in"]),
        position=(place["latitude"], place["longitude"]) if named else None,
        population=population,
        is_seat=_bones(place["name"]) in {_bones(wider["name"]) for wider in place["lies_in"]},
        document=document,
    )
