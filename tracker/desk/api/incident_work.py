"""What is done with an incident: its steps to the public, its reports, and its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from tracker.codebook import Step
from tracker.desk.api import versions
from tracker.desk.api.bodies import Explained, Strict
from tracker.desk.api.describe import KEY, changing
from tracker.desk.api.incident_documents import DeskIncidentDocument
from tracker.desk.api.incidents import IncidentThing
from tracker.desk.api.references import readable_report
from tracker.desk.api.rights import (
    DeskRequest,
    MayChangeIncidents,
    MayReadIncidents,
    readable_reports,
)
from tracker.desk.models import Report
from tracker.desk.workflow import matching, stepping
from tracker.desk.workflow.recording import Subject
from tracker.openapi import parameters, refusals
from tracker.parameters import Parameters


class StepInput(Strict):
    """A step, and its reason: of a withdrawal everyone reads it, of any other the desk alone."""

    step = serializers.ChoiceField(Step.choices)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class IncidentSteps(IncidentThing):
    # Which step asks for which right, stepping itself knows.
    rights = {"POST": MayReadIncidents}

    @changing("incidents_step", StepInput, DeskIncidentDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Take a step to the public, or back. Nobody publishes what is their own work."""
        with self.change(request, key) as incident:
            given = StepInput(data=request.data)
            given.is_valid(raise_exception=True)
            step, reason = Step(given.validated_data["step"]), given.validated_data["reason"]
            stepping.take(incident, step, by=request.user, reason=reason)
        return self.answer(incident.pk)


class AttachInput(Explained):
    """A report to count among an incident's."""

    report = serializers.IntegerField(min_value=1)

    def validate_report(self, number: int) -> Report:
        return readable_report(number, self.context["user"])


class IncidentReports(IncidentThing):
    rights = {"POST": MayChangeIncidents}

    @changing("incidents_attach", AttachInput, DeskIncidentDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Attach a report: from then on what it states stands."""
        with self.change(request, key) as incident:
            given = AttachInput(data=request.data, context={"user": request.user}).given()
            matching.attach(given["report"], incident)
        return self.answer(incident.pk)


class IncidentReport(IncidentThing):
    rights = {"DELETE": MayChangeIncidents}

    @changing("incidents_detach", None, DeskIncidentDocument)
    def delete(self, request: DeskRequest, key: int | UUID, report: int) -> Response:
        """Detach a report. What the public reads stays until the incident is signed again."""
        with self.change(request, key) as incident:
            Explained(data=request.data).given()
            held = readable_reports(request.user).filter(pk=report, incident=incident).first()
            if held is None:
                raise Http404
            matching.detach(held)
        return self.answer(incident.pk)


class ChangeQuery(Parameters):
    after = serializers.IntegerField(
        min_value=0, max_value=2**63 - 1, default=0, help_text=_("The version to begin after.")
    )


class DifferenceDocument(serializers.Serializer[Any]):
    path = serializers.CharField(help_text=_("Which field of it changed."))
    name = serializers.CharField(help_text=_("The field, in words."))
    before = serializers.CharField(allow_null=True, help_text=_("In words; null: there was none."))
    after = serializers.CharField(allow_null=True, help_text=_("In words; null: there is none."))


class RevisionDocument(serializers.Serializer[Any]):
    """One change, as the ledger holds it."""

    version = serializers.IntegerField(help_text=_("The version that came of it."))
    at = serializers.DateTimeField(help_text=_("When."))
    by = serializers.CharField(allow_null=True, help_text=_("Who; null for the tracker itself."))
    why = serializers.CharField(allow_null=True, help_text=_("Why, where a reason was given."))
    differences = DifferenceDocument(many=True, help_text=_("What changed."))


class IncidentHistory(IncidentThing):
    rights = {"GET": MayReadIncidents}

    @extend_schema(
        tags=["desk"],
        operation_id="desk_incidents_history",
        parameters=[KEY, *parameters(ChangeQuery)],
        responses={200: RevisionDocument(many=True), **refusals(400, 401, 403, 404)},
    )
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """What became of an incident, oldest first, at most 200 changes: go on with after."""
        asked = ChangeQuery.read(request.query_params)
        subject = Subject(self.kind, self.find(key).pk)
        return Response(versions.changes(subject, request.user, after=asked["after"]))
