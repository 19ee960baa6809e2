"""What monitors counted, beside each other and one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework import serializers

from tracker.periods import ONE_DAY
from tracker.public.models import Edition, EditionQuerySet, Facet, Kind
from tracker.public.pages.addresses import query_string
from tracker.public.pages.asking import page, refused
from tracker.public.pages.concordance import Concordance, beside_each_other, latest_day
from tracker.public.pages.reading import Document, by_id
from tracker.public.tallies import MOST_DAYS, TallyQuery, side_by_side
from tracker.scope.days import Span

# How many days are set beside each other where none are asked for, and how many rows at most.
USUAL_DAYS, MOST_ROWS = 31, 60
PAGE = 50
FILTERS = ("q", "monitor", "counterpart", "accused", "place", "date_from", "date_to")


class TalliesPageQuery(TallyQuery):
    page_size = serializers.IntegerField(min_value=1, max_value=200, default=PAGE)
    ordering = serializers.ChoiceField(choices=["-date", "date"], default="-date")
    updated_since = None  # type: ignore[assignment]


@page(TalliesPageQuery)
def tallies(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The counts that answer to what was asked."""
    editions = TallyQuery.apply(Edition.objects.of(Kind.TALLY), asked)
    try:
        listed, following = _cut(editions, asked)
    except serializers.ValidationError as error:
        return refused(request, error)
    days, beside = _concordance(editions, asked)
    filters = {name: str(value) for name, value in request.GET.items() if name in FILTERS}
    context = {
        "tallies": listed,
        "following": {**filters, "cursor": following} if following else None,
        "data": f"?{query_string(filters)}" if filters else "",
        "is_continued": "cursor" in asked,
        "days": days,
        "concordance": beside,
        "filters": filters,
        "chosen": {value for told in filters.values() for value in told.split(",")},
        "monitors": _named(Kind.SOURCE, "monitor"),
        "accused": _named(Kind.PARTY, "accused"),
        "places": _named(Kind.PLACE, "place"),
    }
    return render(request, "pages/tallies.html", context)


def _cut(editions: EditionQuerySet, asked: dict[str, Any]) -> tuple[list[Document], str | None]:
    """The counts of one page, and the cursor of the next if there is one."""
    order, size = TallyQuery.order(asked), asked["page_size"]
    if "cursor" in asked:
        editions = order.after(editions, asked["cursor"])
    found = [*order.arrange(editions).values_list(*order.columns, "document")[: size + 1]]
    here = found[:size]
    following = order.cursor(here[-1][:2]) if len(found) > size else None
    return [orjson.loads(told) for *_key, told in here], following


def _concordance(
    editions: EditionQuerySet, asked: dict[str, Any]
) -> tuple[Span | None, Concordance | None]:
    """The days asked for; no more than the newest of them where they are many, or none are named."""
    last = asked.get("date_to") or latest_day(editions)
    if last is None:
        return None, None
    first = asked.get("date_from") or _before(last, USUAL_DAYS)
    days = Span(min(max(first, _before(last, MOST_DAYS)), last), last)
    told = side_by_side(editions.with_day("day", days.first, days.last))
    return days, beside_each_other(told, most=MOST_ROWS)


def _before(last: dt.date, days: int) -> dt.date:
    """The first of so many days."""
    return max(last, dt.date.min + days * ONE_DAY) - (days - 1) * ONE_DAY


def _named(kind: Kind, facet: str) -> list[Document]:
    """Whom or what the counts name, in the order of their names."""
    told = Facet.objects.filter(name=facet, edition__kind=Kind.TALLY)
    found = by_id(kind, told.values_list("value", flat=True).distinct())
    return sorted(found.values(), key=lambda each: each["name"])
