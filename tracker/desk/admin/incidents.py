from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from tracker.codebook import Act, Publication
from tracker.desk.admin import assessments, choosing, claims
from tracker.desk.admin.evidence import EvidencedAdmin
from tracker.desk.admin.incident_merging import IncidentMergingAdmin
from tracker.desk.admin.positions import PositionForm
from tracker.desk.admin.site import PLACE_NAMES, labels, site
from tracker.desk.admin.stepping import ChangedFilter, SteppingAdmin
from tracker.desk.models import Agreement, Incident, Job, Report
from tracker.desk.workflow import assessing, judging, matching
from tracker.errors import Conflict


class IncidentForm(PositionForm):
    """The incident, and which reports belong to it."""

    attach = forms.ModelMultipleChoiceField(Report.objects.none(), required=False)
    detach = forms.ModelMultipleChoiceField(Report.objects.none(), required=False)


@admin.register(Incident, site=site)
class IncidentAdmin(SteppingAdmin, EvidencedAdmin, IncidentMergingAdmin):
    form = IncidentForm
    change_form_template = "admin/desk/incident/change_form.html"
    fieldsets = [
        (
            gettext_lazy("What the desk holds"),
            {
                "fields": [
                    ("date_start", "date_end", "date_precision"),
                    "place",
                    "position",
                    ("geo_precision", "radius_m"),
                    "acts",
                    "means",
                    "targets",
                    "target_parties",
                    "summary",
                    "summary_ar",
                    ("verification", "sensitivity"),
                    "note",
                    ("publication", "revision", "public_id"),
                ]
            },
        )
    ]
    readonly_fields = ["verification", "publication", "revision", "public_id"]
    autocomplete_fields = ["place", "target_parties"]
    inlines = [assessments.AssessmentInline]
    list_display = [
        "date_start",
        "acts_named",
        "place",
        "reports_counted",
        "verification",
        "publication",
        "is_changed",
    ]
    list_display_links = ["date_start", "acts_named"]
    list_filter = ["publication", ChangedFilter, "verification", "sensitivity", "date_precision"]
    list_select_related = ["place"]
    search_fields = ["summary", "summary_ar", "public_id", *PLACE_NAMES]
    date_hierarchy = "date_start"

    def get_urls(self) -> list[Any]:
        return [claims.page(self), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        incidents: Any = super().get_queryset(request)
        shown = incidents.with_report_counts().with_changes().select_related("place")
        return shown.order_by("-date_start", "-id")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [
            *super().get_readonly_fields(request, obj),
            *(assessing.settled(obj) if obj else []),
        ]

    @admin.display(description=gettext_lazy("acts"))
    def acts_named(self, incident: Incident) -> str:
        return labels(Act, incident.acts) or "-"

    @admin.display(description=gettext_lazy("reports"), ordering="report_count")
    def reports_counted(self, incident: Any) -> int:
        return int(incident.report_count)

    @admin.display(description=gettext_lazy("changed since it was signed"), boolean=True)
    def is_changed(self, incident: Any) -> bool | None:
        return incident.is_changed if incident.publication == Publication.PUBLISHED else None

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        visible = Report.objects.visible_to(request.user)
        # New fields, not new querysets: the declared ones are shared by every request.
        held = visible.filter(incident=obj) if obj else visible.none()
        form.base_fields["attach"] = forms.ModelMultipleChoiceField(
            visible.unattached(), required=False
        )
        choosing.prefer(form, obj.place if obj else None)
        form.base_fields["detach"] = forms.ModelMultipleChoiceField(held, required=False)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        incident: Incident | None = kwargs.get("obj")
        if incident:
            context["ledger"] = claims.ledger(incident, request.user)
        if incident and not incident.merged_into_id:
            context["offered"] = matching.reports_for(incident, user=request.user)
        if incident and request.user.has_perm("desk.view_verdict"):
            context["verdicts"] = _judged(incident)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Incident, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.opened_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        assessments.warn_of_moving(self, request, form)
        for report in form.cleaned_data.get("detach") or []:
            matching.detach(report)
        for report in form.cleaned_data.get("attach") or []:
            self._attach(request, report, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        assessments.save(self, request, formset)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        judging.judge_incident(form.instance)

    def _attach(self, request: HttpRequest, report: Report, incident: Incident) -> None:
        try:
            matching.attach(report, incident)
        except Conflict as conflict:
            self.message_user(request, conflict.message, messages.ERROR)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A published incident's id is never given up.
        return super().has_delete_permission(request, obj) and not (obj and obj.public_id)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


@dataclass(frozen=True)
class Judged:
    """What an incident is to an agreement, and the job that is judging it by that again."""

    agreement: Agreement
    scope: judging.AgreementScope | None
    job: Job | None


def _judged(incident: Incident) -> list[Judged]:
    scopes = {scope.agreement: scope for scope in judging.verdicts_of(incident)}
    jobs = judging.agreements_under_way()
    others = Agreement.objects.filter(pk__in=jobs).exclude(pk__in=[each.pk for each in scopes])
    return [
        Judged(agreement, scopes.get(agreement), jobs.get(agreement.pk))
        for agreement in (*scopes, *others)
    ]
