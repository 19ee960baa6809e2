"""Pages of finished documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from tracker.caching import always_asked_for, changed_on
from tracker.geo.distance import geodesic_km
from tracker.paging import Order
from tracker.public.changes import UPDATED
from tracker.public.finding import DAY
from tracker.public.models import Edition, EditionQuerySet

POSITION = ("entry__latitude", "entry__longitude")
BY_INDEX = (*DAY, "edition__updated_on", "edition__document")


def page(
    request: HttpRequest, editions: EditionQuerySet, order: Order, asked: dict[str, Any]
) -> HttpResponse:
    """One page of finished documents: they are joined, never decoded."""
    position = POSITION if "near" in asked else ()
    columns = (*order.columns, "updated_on", "document", *position)
    cut = cut_out(request, editions, order, asked, columns)
    documents = [
        with_members(document, distance_km=kilometres(asked["near"], there)) if there else document
        for _value, _id, _day, document, *there in cut.rows
    ]
    response = _answered(cut, documents)
    if order.name == UPDATED.name:
        always_asked_for(response)
    return response


def page_of(
    request: HttpRequest, found: Sequence[tuple[Any, ...]], order: Order, asked: dict[str, Any]
) -> HttpResponse:
    """The same of what is found already: these columns of its index rows, and of one more."""
    cut = _cut(request, found, order, asked)
    return _answered(cut, [row[3] for row in cut.rows])


def _answered(cut: Cut, documents: Iterable[str]) -> HttpResponse:
    response = answer(documents, cut.following, resume=cut.resume)
    changed_on(response, max((row[2] for row in cut.rows), default=None))
    return response


@dataclass(frozen=True)
class Cut:
    """The rows of one page, the address of the next, and what to go on from when there is none."""

    rows: Sequence[tuple[Any, ...]]
    following: str | None
    resume: str | None


def cut_out(
    request: HttpRequest,
    rows: QuerySet[Any],
    order: Order,
    asked: dict[str, Any],
    columns: Sequence[str],
) -> Cut:
    """One page of these rows: of each the columns, which begin with those of the order."""
    if "cursor" in asked:
        rows = order.after(rows, asked["cursor"])
    found = list(order.arrange(rows).values_list(*columns)[: asked["page_size"] + 1])
    return _cut(request, found, order, asked)


def _cut(
    request: HttpRequest, found: Sequence[tuple[Any, ...]], order: Order, asked: dict[str, Any]
) -> Cut:
    """The page of these rows, of which one more than asked for tells that there is another."""
    size = asked["page_size"]
    here = found[:size]
    following = order.following(request, here[-1][:2]) if len(found) > size else None
    return Cut(here, following, _resume(order, asked, here) if order.name == UPDATED.name else None)


def _resume(order: Order, asked: dict[str, Any], rows: Sequence[tuple[Any, ...]]) -> str | None:
    """Behind the last row; where there is none, where this page began, but never a day."""
    if rows:
        return order.cursor(rows[-1][:2])
    since = asked.get("cursor", asked.get("updated_since"))
    return since if isinstance(since, str) else None


def answer(
    documents: Iterable[str], following: str | None = None, **members: str | None
) -> HttpResponse:
    """A list of finished documents, the address of the next page, and these members."""
    told = orjson.dumps({"next": following, **members}).decode()
    page = f'{told[:-1]},"results":[{",".join(documents)}]}}'
    return HttpResponse(page, content_type="application/json")


def whole(
    edition: Edition, document: str | bytes = "", *, beside: Edition | None = None
) -> HttpResponse:
    """One finished document; or another made of it, and of what is told beside it."""
    response = HttpResponse(document or edition.document, content_type="application/json")
    days = [each.updated_on for each in (edition, beside) if each]
    changed_on(response, max(days))
    return response


def with_members(document: str, **members: Any) -> str:
    """A finished document with these members behind its own."""
    return f"{document[:-1]},{orjson.dumps(members).decode()[1:]}"


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """Over the ellipsoid between two positions (latitude, longitude), to the metre."""
    return round(geodesic_km((one[0], one[1]), (other[0], other[1])), 3)
