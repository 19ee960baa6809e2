"""What all public resources share: a list of editions, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.caching import open_to_all
from tracker.problems import problem
from tracker.public.api.paging import BY_INDEX, page, page_of, whole
from tracker.public.filters import IncidentQuery, Query
from tracker.public.models import Edition, Kind, Tombstone


class JSONAlone(DefaultContentNegotiation):
    """The same for every Accept header and without a parameter `format`."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


class PublicView(APIView):
    """A read that is answered alike for everyone, so that any cache may keep it."""

    content_negotiation_class = JSONAlone

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        open_to_all(request, response)
        return response


class EditionList(PublicView):
    """The published editions of one kind, filtered and paged."""

    kind: Kind
    query: type[Query]

    def get(self, request: Request) -> HttpResponse:
        asked = self.query.read(request.query_params)
        editions = self.query.apply(Edition.objects.of(self.kind), asked)
        return page(request, editions, self.query.order(asked), asked)


class EntryList(EditionList):
    """The published incidents or reports: by date, those of one page are found in their index."""

    query: type[IncidentQuery]

    def get(self, request: Request) -> HttpResponse:
        asked = self.query.read(request.query_params)
        order = self.query.order(asked)
        if self.query.is_by_day(asked):
            rows = self.query.first(self.kind, asked, BY_INDEX)
            return page_of(request, rows, order, asked)
        editions = self.query.apply(Edition.objects.of(self.kind), asked)
        return page(request, editions, order, asked)


class EditionDetail(PublicView):
    """One published edition."""

    kind: Kind

    def get(self, request: Request, public_id: str) -> HttpResponse:
        Query.refuse_any(request.query_params)
        edition = find(self.kind, public_id)
        if edition is None:
            return gone(self.kind, public_id)
        return whole(edition)


def find(kind: Kind, public_id: object) -> Edition | None:
    return Edition.objects.of(kind).filter(public_id=str(public_id)).first()


def gone(kind: Kind, public_id: object) -> HttpResponse:
    """410 with the reason for what was taken back, 404 for what never was."""
    tombstone = Tombstone.objects.filter(kind=kind, public_id=str(public_id)).first()
    if tombstone is None:
        raise Http404
    told = _("Taken back on %(day)s: %(reason)s.") % {
        "day": tombstone.withdrawn_on,
        "reason": tombstone.reason,
    }
    if tombstone.replaced_by:
        told += " " + _("Replaced by %s.") % tombstone.replaced_by
    return problem(410, told)
