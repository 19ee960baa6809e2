"""Places found by any spelling in any script, each shown with what tells it from its namesakes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import get_language

from tracker.codebook import PlaceKind
from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import Place
from tracker.errors import InvalidInput
from tracker.geo import coordinates

# How many places a search shows.
SHOWN = 50
# The wider places that a label names, read along with the place.
WIDER = "parent__parent__parent__parent__parent"
NEAR = "near"
# Asks a search for no place but those whose outline is held.
OUTLINED = "outlined"


def label(place: Place) -> str:
    """Deir Qanun · دير قانون (Zabadani, Rif Dimashq): names in both scripts, what it is unless a
    settlement, and where it lies."""
    is_arabic = get_language() == "ar"
    names = [place.name_ar, place.name] if is_arabic else [place.name, place.name_ar]
    told = [] if place.kind == PlaceKind.SETTLEMENT else [str(PlaceKind(place.kind).label)]
    told += [
        (is_arabic and wider.name_ar) or wider.name
        for wider in place.lineage()[1:]
        if wider.kind != PlaceKind.COUNTRY
    ]
    name = " · ".join(filter(None, names))
    comma = "، " if is_arabic else ", "
    return f"{name} ({comma.join(told)})" if told else name


def found(places: QuerySet[Place], text: str, near: str = "") -> QuerySet[Place]:
    """Those of these places that a text may mean, the best first; a position finds what lies there.

    `near` is written latitude,longitude: of namesakes the nearest is first.
    """
    numbers = [each.place_id for each in _suggestions(text, near) if each.place_id is not None]
    places = places.filter(pk__in=numbers).select_related(WIDER)
    if not numbers:
        return places
    rank = Case(*(When(pk=pk, then=Value(rank)) for rank, pk in enumerate(numbers)))
    return places.order_by(rank)


def _suggestions(text: str, near: str) -> Sequence[Suggestion]:
    position = _position(text)
    if position:
        return gazetteer.suggest_at(position.latitude, position.longitude, limit=SHOWN)
    there = _position(near)
    around = [(there.latitude, there.longitude)] if there else []
    return gazetteer.suggest(text, near=around, limit=SHOWN)


def _position(text: str) -> coordinates.Position | None:
    try:
        return coordinates.parse(text)
    except InvalidInput:
        return None
