"""The counts that monitors publish, each by itself and side by side."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from tracker.openapi import listed, parameters, refusals
from tracker.public.api.describe import listing, single
from tracker.public.api.paging import answer
from tracker.public.api.tally_documents import ConcordanceDocument, TallyDocument
from tracker.public.api.views import EditionDetail, EditionList, PublicView
from tracker.public.models import Kind
from tracker.public.tallies import ConcordanceQuery, TallyQuery, concordance


@listing("tallies", TallyDocument, TallyQuery)
class TallyList(EditionList):
    """Counts of monitors' bulletins, newest first. They are beside the incidents, not of them."""

    kind = Kind.TALLY
    query = TallyQuery


@single("tallies", TallyDocument)
class TallyDetail(EditionDetail):
    """One count of a bulletin."""

    kind = Kind.TALLY


@extend_schema_view(
    get=extend_schema(
        tags=["tallies"],
        operation_id="tallies_concordance",
        parameters=parameters(ConcordanceQuery),
        responses={200: listed("ConcordancePage", ConcordanceDocument), **refusals(400)},
    )
)
class Concordance(PublicView):
    """Per day and area, each monitor's count and the answers to it. Nothing is added up."""

    def get(self, request: Request) -> HttpResponse:
        asked = ConcordanceQuery.read(request.query_params)
        rows = concordance(asked["date_from"], asked["date_to"])
        return answer(orjson.dumps(row).decode() for row in rows)
