"""The members of an incident, as the desk is told them and as it tells them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import (
    Act,
    DatePrecision,
    GeoPrecision,
    Means,
    Publication,
    Sensitivity,
    Target,
)
from tracker.desk.api.bodies import MOST, AnyPlace, Explained, Known, refuse_early_end
from tracker.desk.api.references import (
    PartyAtDesk,
    PlaceAtDesk,
    PositionField,
    code_list,
    numbered,
    own_number,
    public_id,
)
from tracker.desk.api.reports import DeskReportDocument, with_all
from tracker.desk.api.rights import readable_reports
from tracker.desk.models import Incident, Party, Revision, User, Verdict
from tracker.desk.models.incidents import IncidentQuerySet


class ListedIncident(serializers.ModelSerializer[Incident]):
    """An incident in a list."""

    number = own_number()
    id = public_id()
    version = numbered(_("Its version, as the ETag tells it."))
    place = PlaceAtDesk(allow_null=True, help_text=_("Where it is held to have happened."))
    position = PositionField()
    acts = code_list(Act, _("What is alleged to have been done."))
    means = code_list(Means, _("The weapons or methods."))
    targets = code_list(Target, _("Whom or what it was aimed at, or hit."))
    is_changed = serializers.SerializerMethodField(
        help_text=_("Whether it has been changed since it was signed; null unless published.")
    )
    report_count = numbered(_("How many reports you may read in it."))

    class Meta:
        model = Incident
        fields = [
            *("number", "id", "version", "date_start", "date_end", "date_precision"),
            *("place", "position", "geo_precision", "radius_m", "acts", "means", "targets"),
            *("summary", "summary_ar", "verification", "sensitivity", "publication"),
            *("revision", "is_changed", "published_at", "opened_at", "report_count"),
        ]

    def get_is_changed(self, incident: Any) -> bool | None:
        published = incident.publication == Publication.PUBLISHED
        return bool(incident.is_changed) if published else None


class VerdictAtDesk(serializers.ModelSerializer[Verdict]):
    agreement = serializers.CharField(
        source="reading.agreement.slug", help_text=_("Slug of the agreement.")
    )
    reading = serializers.CharField(source="reading.slug", help_text=_("Slug of the reading."))
    verdict = serializers.CharField(source="code", help_text=_("What it came to."))

    class Meta:
        model = Verdict
        fields = ["agreement", "reading", "verdict", "test"]


class DeskIncidentDocument(ListedIncident):
    """What several reports tell of as one alleged event, as the desk works on it."""

    target_parties = PartyAtDesk(many=True, help_text=_("Which parties were aimed at."))
    reports = DeskReportDocument(many=True, help_text=_("Those you may read, oldest first."))
    verdicts = VerdictAtDesk(many=True, help_text=_("What it is under each reading, if you may."))

    class Meta(ListedIncident.Meta):
        fields = [*ListedIncident.Meta.fields, "target_parties", "note", "reports", "verdicts"]


class IncidentInput(Explained):
    """An incident as the desk enters it: only date_start must be given."""

    date_start = serializers.DateField()
    date_end = serializers.DateField(allow_null=True, required=False)
    date_precision = serializers.ChoiceField(DatePrecision.choices, required=False)
    place = AnyPlace(allow_null=True, required=False)
    position = PositionField(required=False)
    geo_precision = serializers.ChoiceField(GeoPrecision.choices, allow_null=True, required=False)
    radius_m = serializers.IntegerField(
        min_value=0, max_value=MOST, allow_null=True, required=False
    )
    acts = code_list(Act, None, required=False)
    means = code_list(Means, None, required=False)
    targets = code_list(Target, None, required=False)
    target_parties = serializers.ListField(
        child=Known("slug", queryset=Party.objects.all()), required=False
    )
    summary = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    summary_ar = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    sensitivity = serializers.ChoiceField(Sensitivity.choices, required=False)
    note = serializers.CharField(max_length=20_000, allow_blank=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_early_end(attrs, self.instance)
        return attrs


def listed(incidents: IncidentQuerySet, user: User) -> IncidentQuerySet:
    """Incidents with all that a list of them shows, however many, in one query."""
    reports = readable_reports(user).current().filter(incident=OuterRef("pk")).order_by()
    counted = reports.values("incident").annotate(number=Count("pk")).values("number")
    revisions = Revision.objects.filter(kind="incident", thing=OuterRef("pk")).order_by("-number")
    return (
        incidents.with_changes()
        .select_related("place")
        .annotate(
            report_count=Coalesce(Subquery(counted), 0),
            version=Coalesce(Subquery(revisions.values("number")[:1]), 0),
        )
    )


def whole(incidents: IncidentQuerySet, user: User) -> IncidentQuerySet:
    """Incidents with all that their documents show to this user."""
    reports = with_all(readable_reports(user).current()).order_by("date_start", "id")
    verdicts = Verdict.objects.select_related("reading__agreement").order_by("reading")
    if not user.has_perm("desk.view_verdict"):
        verdicts = verdicts.none()
    return listed(incidents, user).prefetch_related(
        "target_parties", Prefetch("reports", reports), Prefetch("verdicts", verdicts)
    )
