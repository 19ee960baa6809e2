"""Incidents as the desk works on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from tracker.codebook import Publication, Verification
from tracker.desk.api.describe import changing, listing, making, reading
from tracker.desk.api.filters import HappenedQuery
from tracker.desk.api.incident_documents import (
    DeskIncidentDocument,
    IncidentInput,
    ListedIncident,
    listed,
    whole,
)
from tracker.desk.api.rights import (
    DeskRequest,
    MayAddIncidents,
    MayChangeIncidents,
    MayReadIncidents,
)
from tracker.desk.api.views import ThingList, ThingView
from tracker.desk.models import Incident, Revision
from tracker.desk.models.incidents import IncidentQuerySet
from tracker.desk.workflow import incidents
from tracker.desk.workflow.recording import recorded
from tracker.paging import Order
from tracker.parameters import Listed, Parameters


class DeskIncidentQuery(HappenedQuery):
    """What the desk's incidents can be asked."""

    publication = Listed(
        child=serializers.ChoiceField(Publication.choices),
        required=False,
        help_text=_("Who may see it."),
    )
    verification = Listed(
        child=serializers.ChoiceField(Verification.choices),
        required=False,
        help_text=_("How far it is established that it happened."),
    )
    changed = serializers.BooleanField(
        required=False, help_text=_("Whether it is published and has been changed since.")
    )
    updated_since = serializers.DateField(
        required=False, help_text=_("Changed at the desk on this day or later.")
    )


class IncidentThing(ThingView):
    """An incident: whatever is done with it is answered with it as it is then."""

    kind = "incident"

    def things(self) -> IncidentQuerySet:
        return Incident.objects.visible_to(self.request.user)

    def document(self, number: int) -> Any:
        return DeskIncidentDocument(whole(self.things(), self.request.user).get(pk=number)).data


class IncidentList(IncidentThing, ThingList):
    rights = {"GET": MayReadIncidents, "POST": MayAddIncidents}
    query = DeskIncidentQuery
    order = Order("-date", ("date_start", "id"))

    def selected(self, asked: dict[str, Any]) -> IncidentQuerySet:
        found = listed(self.things(), self.request.user)
        for name in ("publication", "verification"):
            if name in asked:
                found = found.filter(**{f"{name}__in": asked[name]})
        if "changed" in asked:
            changed = Q(publication=Publication.PUBLISHED, is_changed=True)
            found = found.filter(changed if asked["changed"] else ~changed)
        if "updated_since" in asked:
            later = Revision.objects.filter(at__date__gte=asked["updated_since"])
            found = found.filter(Exists(later.filter(kind="incident", thing=OuterRef("pk"))))
        return self.query.happened(found, asked)

    def documents(self, things: Sequence[Incident]) -> Any:
        return ListedIncident(things, many=True).data

    @listing("incidents", ListedIncident, DeskIncidentQuery)
    def get(self, request: DeskRequest) -> Response:
        """Incidents, newest first."""
        return self.page(request)

    @making("incidents_create", IncidentInput, DeskIncidentDocument)
    def post(self, request: DeskRequest) -> Response:
        """Make an incident."""
        Parameters.refuse_any(request.query_params)
        with recorded(by=request.user):
            stated = IncidentInput(data=request.data).given()
            parties = stated.pop("target_parties", [])
            incident = incidents.enter(stated, target_parties=parties, by=request.user)
        return self.answer(incident.pk, made_at=reverse("desk_incident", args=[incident.pk]))


class IncidentView(IncidentThing):
    rights = {"GET": MayReadIncidents, "PATCH": MayChangeIncidents}

    @reading("incidents_retrieve", DeskIncidentDocument)
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """One incident, with its reports and verdicts.

        Its version is of what the desk decides about it: not of what its reports state, nor of how
        it is judged when an agreement changes.
        """
        return self.read(request, key)

    @changing("incidents_change", IncidentInput, DeskIncidentDocument)
    def patch(self, request: DeskRequest, key: int | UUID) -> Response:
        """Change what is given of an incident. The public reads it once it is signed again."""
        with self.change(request, key) as incident:
            stated = IncidentInput(incident, data=request.data, partial=True).given()
            parties = stated.pop("target_parties", None)
            incidents.change(incident, stated, target_parties=parties)
        return self.answer(incident.pk)
