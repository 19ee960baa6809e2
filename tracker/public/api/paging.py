"""Pages of finished documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from tracker.geo.distance import geodesic_km
from tracker.paging import Order
from tracker.public.models import EditionQuerySet

POSITION = ("entry__latitude", "entry__longitude")


def page(
    request: HttpRequest, editions: EditionQuerySet, order: Order, asked: dict[str, Any]
) -> HttpResponse:
    """One page of finished documents: they are joined, never decoded."""
    size = asked["page_size"]
    if "cursor" in asked:
        editions = order.after(editions, asked["cursor"])
    position = POSITION if "near" in asked else ()
    columns = ("document", *order.columns, *position)
    rows = list(order.arrange(editions).values_list(*columns)[: size + 1])
    following = None
    if len(rows) > size:
        _document, value, public_id, *_position = rows[size - 1]
        following = order.following(request, (value, public_id))
    documents = [
        with_members(document, distance_km=kilometres(asked["near"], there)) if there else document
        for document, _value, _id, *there in rows[:size]
    ]
    return answer(documents, following)


def answer(documents: Iterable[str], following: str | None = None) -> HttpResponse:
    """A list of finished documents, and the address of the next page."""
    page = f'{{"next":{json.dumps(following)},"results":[{",".join(documents)}]}}'
    return HttpResponse(page, content_type="application/json")


def with_members(document: str, **members: Any) -> str:
    """A finished document with these members behind its own."""
    return f"{document[:-1]},{orjson.dumps(members).decode()[1:]}"


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """Over the ellipsoid between two positions (latitude, longitude), to the metre."""
    return round(geodesic_km((one[0], one[1]), (other[0], other[1])), 3)
