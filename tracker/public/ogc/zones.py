"""Zones as features: each by itself, though all of an agreement are published as one document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from tracker.geo import outlines
from tracker.paging import Order
from tracker.public.models import Edition, Kind
from tracker.public.ogc import features
from tracker.public.ogc.features import Document
from tracker.public.ogc.paging import AT_ONCE, Found, cut

# By agreement, then by the zone's id.
ORDER = Order("agreement", ("public_id", "public_id"))


def page(asked: dict[str, Any]) -> Found:
    found = (zone for zone in _behind(asked) if _answers(zone, asked))
    zones = list(islice(found, asked["limit"] + 1))
    return cut([(zone, (_agreement(zone), zone["id"])) for zone in zones], ORDER, asked)


def one(public_id: UUID) -> Document | None:
    holding = Edition.objects.of(Kind.ZONES).filter(document__contains=str(public_id))
    agreements = _agreements()
    zones = (zone for edition in holding for zone in _zones_of(edition, agreements))
    return next((zone for zone in zones if zone["id"] == str(public_id)), None)


def _behind(asked: dict[str, Any]) -> Iterator[Document]:
    """The zones of the agreements asked for, in their order, behind the cursor if there is one."""
    editions = Edition.objects.of(Kind.ZONES).order_by("public_id")
    if "agreement" in asked:
        editions = editions.filter(public_id__in=asked["agreement"])
    slug, last = ORDER.key(asked["cursor"]) if "cursor" in asked else ("", "")
    if slug:
        editions = editions.filter(public_id__gte=slug)
    agreements = _agreements()
    for edition in editions.iterator(chunk_size=AT_ONCE):
        for zone in _zones_of(edition, agreements):
            if edition.public_id != slug or zone["id"] > last:
                yield zone


def _agreements() -> dict[str, Document]:
    rows = Edition.objects.of(Kind.AGREEMENT).values_list("public_id", "document")
    return {public_id: orjson.loads(document) for public_id, document in rows}


def _zones_of(edition: Edition, agreements: dict[str, Document]) -> list[Document]:
    if edition.public_id not in agreements:
        # Published since the agreements were read.
        return []
    drawn = orjson.loads(edition.document)["features"]
    zones = [features.of_zone(each, agreements[edition.public_id]) for each in drawn]
    return sorted(zones, key=lambda zone: zone["id"])


def _agreement(zone: Document) -> str:
    return zone["properties"]["agreement"]


def _answers(zone: Document, asked: dict[str, Any]) -> bool:
    told = zone["properties"]
    is_such = all(told[name] in asked[name] for name in ("rule", "reading") if name in asked)
    is_then = "datetime" not in asked or asked["datetime"].meet(
        _day(told["holds_from"]), _day(told["holds_to"])
    )
    return (
        is_such
        and is_then
        and ("bbox" not in asked or outlines.meet(zone["geometry"], asked["bbox"]))
    )


def _day(told: str | None) -> dt.date | None:
    return dt.date.fromisoformat(told) if told else None
