"""Keyset pages: each begins after the last row of the one before, by (sort value, id).

REST framework's own cursor counts offsets among equal values and loses rows when many share a date.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework import serializers

Rows = TypeVar("Rows", bound=QuerySet[Any])
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

    def arrange(self, rows: Rows) -> Rows:
        sign = "-" if self.descending else ""
        return rows.order_by(*(sign + column for column in self.columns))

    def after(self, rows: Rows, cursor: str) -> Rows:
        """What comes behind a cursor. Raises a validation error where it is none of this order."""
        key = self.key(cursor)
        columns = [_column(rows.model, path) for path in self.columns]
        try:
            values = [
                Value(_value(column, part), output_field=column)
                for column, part in zip(columns, key, strict=True)
            ]
        except ValidationError:
            raise _no_cursor() from None
        names = [F(path) for path in self.columns]
        return rows.filter(RowBeyond(*names, *values, descending=self.descending))

    def following(self, request: HttpRequest, key: Sequence[Any]) -> str:
        """The address of the page that begins after the row with this key."""
        parameters = {**dict(request.GET.lists()), "cursor": [self.cursor(key)]}
        return request.build_absolute_uri(f"{request.path}?{urlencode(parameters, doseq=True)}")

    def cursor(self, key: Sequence[Any]) -> str:
        """What names the place behind the row with this key."""
        told = json.dumps([self.name, *map(str, key)], ensure_ascii=False).encode()
        return base64.urlsafe_b64encode(told).decode().rstrip("=")

    def key(self, cursor: str) -> list[str]:
        """What a cursor tells of the row it comes behind. Raises a validation error as `after`."""
        try:
            told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except (binascii.Error, ValueError, RecursionError):
            raise _no_cursor() from None
        if not (isinstance(told, list) and len(told) == 3 and all(_is_text(part) for part in told)):
            raise _no_cursor()
        if told[0] != self.name:
            raise _no_cursor()
        return told[1:]


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


def _column(model: type[Model], path: str) -> Field[Any, Any]:
    """The model field a path such as entry__date_start names."""
    relation, _dash, name = path.rpartition("__")
    options: Any = model._meta  # noqa: SLF001 - public by custom
    if relation:
        options = options.get_field(relation).related_model._meta  # noqa: SLF001
    return options.get_field(name)


def _value(column: Field[Any, Any], part: str) -> Any:
    value = column.to_python(part)
    # A number may be larger than any the database can be asked for.
    column.run_validators(value)
    return value


def _is_text(part: Any) -> bool:
    return isinstance(part, str) and UNASKABLE.search(part) is None


def _no_cursor() -> serializers.ValidationError:
    return serializers.ValidationError(
        {"cursor": [_("This is not a cursor of this list: take it from an answer's next.")]}
    )
