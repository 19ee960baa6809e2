"""Incidents: those that answer to what was asked, as a list, on a map and along time."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import Sight
from tracker.parameters import BBoxField
from tracker.public import gazetteer, statistics
from tracker.public.analytics import counts
from tracker.public.filters import IncidentQuery
from tracker.public.models import Edition, Kind
from tracker.public.pages import along_time, filtering, maps, readings, rows
from tracker.public.pages.addresses import LANGUAGE, address_of, query_string
from tracker.public.pages.asking import page, refused
from tracker.public.pages.reading import Document, page_of_list
from tracker.public.pages.readings import ReadBy

# How well a name has to fit a place for no other to be meant, and how many are offered otherwise.
FITS, MOST_PLACES = 95, 8
# What a count of incidents beside the map is not narrowed by.
OF_POSITION = ("bbox", "near", "within_km", "located")
# What selects nothing, and stays as it is when a filter is taken away.
KEPT = ("under", "view", "ordering")
# In which forms what is selected can be saved, by the names of their addresses.
FORMS = {
    "incidents_csv": "CSV",
    "incidents_xlsx": "Excel (XLSX)",
    "incidents_geojson": "GeoJSON",
    "incidents_atom": _("Feed (Atom)"),
    "incidents_json_feed": _("Feed (JSON)"),
    "incidents": _("The API's answer"),
}
ORDERINGS = {
    "-date": _("Newest first"),
    "date": _("Oldest first"),
    "-updated": _("Latest changed first"),
}


class MapQuery(IncidentQuery):
    """The filters, by whose reading the page is read, and what the map shows."""

    under = serializers.SlugField(
        required=False, max_length=64, help_text=_("Slug of the reading the page is read by.")
    )
    view = BBoxField(
        required=False, help_text=_("What the map shows, where that does not narrow the list.")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "view" in attrs and "bbox" in attrs:
            raise serializers.ValidationError({"view": [_("Give either view or bbox.")]})
        return super().validate(attrs)


class IncidentsPageQuery(MapQuery):
    page_size = serializers.IntegerField(
        min_value=1, max_value=100, default=20, help_text=_("How many incidents a page lists.")
    )
    where = serializers.CharField(
        required=False, max_length=200, help_text=_("Name of a place that is to be chosen.")
    )


@page(IncidentsPageQuery)
def incidents(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The list, with what is selected counted, on the map and along time."""
    state = _state(request)
    found = _places_called(asked["where"]) if "where" in asked else []
    if len(found) == 1:
        return HttpResponseRedirect(_at(request, state, found[0]))
    try:
        agreements = readings.agreements()
        by = readings.read_by(asked, agreements)
        listed, cursor = page_of_list(asked)
    except serializers.ValidationError as error:
        return refused(request, error)
    filters = filtering.chosen(request)
    named = filtering.names(filters, agreements)
    along = along_time.drawn(asked, by, filters)
    kept = {name: state[name] for name in KEPT if name in state}
    context = {
        **shown(request, asked, by),
        "number": along.incidents,
        "along": along,
        "rows": rows.rows(listed, agreements),
        "following": cursor,
        "is_first": "cursor" not in asked,
        "fields": filtering.fields(filters, named),
        "chips": [*filtering.chips(filters, named, kept)],
        "kept": kept,
        "handed_on": filtering.handed_on(state),
        "agreements": agreements,
        "places": [(place, _with_place(state, place)) for place in found],
        "orderings": [
            (name, label, name == asked["ordering"]) for name, label in ORDERINGS.items()
        ],
        "kinds": along_time.KINDS,
        "sights": [*Sight],
        "saving": [(name, label, query_string(filters)) for name, label in FORMS.items()],
        "embed": request.build_absolute_uri(address_of(request, "embed", query=_embedded(state))),
    }
    return render(request, "pages/incidents.html", context)


def shown(request: HttpRequest, asked: dict[str, Any], by: ReadBy | None) -> dict[str, Any]:
    """What the map tells, and the counts beside it."""
    filters = filtering.chosen(request)
    return {
        "filters": filters,
        "state": _state(request),
        "by": by,
        "map": maps.drawn(asked, by, filters),
        "nowhere_filters": {
            **{name: value for name, value in filters.items() if name not in OF_POSITION},
            "located": "false",
        },
        "nowhere": _nowhere(asked),
        "tiles": {"address": settings.MAP_TILES, "attribution": settings.MAP_ATTRIBUTION},
    }


def _state(request: HttpRequest) -> dict[str, str]:
    """All that the page was asked for but its place in the list."""
    left_out = (LANGUAGE, "cursor")
    return {name: request.GET[name] for name in request.GET if name not in left_out}


def _nowhere(asked: dict[str, Any]) -> int:
    """How many answer to all else, and have no position that is published."""
    rest = {name: value for name, value in asked.items() if name not in OF_POSITION}
    return counts.total(statistics.selected({**rest, "located": False}))


def _places_called(text: str) -> list[Document]:
    """The places that a name may mean: the one alone where no other fits as well."""
    held = Edition.objects.of(Kind.PLACE)
    found = gazetteer.search(text, held, near=[], limit=MOST_PLACES)
    fitting = [document for document, score in found if score >= FITS]
    told = fitting if len(fitting) == 1 else [document for document, _score in found]
    return [orjson.loads(document) for document in told]


def _with_place(state: dict[str, str], place: Document) -> dict[str, str]:
    kept = {name: value for name, value in state.items() if name not in ("where", "cursor")}
    places = [*filter(None, kept.get("place", "").split(",")), place["id"]]
    return {**kept, "place": ",".join(dict.fromkeys(places))}


def _at(request: HttpRequest, state: dict[str, str], place: Document) -> str:
    return address_of(request, "incidents_page", query=_with_place(state, place))


def _embedded(state: dict[str, str]) -> dict[str, str]:
    left_out = ("cursor", "page_size", "ordering", "where")
    return {name: value for name, value in state.items() if name not in left_out}
