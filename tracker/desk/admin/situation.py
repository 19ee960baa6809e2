"""Situation reports: begun for a period, issued for good, and corrected beside their numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.publishable import PublishableAdmin
from tracker.desk.admin.site import DeskAdmin, DeskForm, DeskInline, site
from tracker.desk.models import Erratum, SituationReport
from tracker.desk.workflow import publishing, situation
from tracker.errors import TrackerError
from tracker.periods import ONE_DAY, Period
from tracker.public.situation.asked import MOST_DAYS
from tracker.public.situation.numbers import digest, report
from tracker.scope.days import Span

OWN, SINCE = "own", "since"
PERIODS = [
    (SINCE, gettext_lazy("Since the last one")),
    (Period.DAY.value, gettext_lazy("The last day alone")),
    (Period.WEEK.value, gettext_lazy("The week until the last day, from Monday")),
    (OWN, gettext_lazy("From the first day given")),
]


class SituationForm(DeskForm):
    """The first day follows from the period, unless it is given."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=PERIODS, initial=OWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "date_start" in self.fields:
            self.fields["date_start"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        last = given.get("date_end")
        if last and "date_start" in self.fields:
            try:
                given["date_start"] = self._first(given, last)
            except TrackerError as refusal:
                self.add_error("period", refusal.message)
        return given

    def _first(self, given: dict[str, Any], last: dt.date) -> dt.date | None:
        first = self._begun(given, last)
        if first is None:
            self.add_error("date_start", _("Give the first day."))
        elif last > timezone.localdate():
            self.add_error("date_end", _("That day has not come yet."))
        elif first <= last and Span(first, last).length > MOST_DAYS:
            self.add_error("date_end", _("That is more than %(most)d days.") % {"most": MOST_DAYS})
        return first

    def _begun(self, given: dict[str, Any], last: dt.date) -> dt.date | None:
        period = given.get("period", OWN)
        if period == SINCE:
            return situation.since_the_last(given.get("agreement"), last).first
        return (
            given.get("date_start")
            if period == OWN
            else situation.holding(Period(period), last).first
        )


# Two of them beside one another.
NARROW: dict[Any, Any] = {
    models.TextField: {"widget": forms.Textarea(attrs={"dir": "auto", "rows": 4, "cols": 32})}
}


class ErratumInline(DeskInline):
    """Corrections, of which none is taken back: another corrects it."""

    model = Erratum
    fields = ["number", "added_on", "text", "text_ar"]
    readonly_fields = ["number", "added_on"]
    formfield_overrides = NARROW
    extra = 1
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SituationReport, site=site)
class SituationReportAdmin(PublishableAdmin, DeskAdmin):
    form = SituationForm
    publish_right = "publish_incident"
    fields = ["agreement", "period", ("date_start", "date_end")]
    inlines = [ErratumInline]
    list_display = ["date_end", "date_start", "agreement", "number", "published_on"]
    list_filter = ["agreement", ("published_on", admin.EmptyFieldListFilter)]
    list_select_related = ["agreement"]
    date_hierarchy = "date_end"

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj and obj.published_on else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj and obj.published_on:
            told = ["agreement", ("date_start", "date_end"), ("number", "slug"), "sha256"]
            return [*told, "published_on"]
        return super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once issued it stays as it is."""
        if not (obj and obj.published_on):
            return []
        return ["agreement", "date_start", "date_end", "number", "slug", "sha256", "published_on"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        yesterday = timezone.localdate() - ONE_DAY
        return {
            "date_end": yesterday,
            "period": SINCE,
            **super().get_changeform_initial_data(request),
        }

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        """Number new corrections after those that are there."""
        last = form.instance.errata.count()
        for number, erratum in enumerate(formset.save(commit=False), start=last + 1):
            erratum.number = number
            erratum.save()
        formset.save_m2m()

    def publish_one(self, request: HttpRequest, obj: SituationReport) -> None:
        try:
            if obj.published_on:
                edition = publishing.correct_situation(obj)
            else:
                edition = publishing.issue_situation(obj, **_counted(obj))
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            self.message_user(request, _("Published: %s") % edition.public_id)


def _counted(situation_report: SituationReport) -> dict[str, Any]:
    """What the public reads of its days now, and the hash of it."""
    days = Span(situation_report.date_start, situation_report.date_end)
    about = situation_report.agreement
    numbers = report(days, about.slug if about else None)
    return {"numbers": numbers, "sha256": digest(numbers)}
