"""The code lists, as data."""

from __future__ import annotations

from functools import cache

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from tracker.openapi import listed, refusals
from tracker.public import codelists
from tracker.public.api.documents import Document, text
from tracker.public.api.paging import answer
from tracker.public.api.views import PublicView
from tracker.public.filters import Query


class CodeDocument(Document):
    """One code, and what comes nearest to it in other standards."""

    code = serializers.JSONField(help_text=_("As it stands in documents: a word, or a number."))
    label = text(  # type: ignore[assignment]
        _("In a word or two, in English.")
    )
    label_ar = text(_("The same in Arabic."))
    meaning = text(_("What it means, in English."))
    meaning_ar = text(_("The same in Arabic."))
    acled = text(_("ACLED's event type, sub-event type or code."), null=True)
    ucdp = text(_("UCDP's variable or code."), null=True)
    osce = text(_("The word of the OSCE's monitors."), null=True)


class CodeListDocument(Document):
    """One list of codes. Codes are never renamed, and never come to mean something else."""

    name = text(_("Name of the list."))
    title = text(_("What it lists, in English."))
    title_ar = text(_("The same in Arabic."))
    members = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Members of public documents that hold one; none where the desk alone does."),
    )
    codes = CodeDocument(many=True, help_text=_("In the order in which they are shown."))


@extend_schema_view(
    get=extend_schema(
        tags=["codebook"],
        operation_id="codebook_list",
        responses={200: listed("CodebookPage", CodeListDocument), **refusals(400)},
    )
)
class Codebook(PublicView):
    """Every code list, on one page."""

    def get(self, request: Request) -> HttpResponse:
        Query.refuse_any(request.query_params)
        return answer(_lists())


@cache
def _lists() -> tuple[str, ...]:
    return tuple(orjson.dumps(each).decode() for each in codelists.told())
