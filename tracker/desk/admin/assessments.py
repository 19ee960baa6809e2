"""Assessments on their incident's page: what stands, what stood before it, and a form for another."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import Assessed, Codes
from tracker.desk.admin import choosing
from tracker.desk.admin.site import DeskForm, DeskInline
from tracker.desk.models import Assessment, Incident, Report, User
from tracker.desk.models.assessments import HELD, VALUES
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow import assessing
from tracker.errors import InvalidInput

# The field of the form that takes the value of each kind of assessment that has one.
VALUE_FIELDS = {
    Assessed.VERIFICATION: "verification",
    Assessed.ATTRIBUTION: "attribution",
    Assessed.INTENT: "intent",
    Assessed.PLACE: "geolocation",
}
# The fields of each kind, row by row.
GROUPS: dict[Assessed, list[Any]] = {
    Assessed.VERIFICATION: ["verification"],
    Assessed.ATTRIBUTION: [("attribution", "party")],
    Assessed.INTENT: ["intent"],
    Assessed.PLACE: [("geolocation", "geo_precision", "radius_m")],
    Assessed.DATE: ["date_precision"],
    Assessed.FIGURE: [("harm", "group"), ("low", "best", "high")],
}
FIELDSETS: Any = [
    (None, {"fields": ["assessed"]}),
    *((code.label, {"fields": rows}) for code, rows in GROUPS.items()),
    (
        gettext_lazy("What it rests on"),
        {"fields": ["basis_report", "basis", "proof", "rationale"]},
    ),
]


@dataclass(frozen=True)
class Thing:
    """One thing assessed, with all that was ever held of it, the oldest first.

    What stands is None where this reader may not see it; `doubt` says why it no longer fits.
    """

    standing: Assessment | None
    history: list[Assessment]
    doubt: str


def things(incident: Incident, *, user: User) -> list[Thing]:
    """All that was assessed of an incident and that this user may see, in the order of the codes."""
    seen = incident.assessments.visible_to(user).order_by("pk")
    related = ("party", "author", "basis_report__source", "basis_report__relayed_from")
    histories = defaultdict(list)
    for each in seen.select_related(*related):
        histories[each.assessed, each.party_id, each.harm, each.group].append(each)
    order: list[str] = list(Assessed)
    latest = set(incident.assessments.standing().values_list("pk", flat=True))
    doubts = assessing.doubts(incident)
    return [
        Thing(
            standing=history[-1] if history[-1].pk in latest else None,
            history=history,
            doubt=" ".join(doubts.get(history[-1], [])),
        )
        for history in sorted(histories.values(), key=lambda each: order.index(each[0].assessed))
    ]


def warn_of_moving(page: admin.ModelAdmin, request: HttpRequest, form: Any) -> None:
    """Say that a precision was assessed for where the incident was before."""
    if {"place", "position"} & set(form.changed_data) and "geo_precision" in assessing.settled(
        form.instance
    ):
        said = _("How well the place is known was assessed before it was changed: assess it again.")
        page.message_user(request, said, messages.WARNING)


def save(page: admin.ModelAdmin, request: HttpRequest, formset: Any) -> None:
    """Enter what the form has assessed, unless the incident has changed since it was looked through."""
    try:
        with transaction.atomic():
            formset.save()
    except InvalidInput as refusal:
        page.message_user(request, refusal.message, messages.ERROR)


def _codes(codes: type[Codes], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", "---------"), *codes.choices], required=False, label=label
    )


class ReportField(forms.ModelChoiceField):
    """A report by who makes it, when, and the numbers it gives."""

    def label_from_instance(self, report: Any) -> str:
        figures = (
            f"{each}: {_number(each.low)} / {_number(each.best)} / {_number(each.high)}"
            for each in report.figures.all()
        )
        return "; ".join([f"{report.pk}, {report.claimant.name}, {report.date_start}", *figures])


def _number(number: int | None) -> str:
    return "?" if number is None else str(number)


def _reports_of(incident: Incident | None, user: Any) -> Any:
    reports = Report.objects.visible_to(user).current().filter(incident=incident)
    reports = reports.select_related("source", "relayed_from").prefetch_related("figures")
    return Assessment.basis_report.field.formfield(form_class=ReportField, queryset=reports)


class AssessmentForm(DeskForm):
    """All kinds of assessments in one form, each with fields of its own; unchanged, it is none."""

    verification = _codes(VALUES[Assessed.VERIFICATION], gettext_lazy("Verification"))
    attribution = _codes(VALUES[Assessed.ATTRIBUTION], gettext_lazy("Attribution"))
    intent = _codes(VALUES[Assessed.INTENT], gettext_lazy("Intent"))
    geolocation = _codes(VALUES[Assessed.PLACE], gettext_lazy("Location"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # For the script that shows the fields of the kind chosen alone: one field of each.
        told = {code: HELD[code][-1] for code in GROUPS} | VALUE_FIELDS
        self.fields["assessed"].widget.attrs["data-fields"] = json.dumps(told)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for code, name in VALUE_FIELDS.items():
            if given.get("assessed") == code:
                self.instance.value = given.get(name, "")
            elif given.get("assessed") and given.get(name):
                self.add_error(name, _("This belongs to another kind of assessment."))
        return given

    def raise_objections(self, incident: Incident, reports: ReportQuerySet) -> None:
        """Say at the fields why this cannot be assessed of an incident with these reports."""
        self.instance.incident = incident
        # What the database would say of the same names no field.
        self.errors.pop(NON_FIELD_ERRORS, None)
        for name, said in assessing.objections(self.instance, reports).items():
            field = VALUE_FIELDS[self.instance.assessed] if name == "value" else name
            if field not in self.errors:
                self.add_error(field, said)

    def told(self) -> dict[str, Any]:
        names = ("assessed", "proof", "rationale", "basis", "basis_report")
        return {
            name: getattr(self.instance, name) for name in (*names, *HELD[self.instance.assessed])
        }


class AssessmentFormSet(BaseInlineFormSet):
    """What has been assessed, and one form for another."""

    author: User

    @property
    def things(self) -> list[Thing]:
        return things(self.instance, user=self.author)

    def clean(self) -> None:
        super().clean()
        forms: Any = self.forms
        for form in forms:
            if form.has_changed() and form.cleaned_data.get("assessed"):
                form.raise_objections(self.instance, self._reports())

    def _reports(self) -> ReportQuerySet:
        """The reports that the incident will have once the page is saved."""
        sent: Any = self.data
        ticked = {name: choosing.numbers(sent.getlist(name)) for name in ("attach", "detach")}
        visible = Report.objects.visible_to(self.author)
        coming = visible.unattached().filter(pk__in=ticked["attach"])
        held = Report.objects.current().filter(incident=self.instance)
        return held.exclude(pk__in=ticked["detach"]) | coming

    def save_new(self, form: Any, commit: bool = True) -> Assessment:  # noqa: FBT001, FBT002
        return assessing.assess(self.instance, by=self.author, **form.told())


class AssessmentInline(DeskInline):
    model = Assessment
    form = AssessmentForm
    formset = AssessmentFormSet
    template = "admin/desk/incident/_assessments.html"
    extra = 1
    max_num = 1
    autocomplete_fields = ["party"]
    fieldsets = FIELDSETS

    class Media:
        js = [forms.Script("tracker/assess.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        # What has been assessed is shown, and no form is made of it.
        return super().get_queryset(request).none()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.author = request.user
        fields = formset.form.base_fields
        if "basis_report" in fields:
            fields["basis_report"] = _reports_of(obj, request.user)
        return formset

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
