"""What was taken back, so that copies can follow."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from tracker.caching import always_asked_for, changed_on
from tracker.openapi import listed, parameters, refusals
from tracker.public.api.documents import Document, text
from tracker.public.api.paging import answer, cut_out
from tracker.public.api.views import PublicView
from tracker.public.deleted import BURIED, ORDER, DeletedQuery
from tracker.public.models import Tombstone

MEMBERS = ("kind", "public_id", "withdrawn_on", "reason", "replaced_by")


class TombstoneDocument(Document):
    """What remains of something that was taken back."""

    kind = serializers.ChoiceField(BURIED, help_text=_("What it was."))
    id = text(_("The id it had."))
    withdrawn_on = serializers.DateField(help_text=_("Day it was taken back."))
    reason = text(_("Why."))
    replaced_by = text(_("Id of what stands in its place, of the same kind."), null=True)


@extend_schema_view(
    get=extend_schema(
        tags=["deleted"],
        operation_id="deleted_list",
        parameters=parameters(DeletedQuery),
        responses={200: listed("DeletedPage", TombstoneDocument, resumes=True), **refusals(400)},
    )
)
class DeletedList(PublicView):
    """What was taken back, the latest last. What is published again is here no more.

    Who keeps a copy reads in turn what was updated and what was deleted, each from its own resume,
    and does what they say in the order in which they were read.
    """

    def get(self, request: Request) -> HttpResponse:
        asked = DeletedQuery.read(request.query_params)
        tombstones = DeletedQuery.apply(Tombstone.objects.all(), asked)
        cut = cut_out(request, tombstones, ORDER, asked, (*ORDER.columns, *MEMBERS))
        told = [
            {
                "kind": kind,
                "id": public_id,
                "withdrawn_on": day,
                "reason": reason,
                "replaced_by": replaced_by or None,
            }
            for _change, _key, kind, public_id, day, reason, replaced_by in cut.rows
        ]
        documents = (orjson.dumps(each).decode() for each in told)
        response = answer(documents, cut.following, resume=cut.resume)
        changed_on(response, max((each["withdrawn_on"] for each in told), default=None))
        always_asked_for(response)
        return response
