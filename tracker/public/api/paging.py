"""Keyset pages: each begins after the last row of the one before, by (sort value, id).

REST framework's own cursor counts offsets among equal values and loses rows when many share a date.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.geo.distance import geodesic_km
from tracker.public.models import Edition, EditionQuerySet, Entry

POSITION = ("entry__latitude", "entry__longitude")
# What no database can be asked for: NUL, and half of a surrogate pair.
UNASKABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Order:
    """By which two columns, which way round; the name is what the reader calls it."""

    name: str
    columns: tuple[str, str]

    @property
    def descending(self) -> bool:
        return self.name.startswith("-")

    def arrange(self, editions: EditionQuerySet) -> EditionQuerySet:
        sign = "-" if self.descending else ""
        return editions.order_by(*(sign + column for column in self.columns))

    def after(self, editions: EditionQuerySet, key: list[str]) -> EditionQuerySet:
        """What comes behind a key. Raises a validation error where the key is not one of ours."""
        columns = [_column(path) for path in self.columns]
        try:
            values = [
                Value(column.to_python(part), output_field=column)
                for column, part in zip(columns, key, strict=True)
            ]
        except ValidationError:
            raise _no_cursor() from None
        rows = [F(path) for path in self.columns]
        return editions.filter(RowBeyond(*rows, *values, descending=self.descending))


class RowBeyond(Func):
    """(a, b) > (x, y), or < where descending: both databases enter an index at the very row."""

    output_field = BooleanField()
    conditional = True

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(each) for each in self.get_source_expressions()]
        first, second, value, public_id = (sql for sql, _parameters in compiled)
        sign = "<" if self.extra["descending"] else ">"
        parameters = [each for _sql, given in compiled for each in given]
        return f"({first}, {second}) {sign} ({value}, {public_id})", parameters


def _column(path: str) -> Field[Any, Any]:
    """The model field a path such as entry__date_start names."""
    relation, _, name = path.rpartition("__")
    model = Entry if relation else Edition
    return model._meta.get_field(name)  # type: ignore[return-value]  # noqa: SLF001 - public by custom


def page(
    request: HttpRequest, editions: EditionQuerySet, order: Order, asked: dict[str, Any]
) -> HttpResponse:
    """One page of finished documents: they are joined, never decoded."""
    size = asked["page_size"]
    if "cursor" in asked:
        editions = order.after(editions, _read_cursor(asked["cursor"], order))
    position = POSITION if "near" in asked else ()
    columns = ("document", *order.columns, *position)
    rows = list(order.arrange(editions).values_list(*columns)[: size + 1])
    following = None
    if len(rows) > size:
        _document, value, public_id, *_position = rows[size - 1]
        following = _address(request, [order.name, str(value), str(public_id)])
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


def _address(request: HttpRequest, key: list[str]) -> str:
    parameters = request.GET.copy()
    cursor = json.dumps(key, ensure_ascii=False).encode()
    parameters["cursor"] = base64.urlsafe_b64encode(cursor).decode().rstrip("=")
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def _read_cursor(cursor: str, order: Order) -> list[str]:
    """The key within a cursor. Raises a validation error where it is not one of this order."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _no_cursor() from None
    if not (isinstance(key, list) and len(key) == 3 and all(_is_text(part) for part in key)):
        raise _no_cursor()
    if key[0] != order.name:
        raise _no_cursor()
    return key[1:]


def _is_text(part: Any) -> bool:
    return isinstance(part, str) and UNASKABLE.search(part) is None


def _no_cursor() -> serializers.ValidationError:
    return serializers.ValidationError(
        {"cursor": [_("This is not a cursor of this list: take it from an answer's next.")]}
    )
