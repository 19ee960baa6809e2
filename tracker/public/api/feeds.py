"""Incidents as feeds: what changed last comes first, and the filters of the list hold here as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from tracker.caching import changed_on
from tracker.openapi import parameters, refusals
from tracker.paging import Order
from tracker.public.api.paging import cut_out
from tracker.public.api.views import PublicView
from tracker.public.changes import UPDATED
from tracker.public.feeds.atom import atom
from tracker.public.feeds.entries import Feed, entry
from tracker.public.feeds.json_feed import json_feed
from tracker.public.filters import IncidentQuery
from tracker.public.models import Edition, Kind

LATEST_FIRST = Order(f"-{UPDATED.name}", UPDATED.columns)


class FeedQuery(IncidentQuery):
    """The filters of the list of incidents."""

    page_size = serializers.IntegerField(
        min_value=1, max_value=100, default=50, help_text=_("How many to answer with.")
    )
    ordering = None  # type: ignore[assignment]


class IncidentFeed(PublicView):
    """One page of a feed of incidents."""

    write: Callable[[Feed], str]
    content_type: str

    def get(self, request: Request) -> HttpResponse:
        asked = FeedQuery.read(request.query_params)
        incidents = FeedQuery.apply(Edition.objects.of(Kind.INCIDENT), asked)
        columns = (*LATEST_FIRST.columns, "updated_on", "document")
        cut = cut_out(request, incidents, LATEST_FIRST, asked, columns)
        documents = [orjson.loads(row[3]) for row in cut.rows]
        written = type(self).write(_feed(request, documents, cut.following))
        response = HttpResponse(written, content_type=self.content_type)
        changed_on(response, max((row[2] for row in cut.rows), default=None))
        return response


def _described(operation: str, content_type: str) -> Any:
    answer = {(200, content_type): OpenApiTypes.STR, **refusals(400)}
    return extend_schema_view(
        get=extend_schema(
            tags=["feeds"],
            operation_id=operation,
            parameters=parameters(FeedQuery),
            responses=answer,
        )
    )


@_described("incidents_atom", "application/atom+xml")
class AtomFeed(IncidentFeed):
    """Incidents in Atom with GeoRSS, what changed last first."""

    write = staticmethod(atom)
    content_type = "application/atom+xml; charset=utf-8"


@_described("incidents_json_feed", "application/feed+json")
class JSONFeed(IncidentFeed):
    """Incidents in JSON Feed, what changed last first."""

    write = staticmethod(json_feed)
    content_type = "application/feed+json"


def _feed(request: HttpRequest, incidents: list[dict[str, Any]], following: str | None) -> Feed:
    asked = request.GET.copy()
    asked.pop("cursor", None)
    first = f"{request.path}?{asked.urlencode()}" if asked else request.path

    def address(public_id: str) -> str:
        return request.build_absolute_uri(reverse("incident", args=[public_id]))

    # One feed for everyone, whatever language the reader's program prefers.
    with translation.override("en"):
        entries = [entry(incident, address) for incident in incidents]
    return Feed(
        title=str(settings.SPECTACULAR_SETTINGS["TITLE"]),
        whole=request.build_absolute_uri(first),
        address=request.build_absolute_uri(),
        following=following,
        home=request.build_absolute_uri(reverse("incidents")),
        entries=entries,
    )
