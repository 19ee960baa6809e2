"""Counts as features: each at the point that stands for its area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from tracker.geo.bbox import BBox
from tracker.public.models import Edition, Kind, Spot
from tracker.public.ogc import features
from tracker.public.ogc.features import Document, Position
from tracker.public.ogc.paging import AT_ONCE, Found, asked_for, cut, document_of
from tracker.public.ogc.queries import TallyItems


def page(asked: dict[str, Any]) -> Found:
    """Where an area or a period is asked for, only the documents tell: they are looked through."""
    editions, order = asked_for(Kind.TALLY, TallyItems, asked)
    limit = asked["limit"] + 1
    rows = order.arrange(editions).values_list("document", *order.columns)
    is_told_by_documents = "bbox" in asked or "datetime" in asked
    read = rows.iterator(chunk_size=AT_ONCE) if is_told_by_documents else rows[:limit]
    tallies = [(tally, key) for tally, *key in islice(_answering(read, asked), limit)]
    positions = _positions(tally for tally, _key in tallies)
    return cut([(_feature(tally, positions), key) for tally, key in tallies], order, asked)


def one(public_id: UUID) -> Document | None:
    tally = document_of(Kind.TALLY, public_id)
    return tally and _feature(tally, _positions([tally]))


def _answering(rows: Iterable[Any], asked: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    areas = _areas_in(asked["bbox"]) if "bbox" in asked else None
    for document, *key in rows:
        tally = orjson.loads(document)
        if (areas is None or _area(tally) in areas) and _is_then(tally, asked):
            yield tally, *key


def _is_then(tally: Document, asked: dict[str, Any]) -> bool:
    if "datetime" not in asked:
        return True
    first, last = (dt.date.fromisoformat(tally[name]) for name in ("date_start", "date_end"))
    return asked["datetime"].meet(first, last)


def _feature(tally: Document, positions: dict[str, Position]) -> Document:
    return features.of_tally(tally, positions.get(_area(tally)))


def _area(tally: Document) -> str:
    """The id of its area; empty where it counts the whole country."""
    place = tally.get("place")
    return place["id"] if place else ""


def _areas_in(box: BBox) -> set[str]:
    """The areas that do not lie outside a box: those in it, and those that have no position."""
    places = Edition.objects.of(Kind.PLACE)
    inside = places.filter(pk__in=Spot.objects.inside(box).values("pk"))
    nowhere = places.filter(spot=None)
    return {
        "",
        *inside.values_list("public_id", flat=True).union(
            nowhere.values_list("public_id", flat=True)
        ),
    }


def _positions(tallies: Iterable[Document]) -> dict[str, Position]:
    """Where the areas of counts stand, by their ids."""
    spots = Spot.objects.filter(
        edition__kind=Kind.PLACE, edition__public_id__in={_area(tally) for tally in tallies}
    )
    rows = spots.values_list("edition__public_id", "latitude", "longitude")
    return {public_id: (latitude, longitude) for public_id, latitude, longitude in rows}
