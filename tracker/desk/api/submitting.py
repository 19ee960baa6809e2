"""Reports that partners' systems submit."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.codebook import (
    Act,
    DatePrecision,
    GeoPrecision,
    Group,
    Harm,
    Justification,
    Means,
    Stance,
)
from tracker.desk.api.bodies import (
    MOST,
    Known,
    KnownPlace,
    KnownSource,
    ShallowJSONParser,
    Strict,
    refuse_early_end,
)
from tracker.desk.api.rights import FewSubmissions, MaySubmit, Token
from tracker.desk.models import Party, Place, Report, Submission
from tracker.desk.workflow import intake
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict


class FigureInput(Strict):
    harm = serializers.ChoiceField(Harm.choices, default=Harm.KILLED)
    group = serializers.ChoiceField(Group.choices, default=Group.ALL)
    low = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True, default=None)
    best = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True, default=None)
    high = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True, default=None)
    as_written = serializers.CharField(max_length=100, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        numbers = [attrs["low"], attrs["best"], attrs["high"]]
        if not attrs["as_written"] and all(number is None for number in numbers):
            raise serializers.ValidationError(_("Give a number, or the words used."))
        return attrs


class ReportInput(Strict):
    """A report as a partner submits it. Only source, date_start and text must be given."""

    source = KnownSource()  # type: ignore[assignment]
    relayed_from = KnownSource(allow_null=True, default=None)
    external_id = serializers.CharField(max_length=128, allow_blank=True, default="")
    url = serializers.URLField(max_length=1000, allow_blank=True, default="")
    archive_url = serializers.URLField(max_length=1000, allow_blank=True, default="")
    stated_on = serializers.DateField(source="published_on", allow_null=True, default=None)
    language = serializers.RegexField(
        r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?)?\Z", max_length=12, allow_blank=True, default=""
    )
    text = serializers.CharField(max_length=20_000)
    translation = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    date_start = serializers.DateField()
    date_end = serializers.DateField(allow_null=True, default=None)
    date_precision = serializers.ChoiceField(DatePrecision.choices, default=DatePrecision.DAY)
    place = KnownPlace("public_id", queryset=Place.objects.all(), allow_null=True, default=None)
    place_as_written = serializers.CharField(max_length=200, allow_blank=True, default="")
    geo_precision = serializers.ChoiceField(GeoPrecision.choices, allow_null=True, default=None)
    acts = serializers.ListField(child=serializers.ChoiceField(Act.choices), default=list)
    means = serializers.ListField(child=serializers.ChoiceField(Means.choices), default=list)
    # Not many=True, which would take an object's names for a list.
    accused = serializers.ListField(child=Known("slug", queryset=Party.objects.all()), default=list)
    accused_as_written = serializers.CharField(max_length=200, allow_blank=True, default="")
    stance = serializers.ChoiceField(Stance.choices, default=Stance.ALLEGES)
    justification = serializers.ChoiceField(Justification.choices, allow_blank=True, default="")
    figures = FigureInput(many=True, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_early_end(attrs)
        counted = [(figure["harm"], figure["group"]) for figure in attrs["figures"]]
        if len(set(counted)) < len(counted):
            raise serializers.ValidationError({"figures": [_("Each harm and group once.")]})
        return attrs


class Receipt(serializers.ModelSerializer[Submission]):
    """What the sender of a report keeps."""

    source = serializers.CharField(  # type: ignore[assignment]
        source="report.source.slug", help_text=_("As submitted.")
    )
    external_id = serializers.CharField(source="report.external_id", help_text=_("As submitted."))

    class Meta:
        model = Submission
        fields = ["receipt", "received_at", "source", "external_id"]


class SubmitReport(APIView):
    """Submitting a report needs a token; reading asks for none and looks at none."""

    parser_classes = [ShallowJSONParser]
    throttle_classes = [FewSubmissions]

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [Token()] if self._is_post() else []

    def get_permissions(self) -> list[Any]:
        return [MaySubmit()] if self._is_post() else []

    def _is_post(self) -> bool:
        return getattr(self, "request", None) is not None and self.request.method == "POST"

    @extend_schema(
        tags=["reports"],
        operation_id="reports_submit",
        request=ReportInput,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                str,
                "header",
                description=_(
                    "Any text of at most 128 characters: the same key is the same report."
                ),
            )
        ],
        responses={201: Receipt, 200: Receipt},
    )
    def post(self, request: Request) -> Response:
        """Submit a report. It goes to the desk; nothing is published by it."""
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > 128:
            raise serializers.ValidationError({"Idempotency-Key": [_("At most 128 characters.")]})
        report = ReportInput(data=request.data, context={"user": request.user})
        report.is_valid(raise_exception=True)
        stated = dict(report.validated_data)
        accused, figures = stated.pop("accused"), stated.pop("figures")
        submission, is_new = _submitted(
            stated, accused=accused, figures=figures, raw=request.data, key=key, by=request.user
        )
        return Response(Receipt(submission).data, status=201 if is_new else 200)


def _submitted(stated: dict[str, Any], **rest: Any) -> tuple[Submission, bool]:
    try:
        with recorded(by=rest["by"]):
            return intake.submit(stated, **rest)
    except IntegrityError:
        # Two senders gave the same source and external id at the same moment; the other was first.
        known = {"source": stated["source"], "external_id": stated["external_id"]}
        if not Report.objects.filter(**known).exists():
            raise
        raise Conflict(gettext("This source already has a report with this external id.")) from None
