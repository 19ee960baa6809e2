"""Incidents, and who says what about each."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from tracker.public.api.agreement_documents import ScopeDocument
from tracker.public.api.claims import LedgerDocument, ledger
from tracker.public.api.describe import listing, single
from tracker.public.api.documents import (
    HistoryDocument,
    IncidentDocument,
    MeasuredIncidentDocument,
)
from tracker.public.api.paging import whole
from tracker.public.api.views import EditionDetail, EntryList, PublicView, find, gone
from tracker.public.filters import IncidentQuery, Query
from tracker.public.models import Kind


@listing("incidents", MeasuredIncidentDocument, IncidentQuery)
class IncidentList(EntryList):
    """Published incidents, newest first."""

    kind = Kind.INCIDENT
    query = IncidentQuery


@single("incidents", IncidentDocument)
class IncidentDetail(EditionDetail):
    """One incident."""

    kind = Kind.INCIDENT


@single("incidents", LedgerDocument, suffix="reports")
class IncidentReports(PublicView):
    """The claims ledger of one incident: every report in it, and where claimants differ."""

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        edition = find(Kind.INCIDENT, public_id)
        if edition is None:
            return gone(Kind.INCIDENT, public_id)
        return whole(edition, orjson.dumps(ledger(orjson.loads(edition.document))))


@single("incidents", HistoryDocument, suffix="history")
class IncidentHistory(PublicView):
    """What became of one incident since it was published, withdrawn ones included."""

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        edition = find(Kind.HISTORY, public_id)
        if edition is None:
            return gone(Kind.INCIDENT, public_id)
        return whole(edition)


@single("incidents", ScopeDocument, suffix="scope")
class IncidentScope(PublicView):
    """What one incident is to each agreement, under each reading, and why."""

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        edition = find(Kind.SCOPE, public_id)
        if edition is None:
            return gone(Kind.INCIDENT, public_id)
        return whole(edition)
