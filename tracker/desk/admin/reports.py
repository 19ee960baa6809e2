from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.attachments import streamed
from tracker.codebook import Act, Means
from tracker.desk.admin import choosing, repeats
from tracker.desk.admin.evidence import EvidencedAdmin
from tracker.desk.admin.positions import PositionedAdmin, PositionForm, written
from tracker.desk.admin.site import PLACE_NAMES, DeskInline, labels, site
from tracker.desk.models import Figure, Incident, Place, Report
from tracker.desk.models.reports import STATED
from tracker.desk.workflow import exporting, matching
from tracker.errors import Conflict
from tracker.tables import write_csv

# What shows the words in place of the codes, where they cannot be changed.
CODES_NAMED: dict[Any, str] = {"acts": "acts_named", "means": "means_named"}


class AttachedFilter(admin.SimpleListFilter):
    title = gettext_lazy("incident")
    parameter_name = "attached"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", gettext_lazy("Unattached")), ("yes", gettext_lazy("Attached"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() == "no":
            return queryset.filter(incident__isnull=True, correction__isnull=True)
        return queryset.filter(incident__isnull=False) if self.value() == "yes" else queryset


class FigureInline(DeskInline):
    model = Figure
    extra = 2
    fields = ["harm", "group", "low", "best", "high", "as_written"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_locked)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_locked)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_locked)


class ReportForm(PositionForm):
    attach_to: Incident | None = None
    corrects = forms.ModelChoiceField(
        Report.objects.none(), required=False, widget=forms.HiddenInput, label=""
    )

    def _get_validation_exclusions(self) -> set[str]:
        # What nobody types is a part of what must be unique.
        return super()._get_validation_exclusions() - {"edition"}  # type: ignore[misc]

    def clean_corrects(self) -> Report | None:
        corrected: Report | None = self.cleaned_data["corrects"]
        if corrected and hasattr(corrected, "correction"):
            raise forms.ValidationError(_("This report has been corrected before."))
        return corrected

    def clean_incident(self) -> Incident | None:
        incident: Incident | None = self.cleaned_data["incident"]
        if incident and "incident" in self.changed_data and hasattr(self.instance, "correction"):
            raise forms.ValidationError(_("It has been corrected: attach its correction."))
        if incident and "incident" in self.changed_data and incident.merged_into:
            raise forms.ValidationError(
                _("It has been merged into “%s”: choose that one.") % incident.merged_into
            )
        return incident

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        # Kept from the report until all it states is saved: an incident locks it.
        self.attach_to = given.pop("incident", None)
        return given


@admin.register(Report, site=site)
class ReportAdmin(EvidencedAdmin, PositionedAdmin):
    form = ReportForm
    change_form_template = "admin/desk/report/change_form.html"
    fieldsets = [
        (
            gettext_lazy("Who says it"),
            {"fields": ["source", "relayed_from", ("published_on", "language"), "url"]},
        ),
        (gettext_lazy("What it says"), {"fields": ["text", "translation"]}),
        (
            gettext_lazy("When and where"),
            {
                "fields": [
                    ("date_start", "date_end", "date_precision"),
                    ("place_as_written", "place"),
                    "position",
                    ("geo_precision", "radius_m"),
                ]
            },
        ),
        (
            gettext_lazy("What was done, and by whom"),
            {
                "fields": [
                    "acts",
                    "means",
                    "accused",
                    "accused_as_written",
                    ("stance", "justification"),
                ]
            },
        ),
        (
            gettext_lazy("For the desk"),
            {"fields": ["incident", "external_id", "archive_url", "note", "corrects"]},
        ),
    ]
    autocomplete_fields = ["source", "relayed_from", "place", "accused", "incident"]
    kept_for_the_next = ["source", "date_start", "place"]
    inlines = [FigureInline]
    list_display = ["date_start", "place", "claimant_name", "stance", "incident_link", "entered_at"]
    list_display_links = ["date_start"]
    list_filter = [AttachedFilter, "stance", "date_precision", "source__kind"]
    list_select_related = ["source", "relayed_from", "place", "incident__place"]
    search_fields = ["text", "translation", "place_as_written", "external_id", *PLACE_NAMES]
    date_hierarchy = "date_start"
    actions = ["open_incidents", "download"]

    @admin.display(description=gettext_lazy("claimant"), ordering="source__name")
    def claimant_name(self, report: Report) -> str:
        return report.claimant.name

    @admin.display(description=gettext_lazy("incident"), ordering="incident")
    def incident_link(self, report: Report) -> str:
        return str(report.incident or "")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        locked = (*STATED, "position", *CODES_NAMED.values())
        return locked if obj and obj.is_locked else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not (obj and obj.is_locked):
            return self.fieldsets
        return [
            (title, {"fields": [CODES_NAMED.get(name, name) for name in section["fields"]]})
            for title, section in self.fieldsets
        ]

    @admin.display(description=gettext_lazy("acts"))
    def acts_named(self, report: Report) -> str:
        return labels(Act, report.acts)

    @admin.display(description=gettext_lazy("means"))
    def means_named(self, report: Report) -> str:
        return labels(Means, report.means)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"source", "relayed_from", "incident"}:
            kwargs["queryset"] = db_field.related_model.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        # A new field, not a new queryset: the declared one is shared by every request.
        form.base_fields["corrects"] = forms.ModelChoiceField(
            self.get_queryset(request), required=False, widget=forms.HiddenInput, label=""
        )
        choosing.prefer(form, self._place_before(request, obj))
        return form

    def _place_before(self, request: HttpRequest, report: Report | None) -> Place | None:
        """What the report's place is likely to lie near to: its incident, or the last one entered."""
        if report:
            return report.place or (report.incident.place if report.incident else None)
        last = Report.objects.filter(entered_by=request.user.pk, place__isnull=False)
        entered = last.order_by("-id").select_related("place").first()
        return entered.place if entered else None

    # A correction is a new report, begun from what the old one states.

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        corrected = self._corrected(request)
        if corrected is None:
            return super().get_changeform_initial_data(request)
        stated = {name: getattr(corrected, name) for name in STATED if name != "accused"}
        stated |= {"external_id": "", "position": written(corrected)}
        return {
            **stated,
            "accused": list(corrected.accused.all()),
            "incident": corrected.incident,
            "corrects": corrected,
        }

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        corrected = self._corrected(request)
        # Only for showing the form: when it comes back, what it holds counts as typed.
        if corrected and request.method == "GET" and isinstance(inline, FigureInline):
            names = ("harm", "group", "low", "best", "high", "as_written")
            kwargs["initial"] = list(corrected.figures.values(*names))
        return kwargs

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        corrected = None if obj else self._corrected(request)
        _figures, *others = inlines = super().get_inlines(request, obj)
        if corrected is None:
            return inlines
        extra = corrected.figures.count() + 2
        return [type("CorrectedFigureInline", (FigureInline,), {"extra": extra}), *others]

    def _corrected(self, request: HttpRequest) -> Report | None:
        number = request.GET.get("corrects", "")
        return self.get_queryset(request).filter(pk=number).first() if number.isdigit() else None

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.entered_by = request.user  # type: ignore[assignment]
            obj.supersedes = form.cleaned_data.get("corrects")
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        report, incident = form.instance, form.attach_to
        if not change or set(form.changed_data) & set(STATED):
            repeats.warn(self, request, report)
        if incident == report.incident:
            return
        if report.incident:
            matching.detach(report)
        if incident:
            matching.attach(report, incident)

    def response_add(self, request: HttpRequest, obj: Report, *args: Any) -> HttpResponse:
        if "_open_incident" in request.POST:
            return self._open_incident(request, obj)
        return super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        if "_open_incident" in request.POST:
            return self._open_incident(request, obj)
        return super().response_change(request, obj)

    def _open_incident(self, request: HttpRequest, report: Report) -> HttpResponse:
        if not self.has_open_incident_permission(request):
            raise PermissionDenied
        try:
            incident = matching.open_incident(report, by=request.user)  # type: ignore[arg-type]
        except Conflict as conflict:
            self.message_user(request, conflict.message, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:desk_report_change", args=[report.pk]))
        self.message_user(request, _("The incident has been made from the report."))
        return HttpResponseRedirect(reverse("admin:desk_incident_change", args=[incident.pk]))

    @admin.action(
        description=gettext_lazy("Make an incident of each"), permissions=["open_incident"]
    )
    def open_incidents(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        made = 0
        for report in queryset:
            try:
                matching.open_incident(report, by=request.user)  # type: ignore[arg-type]
                made += 1
            except Conflict as conflict:
                self.message_user(request, conflict.message, messages.ERROR)
        self.message_user(request, _("%d incidents made.") % made)

    @admin.action(description=gettext_lazy("Download as CSV, to be read again"))
    def download(self, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        return streamed(write_csv(exporting.table(queryset)), name="reports.csv")

    def has_open_incident_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.add_incident")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_locked)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting many at once would meet locked ones half way.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
