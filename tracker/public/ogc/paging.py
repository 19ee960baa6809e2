"""Pages of features, read from editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from tracker.paging import Order
from tracker.public.filters import Query
from tracker.public.models import Edition, EditionQuerySet, Kind
from tracker.public.ogc.features import Document

# How many rows are fetched at once where all of them are looked through.
AT_ONCE = 50


@dataclass(frozen=True)
class Found:
    """Features, and the key behind which the next page begins, if there is one."""

    features: list[Document]
    order: Order
    following: Sequence[Any] | None


def stored(
    kind: Kind, query: type[Query], asked: dict[str, Any], told: Callable[[Document], Document]
) -> Found:
    """A page of what the database alone can find."""
    editions, order = asked_for(kind, query, asked)
    rows = order.arrange(editions).values_list("document", *order.columns)[: asked["limit"] + 1]
    found = [(told(orjson.loads(document)), key) for document, *key in rows]
    return cut(found, order, asked)


def cut(
    found: Sequence[tuple[Document, Sequence[Any]]], order: Order, asked: dict[str, Any]
) -> Found:
    """The page of these features, of which one more than asked for tells that there is another."""
    limit = asked["limit"]
    following = found[limit - 1][1] if len(found) > limit else None
    return Found([each for each, _key in found[:limit]], order, following)


def asked_for(
    kind: Kind, query: type[Query], asked: dict[str, Any]
) -> tuple[EditionQuerySet, Order]:
    """The editions that answer, behind the cursor where there is one, and their order."""
    order = query.order(asked)
    editions = query.apply(Edition.objects.of(kind), asked)
    return (order.after(editions, asked["cursor"]) if "cursor" in asked else editions), order


def document_of(kind: Kind, public_id: UUID) -> Document | None:
    found = Edition.objects.of(kind).filter(public_id=str(public_id))
    document = found.values_list("document", flat=True).first()
    return orjson.loads(document) if document else None
