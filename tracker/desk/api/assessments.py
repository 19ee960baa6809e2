"""What the desk holds of an incident, and why: assessed anew, never written over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from tracker.codebook import Assessed, DatePrecision, GeoPrecision, Group, Harm, Proof
from tracker.desk.api.bodies import MOST, Explained, Known, counted
from tracker.desk.api.describe import KEY, changing, listing
from tracker.desk.api.incident_documents import DeskIncidentDocument
from tracker.desk.api.incidents import IncidentThing
from tracker.desk.api.references import PartyAtDesk, numbered, own_number, readable_report
from tracker.desk.api.rights import DeskRequest, MayAssess, MayReadAssessments
from tracker.desk.api.views import ThingList
from tracker.desk.models import Assessment, Incident, Party, Report
from tracker.desk.models.assessments import AssessmentQuerySet
from tracker.desk.workflow import assessing
from tracker.paging import Order
from tracker.parameters import Paged


class AssessmentAtDesk(serializers.ModelSerializer[Assessment]):
    """What one member of the desk came to hold of an incident, by which standard, and why."""

    number = own_number()
    stands = serializers.BooleanField(help_text=_("Whether none that is newer says otherwise."))
    party = PartyAtDesk(allow_null=True, help_text=_("Whom an attribution is about."))
    basis_report = numbered(
        _("Number of the report it rests on."), source="basis_report_id", allow_null=True
    )
    by = serializers.CharField(source="author.username", help_text=_("Who assessed it."))

    class Meta:
        model = Assessment
        fields = [
            *("number", "assessed", "stands", "value", "party", "geo_precision", "radius_m"),
            *("date_precision", "harm", "group", "low", "best", "high"),
            *("basis_report", "basis", "proof", "rationale", "by", "made_at"),
        ]


class AssessmentInput(Explained):
    """One assessment: what does not belong to what is assessed must be left out."""

    assessed = serializers.ChoiceField(Assessed.choices)
    value = serializers.CharField(max_length=24, allow_blank=True, default="")
    party = Known("slug", queryset=Party.objects.all(), allow_null=True, default=None)
    geo_precision = serializers.ChoiceField(GeoPrecision.choices, allow_null=True, default=None)
    radius_m = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True, default=None)
    date_precision = serializers.ChoiceField(DatePrecision.choices, allow_null=True, default=None)
    harm = serializers.ChoiceField(Harm.choices, allow_blank=True, default="")
    group = serializers.ChoiceField(Group.choices, allow_blank=True, default="")
    low = counted()
    best = counted()
    high = counted()
    basis_report = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    basis = serializers.CharField(max_length=500, allow_blank=True, default="")
    proof = serializers.ChoiceField(Proof.choices)
    rationale = serializers.CharField(max_length=20_000)

    def validate_basis_report(self, number: int | None) -> Report | None:
        return readable_report(number, self.context["user"]) if number else None

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = {name: value for name, value in attrs.items() if name != "why"}
        incident: Incident = self.context["incident"]
        assessment = Assessment(incident=incident, author=self.context["user"], **told)
        if refused := assessing.objections(assessment, incident.reports.current()):
            raise serializers.ValidationError({name: [said] for name, said in refused.items()})
        return attrs


class AssessmentQuery(Paged):
    """What the assessments of an incident can be asked."""

    standing = serializers.BooleanField(
        required=False, help_text=_("Whether none that is newer says otherwise.")
    )


class IncidentAssessments(IncidentThing, ThingList):
    rights = {"GET": MayReadAssessments, "POST": MayAssess}
    query = AssessmentQuery
    # In the order in which they were entered, whatever the clock said.
    order = Order("-number", ("id", "id"))

    def selected(self, asked: dict[str, Any]) -> AssessmentQuerySet:
        latest = Assessment.objects.standing().filter(pk=OuterRef("pk"))
        incident = self.find(self.kwargs["key"])
        found = incident.assessments.visible_to(self.request.user).annotate(stands=Exists(latest))
        if "standing" in asked:
            found = found.filter(stands=asked["standing"])
        return found.select_related("party", "author")

    def documents(self, things: Sequence[Assessment]) -> Any:
        return AssessmentAtDesk(things, many=True).data

    @listing("incidents_assessments", AssessmentAtDesk, AssessmentQuery, of=[KEY])
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """All that was assessed of an incident, newest first: what stands, and what stood before."""
        return self.page(request)

    @changing("incidents_assess", AssessmentInput, DeskIncidentDocument)
    def post(self, request: DeskRequest, key: int | UUID) -> Response:
        """Assess an incident: what follows from it, the incident and its verdicts follow."""
        with self.change(request, key) as incident:
            context = {"user": request.user, "incident": incident}
            given = AssessmentInput(data=request.data, context=context).given()
            assessing.assess(incident, by=request.user, **given)
        return self.answer(incident.pk)
