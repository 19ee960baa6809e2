"""Which incidents or reports stand on a page by date: found in their index, however many there are.

The first few thousand days' rows are looked through: what is common fills the page from them. What does
not is rare, and no database knows where: its statistics know no single value. So each condition that has
an index of its own is asked for its first few. Where it has no more than those, they alone are looked at.
Else all rows are walked until the page is full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.sql.datastructures import BaseTable

from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.public.models import Entry, EntryQuerySet, Facet, lying_in

FEW = 2_000
# By which they are ordered.
DAY = ("date_start", "public_id")


@dataclass(frozen=True)
class Condition:
    """What is asked of an index row: `holds` of one, and of which of these rows at most."""

    holds: Q
    among: Any = None
    """From rows to the keys of those it may hold of, by an index; None where there is none."""


def carrying(name: str, values: Iterable[str] | None = None) -> Condition:
    """That it carries any of these values under a facet, or any at all."""
    wanted = None if values is None else [str(value) for value in values]

    def among(_entries: EntryQuerySet) -> QuerySet[Any]:
        facets = Facet.objects.filter(name=name)
        if wanted is not None:
            facets = facets.filter(value__in=wanted)
        return facets.values_list("edition_id", flat=True)

    return Condition(Q(Carries(F("pk"), name=name, values=wanted)), among)


def inside(box: BBox) -> Condition:
    """That its public position lies in a box."""
    lying = lying_in(box)
    if (touched := tiles.tiles_of(box)) is None:
        return Condition(lying)

    def among(entries: EntryQuerySet) -> QuerySet[Any]:
        return entries.filter(lying, tile__in=touched).values_list("pk", flat=True)

    return Condition(lying, among)


def first(
    entries: EntryQuerySet, conditions: Iterable[Condition], columns: Sequence[str], number: int
) -> list[tuple[Any, ...]]:
    """The columns of the first of these rows, in their order, of which all conditions hold."""
    asked = list(conditions)
    if asked:
        holds = [condition.holds for condition in asked]
        order = entries.query.order_by
        page = _told(alone(entries[:FEW]).filter(*holds).order_by(*order)[:number], columns)
        if len(page) == number or not entries.values("pk")[FEW : FEW + 1]:
            return page
        entries = _among_the_rarest(entries, asked).filter(*holds)
    return _told(entries[:number], columns)


def _told(entries: EntryQuerySet, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The columns of these rows: what is not in the index is read when they are found."""
    order = entries.query.order_by
    return list(alone(entries.values("edition_id", *DAY)).order_by(*order).values_list(*columns))


def _among_the_rarest(entries: EntryQuerySet, asked: Iterable[Condition]) -> EntryQuerySet:
    """Those of these rows that the rarest condition may hold of, where they are few; else all."""
    rarest: list[Any] | None = None
    for condition in asked:
        if condition.among is None:
            continue
        keys = condition.among(entries).order_by()
        # One row tells that there are more, and thousands need not be read.
        if not list(keys[FEW : FEW + 1]) and (rarest is None or len(keys) < len(rarest)):
            rarest = list(keys)
    return entries if rarest is None else entries.filter(Among(F("pk"), keys=rarest))


def alone(entries: EntryQuerySet) -> EntryQuerySet:
    """These rows in place of the table: whatever is asked of them, no database looks at any other."""
    rows = Entry.objects.all()
    table = rows.query.get_initial_alias()
    rows.query.alias_map[table] = Alone(table, entries)
    return rows


class Alone(BaseTable):
    def __init__(self, table: str, rows: EntryQuerySet) -> None:
        super().__init__(table, table)
        self.rows = rows

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, parameters = compiler.compile(self.rows.query)
        return f"({sql}) {compiler.quote_name_unless_alias(self.table_name)}", parameters


class Carries(Func):
    """That an edition carries any of these values under a facet.

    No EXISTS: PostgreSQL would look up all that carry it before it looks at the first row.
    """

    output_field = BooleanField()
    conditional = True

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, list[Any]]:
        column, parameters = compiler.compile(self.source_expressions[0])
        name, values = self.extra["name"], self.extra["values"]
        if values == []:
            raise EmptyResultSet
        told = "" if values is None else f" AND value IN ({', '.join(['%s'] * len(values))})"
        sql = (
            f"(SELECT 1 FROM public_facet WHERE name = %s{told} AND edition_id = {column} LIMIT 1)"  # noqa: S608
            " IS NOT NULL"
        )
        return sql, [name, *(values or []), *parameters]


class Among(Func):
    """pk IN keys, which are handed over as one value: thousands, one by one, take longer than reading."""

    output_field = BooleanField()
    conditional = True

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, list[Any]]:
        column, parameters = compiler.compile(self.source_expressions[0])
        keys = self.extra["keys"]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*parameters, keys]
        among = "IN (SELECT value FROM json_each(%s))"
        return f"{column} {among}", [*parameters, json.dumps(keys)]
