"""Files that bear out a report or an incident: brought, listed, and handed out as they came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.attachments import attachment
from tracker.desk.api.bodies import Explained
from tracker.desk.api.describe import KEY, listing
from tracker.desk.api.incidents import IncidentThing
from tracker.desk.api.references import numbered, own_number
from tracker.desk.api.reports import ReportThing
from tracker.desk.api.rights import DeskRequest, MayBringEvidence, MayReadEvidence
from tracker.desk.api.views import DeskView, ThingList, ThingView
from tracker.desk.models import Evidence
from tracker.desk.models.evidence import EvidenceQuerySet
from tracker.desk.workflow import evidence
from tracker.desk.workflow.recording import recorded
from tracker.errors import InvalidInput
from tracker.openapi import refusals
from tracker.paging import Order
from tracker.parameters import Paged, Parameters


class EvidenceAtDesk(serializers.ModelSerializer[Evidence]):
    """A file kept byte for byte as it was received."""

    number = own_number()
    report = numbered(
        _("Number of the report it is kept for, if any."), source="report_id", allow_null=True
    )
    incident = numbered(
        _("Number of the incident it is kept for, if any."), source="incident_id", allow_null=True
    )
    contradiction = serializers.SerializerMethodField(
        help_text=_("In words, where its name promises another kind than it is; null if not.")
    )
    received_by = serializers.CharField(
        source="received_by.username", help_text=_("Who brought it to the desk.")
    )

    class Meta:
        model = Evidence
        fields = [
            *("number", "report", "incident", "sha256", "size", "content_type", "name"),
            *("contradiction", "url", "captured_at", "note", "is_graphic", "is_confidential"),
            *("received_by", "received_at"),
        ]

    def get_contradiction(self, kept: Evidence) -> str | None:
        return evidence.contradiction(kept.name, kept.content_type) or None


class EvidenceInput(Explained):
    """A file, and what is told of it."""

    file = serializers.FileField(allow_empty_file=True, help_text=_("The bytes, with their name."))
    url = serializers.URLField(max_length=1000, allow_blank=True, default="")
    captured_at = serializers.DateTimeField(allow_null=True, default=None)
    note = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    is_graphic = serializers.BooleanField(default=False)
    is_confidential = serializers.BooleanField(default=False)

    def to_internal_value(self, data: Any) -> Any:
        repeated = [name for name, values in data.lists() if len(values) > 1]
        if repeated:
            raise serializers.ValidationError({name: [_("Given twice.")] for name in repeated})
        return super().to_internal_value(data)

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        try:
            evidence.check(file)
        except InvalidInput as refusal:
            raise serializers.ValidationError(refusal.message) from refusal
        return file


class TooLarge(APIException):
    """Refuses a body before it is read."""

    status_code = 413

    def __init__(self) -> None:
        most = filesizeformat(settings.EVIDENCE_MAX_BYTES).replace("\xa0", " ")
        super().__init__(gettext("The file is larger than %s, the most that is kept.") % most)


class EvidenceQuery(Paged):
    """What the evidence of a report or an incident can be asked."""


class EvidenceOf(ThingView, ThingList):
    """The evidence kept for a report or an incident."""

    rights = {"GET": MayReadEvidence, "POST": MayBringEvidence}
    parser_classes = [MultiPartParser]
    query = EvidenceQuery
    order = Order("-received", ("received_at", "id"))

    def selected(self, asked: dict[str, Any]) -> EvidenceQuerySet:
        kept = Evidence.objects.visible_to(self.request.user).select_related("received_by")
        return kept.filter(**{self.kind: self.find(self.kwargs["key"])})

    def documents(self, things: Sequence[Evidence]) -> Any:
        return EvidenceAtDesk(things, many=True).data

    def bring(self, request: DeskRequest, key: int | UUID) -> Response:
        Parameters.refuse_any(request.query_params)
        kept_for = self.find(key)
        _refuse_large(request)
        # Read before anything is held: it may take minutes to come.
        sent = request.data
        with recorded(by=request.user):
            told = EvidenceInput(data=sent).given()
            file = told.pop("file")
            kept = evidence.keep(
                file, name=file.name, by=request.user, **{self.kind: kept_for}, **told
            )
        address = reverse("desk_evidence_file", args=[kept.pk])
        headers = {"Location": request.build_absolute_uri(address)}
        return Response(EvidenceAtDesk(kept).data, 201, headers=headers)


def _bringing(name: str) -> Callable[..., Any]:
    return extend_schema(
        tags=["desk"],
        operation_id=f"desk_{name}",
        parameters=[KEY],
        request={"multipart/form-data": EvidenceInput},
        responses={201: EvidenceAtDesk, **refusals(400, 401, 403, 404, 409, 413, 415)},
    )


class ReportEvidence(ReportThing, EvidenceOf):
    @listing("reports_evidence", EvidenceAtDesk, EvidenceQuery, of=[KEY])
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """The files kept for a report, newest first, of those you may open."""
        return self.page(request)

    @_bringing("reports_evidence_bring")
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Keep a file for a report, as it is. It is looked at, never opened."""
        return self.bring(request, key)


class IncidentEvidence(IncidentThing, EvidenceOf):
    @listing("incidents_evidence", EvidenceAtDesk, EvidenceQuery, of=[KEY])
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """The files kept for an incident itself, newest first, of those you may open."""
        return self.page(request)

    @_bringing("incidents_evidence_bring")
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Keep a file for an incident, as it is. It is looked at, never opened."""
        return self.bring(request, key)


class EvidenceFile(DeskView):
    rights = {"GET": MayReadEvidence}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002
        # A file is handed out as it is, whatever kind was asked for.
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        tags=["desk"],
        operation_id="desk_evidence_file",
        parameters=[OpenApiParameter("number", int, "path", description=_("Its number."))],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            **refusals(400, 401, 403, 404, 409),
        },
    )
    def get(self, request: DeskRequest, number: int) -> FileResponse:
        """The bytes as they were received, to be stored: found to be the same before they are sent."""
        Parameters.refuse_any(request.query_params)
        kept = get_object_or_404(Evidence.objects.visible_to(request.user), pk=number)
        return attachment(evidence.opened(kept.sha256), name=evidence.handed_out_as(kept))


def _refuse_large(request: DeskRequest) -> None:
    """Raises TooLarge by what the sender says is coming: a server reads no more than that."""
    coming = request.headers.get("Content-Length", "")
    # The second is what may be told of a file, beside it.
    most = settings.EVIDENCE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if coming.isdecimal() and int(coming) > most:
        raise TooLarge
