"""The outlines that a map of the country draws."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from tracker.codebook import PlaceKind
from tracker.openapi import refusals
from tracker.public import outlines
from tracker.public.api.documents import Document, text
from tracker.public.api.place_documents import Outline
from tracker.public.api.views import PublicView
from tracker.public.filters import Query


class OutlinedPlace(Document):
    name = text(_("Usual name in English."))
    name_ar = text(_("Usual name in Arabic."), null=True)
    kind = serializers.ChoiceField(PlaceKind.choices, help_text=_("What sort of place it is."))
    attribution = text(_("Whose outline it is, and its licence."))


class OutlineFeature(Document):
    type = text(_("Always Feature, as GeoJSON wants it."))
    id = serializers.UUIDField(help_text=_("Id of the place."))
    properties = OutlinedPlace(help_text=_("The place."))
    geometry = Outline(help_text=_("GeoJSON geometry (RFC 7946), with fewer points."))


class BoundariesDocument(Document):
    type = text(_("Always FeatureCollection, as GeoJSON wants it."))
    features = OutlineFeature(many=True, help_text=_("One for each place."))


@extend_schema_view(
    get=extend_schema(
        tags=["places"],
        operation_id="boundaries",
        responses={(200, "application/geo+json"): BoundariesDocument, **refusals(400)},
    )
)
class Boundaries(PublicView):
    """Outlines of countries and governorates, simplified for maps. Whole ones are at places/{id}/."""

    def get(self, request: Request) -> HttpResponse:
        Query.refuse_any(request.query_params)
        told = {"type": "FeatureCollection", "features": outlines.drawn()}
        return HttpResponse(orjson.dumps(told), content_type="application/geo+json")
