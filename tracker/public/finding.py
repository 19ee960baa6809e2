"""Which incidents or reports stand on a page by date: found in their index, however many there are.

No database knows beforehand whether a hundred of them are sooner found by walking the days or by looking
up what is rare, for its statistics know no single value. So each condition that has an index of its own
is asked for its first few. Where it has no more than those, they alone are looked at. Else the days are
walked, and row by row asked whether they answer, until the page is full: what is common is soon found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.public.models import EntryQuerySet, Facet, lying_in

FEW = 2_000


@dataclass(frozen=True)
class Condition:
    """What is asked of an index row: `holds` of one, and of which of these rows at most."""

    holds: Q
    among: Any = None
    """From rows to the keys of those it may hold of, by an index; None where there is none."""


def carrying(name: str, values: Iterable[str] | None = None) -> Condition:
    """That it carries any of these values under a facet, or any at all."""
    facets = Facet.objects.filter(name=name)
    if values is not None:
        facets = facets.filter(value__in=[str(value) for value in values])

    def among(_entries: EntryQuerySet) -> QuerySet[Any]:
        return facets.values_list("edition_id", flat=True)

    # No EXISTS: PostgreSQL would look up all that carry it before it walks the first day.
    its_own = Subquery(facets.filter(edition=OuterRef("pk")).values("edition_id")[:1])
    return Condition(Q(IsNull(its_own, rhs=False)), among)


def inside(box: BBox) -> Condition:
    """That its public position lies in a box."""
    if (touched := tiles.tiles_of(box)) is None:
        return Condition(lying_in(box))

    def among(entries: EntryQuerySet) -> QuerySet[Any]:
        return entries.filter(tile__in=touched).values_list("pk", flat=True)

    return Condition(lying_in(box), among)


def found(entries: EntryQuerySet, conditions: Iterable[Condition]) -> EntryQuerySet:
    """Those of these rows of which all conditions hold."""
    asked = list(conditions)
    rarest: list[Any] | None = None
    for condition in asked:
        if condition.among is None:
            continue
        keys = condition.among(entries).order_by()
        # One row tells that there are more, and thousands need not be read.
        if not list(keys[FEW : FEW + 1]) and (rarest is None or len(keys) < len(rarest)):
            rarest = list(keys)
    answering = entries.filter(*(condition.holds for condition in asked))
    return answering if rarest is None else answering.filter(Among(F("pk"), keys=rarest))


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
