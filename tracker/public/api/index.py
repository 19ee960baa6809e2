"""The first page of the API: what there is."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.public.api.views import PublicView
from tracker.public.filters import Query

RESOURCES = (
    "incidents",
    "reports",
    "agreements",
    "parties",
    "places",
    "boundaries",
    "sources",
    "tallies",
    "coverage",
    "situation_reports",
    "codebook",
    "deleted",
    "incidents_atom",
    "incidents_json_feed",
    "stats_summary",
    "stats_timeline",
    "stats_cells",
    "stats_accusations",
    "stats_quiet_days",
    "stats_before_after",
    "schema",
    "docs",
)


class Index(PublicView):
    """The addresses of the resources."""

    @extend_schema(
        tags=["index"],
        operation_id="index",
        responses=inline_serializer(
            "Index", {name: serializers.URLField(help_text=_("Address.")) for name in RESOURCES}
        ),
    )
    def get(self, request: Request) -> HttpResponse:
        Query.refuse_any(request.query_params)
        addresses = {name: request.build_absolute_uri(reverse(name)) for name in RESOURCES}
        return Response(addresses)
