"""What all public resources share: a list of editions, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.paging import Order
from tracker.problems import problem
from tracker.public.api.paging import page
from tracker.public.filters import Query
from tracker.public.models import Edition, Kind, Tombstone

# How long, in seconds, a cache may hand out an answer without asking again.
MAX_AGE = 60


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
        if request.method in {"GET", "HEAD"} and response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


class EditionList(PublicView):
    """The published editions of one kind, filtered and paged."""

    kind: Kind
    query: type[Query]

    def get(self, request: Request) -> HttpResponse:
        asked = self.query.read(request.query_params)
        ordering = asked.get("ordering", next(iter(self.query.ORDERINGS)))
        order = Order(ordering, self.query.ORDERINGS[ordering.lstrip("-")])
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
        return HttpResponse(edition.document, content_type="application/json")


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
