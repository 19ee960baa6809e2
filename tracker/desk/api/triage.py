"""The inbox over HTTP: what a report that waits may tell of, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from tracker.desk.api.bodies import Strict
from tracker.desk.api.describe import KEY, changing
from tracker.desk.api.references import numbered, readable_report
from tracker.desk.api.reports import DeskReportDocument, ReportThing
from tracker.desk.api.rights import DeskRequest, MayTriage
from tracker.desk.models import Report, User
from tracker.desk.workflow import matching, triage
from tracker.openapi import refusals
from tracker.parameters import Parameters

Act = Callable[[Report, dict[str, Any], User], None]
ACTS: dict[str, Act] = {
    "claim": lambda report, _given, by: triage.claim(report, by=by),
    "release": lambda report, _given, by: triage.release(report, by=by),
    "reject": lambda report, given, by: triage.reject(report, because=given["because"], by=by),
    "duplicate": lambda report, given, by: triage.mark_duplicate(report, of=given["of"], by=by),
    "take_up_again": lambda report, _given, by: triage.take_up_again(report, by=by),
}


class TriageInput(Strict):
    """What is done with a report: rejecting it takes a reason, a duplicate names its original."""

    act = serializers.ChoiceField(list(ACTS))
    because = serializers.CharField(max_length=300, allow_blank=True, default="")
    of = serializers.IntegerField(min_value=1, allow_null=True, default=None)

    def validate_of(self, number: int | None) -> Report | None:
        return readable_report(number, self.context["user"]) if number else None

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name, act in (("because", "reject"), ("of", "duplicate")):
            if attrs[name] and attrs["act"] != act:
                raise serializers.ValidationError({name: [_("This belongs to another act.")]})
            if attrs["act"] == act and not attrs[name]:
                raise serializers.ValidationError({name: [_("This act needs it.")]})
        return attrs


class ReportTriage(ReportThing):
    rights = {"POST": MayTriage}

    @changing("reports_triage", TriageInput, DeskReportDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Take a report before oneself, put it back, set it aside, or take it up again."""
        with self.change(request, key) as report:
            given = TriageInput(data=request.data, context={"user": request.user})
            given.is_valid(raise_exception=True)
            act = ACTS[given.validated_data["act"]]
            act(report, given.validated_data, request.user)
        return self.answer(report.pk)


class SuggestedIncident(serializers.Serializer[Any]):
    incident = numbered(_("Number of the incident."), source="thing.pk")
    score = numbered(_("From 0 to 100; no probability."))
    is_strong = serializers.BooleanField(help_text=_("Whether it is held to be the one."))
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text=_("What speaks for it and against it, in words.")
    )


class SuggestedDuplicate(serializers.Serializer[Any]):
    report = numbered(_("Number of the report."), source="report.pk")
    likeness = numbered(_("How alike the words are, from 0 to 100."))
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text=_("Why it is held to tell the same, in words.")
    )


class SuggestionsDocument(serializers.Serializer[Any]):
    """What the tracker makes of a report. It decides nothing."""

    incidents = SuggestedIncident(
        many=True, help_text=_("The incidents it may tell of, the likeliest first.")
    )
    duplicates = SuggestedDuplicate(
        many=True, help_text=_("The reports that tell the same, the likest first.")
    )


class ReportSuggestions(ReportThing):
    rights = {"GET": MayTriage}

    @extend_schema(
        tags=["desk"],
        operation_id="desk_reports_suggestions",
        parameters=[KEY],
        responses={200: SuggestionsDocument, **refusals(400, 401, 403, 404)},
    )
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """Which incidents a report may tell of, and which reports tell the same, with reasons."""
        Parameters.refuse_any(request.query_params)
        report = self.find(key)
        found = {
            "incidents": matching.incidents_for(report, user=request.user),
            "duplicates": matching.like(report, user=request.user),
        }
        return Response(SuggestionsDocument(found).data)
