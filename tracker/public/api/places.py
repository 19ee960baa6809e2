"""The places that published incidents and reports refer to."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from tracker.openapi import listed, parameters, refusals
from tracker.public import gazetteer
from tracker.public.api.describe import listing, single
from tracker.public.api.paging import answer, whole, with_members
from tracker.public.api.place_documents import (
    NearPlaceDocument,
    RankedPlaceDocument,
    WholePlaceDocument,
)
from tracker.public.api.views import EditionDetail, EditionList, PublicView, find, gone
from tracker.public.filters import NearestQuery, PlaceQuery, Query
from tracker.public.models import Edition, Kind


@listing("places", RankedPlaceDocument, PlaceQuery)
class PlaceList(EditionList):
    """Places by name; those that a name may mean (q) by how well it fits, each with its score."""

    kind = Kind.PLACE
    query = PlaceQuery

    def get(self, request: Request) -> HttpResponse:
        asked = self.query.read(request.query_params)
        if "q" not in asked:
            return super().get(request)
        found = gazetteer.search(
            asked["q"],
            self.query.apply(Edition.objects.of(self.kind), asked),
            near=[asked["near"]] if "near" in asked else [],
            limit=asked["page_size"],
        )
        ranked = (with_members(document, score=score) for document, score in found)
        return answer(ranked, resume=None)


@single("places", WholePlaceDocument)
class PlaceDetail(EditionDetail):
    """One place, with its outline where one is held."""

    kind = Kind.PLACE

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        place, outline = find(Kind.PLACE, public_id), find(Kind.BOUNDARY, public_id)
        if place is None:
            return gone(Kind.PLACE, public_id)
        held = orjson.loads(outline.document) if outline else {}
        boundary = {name: held[name] for name in ("attribution", "geometry")} if held else None
        return whole(place, with_members(place.document, boundary=boundary), beside=outline)


@extend_schema_view(
    get=extend_schema(
        tags=["places"],
        operation_id="places_reverse",
        parameters=parameters(NearestQuery),
        responses={200: listed("NearestPlaces", NearPlaceDocument), **refusals(400)},
    )
)
class PlacesAround(PublicView):
    """The places nearest to a position, the nearest first."""

    def get(self, request: Request) -> HttpResponse:
        asked = NearestQuery.read(request.query_params)
        found = gazetteer.nearest(
            NearestQuery.apply(Edition.objects.of(Kind.PLACE), asked),
            *asked["near"],
            within_km=asked["within_km"],
            limit=asked["page_size"],
        )
        return answer(
            with_members(document, distance_km=round(distance, 3)) for document, distance in found
        )
