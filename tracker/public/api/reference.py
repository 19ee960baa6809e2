"""Reference data: what incidents and reports refer to."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from tracker.public.api.agreement_documents import AgreementDocument, WholeAgreementDocument
from tracker.public.api.describe import listing, single
from tracker.public.api.documents import PartyDocument, SourceDocument
from tracker.public.api.paging import whole, with_members
from tracker.public.api.views import EditionDetail, EditionList, find, gone
from tracker.public.filters import AgreementQuery, PartyQuery, Query, SourceQuery
from tracker.public.models import Kind


@listing("agreements", AgreementDocument, AgreementQuery)
class AgreementList(EditionList):
    """Published agreements, by title."""

    kind = Kind.AGREEMENT
    query = AgreementQuery


@single("agreements", WholeAgreementDocument)
class AgreementDetail(EditionDetail):
    """One agreement, with its zones drawn."""

    kind = Kind.AGREEMENT

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        agreement, zones = find(Kind.AGREEMENT, public_id), find(Kind.ZONES, public_id)
        if agreement is None:
            return gone(Kind.AGREEMENT, public_id)
        drawn = orjson.loads(zones.document)["features"] if zones else []
        collection = {"type": "FeatureCollection", "features": drawn}
        return whole(agreement, with_members(agreement.document, zones=collection), beside=zones)


@listing("parties", PartyDocument, PartyQuery)
class PartyList(EditionList):
    """Parties named in published reports, by name."""

    kind = Kind.PARTY
    query = PartyQuery


@single("parties", PartyDocument)
class PartyDetail(EditionDetail):
    """One party."""

    kind = Kind.PARTY


@listing("sources", SourceDocument, SourceQuery)
class SourceList(EditionList):
    """Sources of published reports that are not confidential, by name."""

    kind = Kind.SOURCE
    query = SourceQuery


@single("sources", SourceDocument)
class SourceDetail(EditionDetail):
    """One source."""

    kind = Kind.SOURCE
