"""Making one incident of two, side by side, parting them again, and splitting reports off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tracker.codebook import Publication
from tracker.desk.admin.comparing import compared, reports_of
from tracker.desk.admin.merging import MergedFilter
from tracker.desk.admin.positions import PositionedAdmin
from tracker.desk.models import Incident, IncidentMerge, Report
from tracker.desk.workflow import incident_merging
from tracker.desk.workflow.recording import recorded
from tracker.errors import TrackerError

# How many days before and after an incident others are looked for that may be the same.
DAYS_AROUND = 3
# How many are offered to choose from.
OFFERED = 20


class MergeForm(forms.Form):
    """Which of two incidents stays, and why they are one."""

    into = forms.ModelChoiceField(Incident.objects.none())
    reason = forms.CharField(required=False)

    def __init__(self, pair: QuerySet[Incident], *args: Any) -> None:
        super().__init__(*args)
        self.fields["into"] = forms.ModelChoiceField(pair)


class SplitForm(forms.Form):
    """Which of an incident's reports tell of another one, and why."""

    report = forms.ModelMultipleChoiceField(Report.objects.none(), required=False)
    reason = forms.CharField(required=False)

    def __init__(self, reports: QuerySet[Report], *args: Any) -> None:
        super().__init__(*args)
        self.fields["report"] = forms.ModelMultipleChoiceField(reports, required=False)


class IncidentMergingAdmin(PositionedAdmin):
    """For incidents: what was entered twice becomes one, what was taken for one becomes two."""

    def get_urls(self) -> list[Any]:
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"desk_{name}")
            for address, view, name in (
                ("merge/", self.merge_view, "incident_merge"),
                ("merge/<int:other>/", self.compare_view, "incident_compare"),
                ("unmerge/", require_POST(self.unmerge_view), "incident_unmerge"),
                ("split/", self.split_view, "incident_split"),
            )
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        incidents = super().get_queryset(request)
        page = request.resolver_match
        # What was merged keeps its page, but nobody shall choose it any more.
        return incidents.standing() if page and page.url_name == "autocomplete" else incidents  # type: ignore[attr-defined]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [*super().get_list_filter(request), MergedFilter]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.merge_incident")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.merged_into_id)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        incident: Incident | None = kwargs.get("obj")
        if incident:
            standing = IncidentMerge.objects.standing().filter(into=incident)
            context["merges"] = standing.select_related("incident__place", "merged_by")
            context["may_merge"] = self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The incidents that may be the same as this one, or those that are searched for."""
        incident, term = self._found(request, pk), request.GET.get("q", "").strip()
        others = self.get_queryset(request).standing().exclude(pk=pk)  # type: ignore[attr-defined]
        offered = self._searched(request, others, term) if term else _around(incident, others)
        context = {"term": term, "offered": offered[:OFFERED]}
        return self._page(request, "merge", _("Merge with another incident"), incident, context)

    def compare_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Two incidents side by side, and what merges them once it is chosen which one stays."""
        pair = [self._found(request, pk), self._found(request, other)]
        choices = Incident.objects.visible_to(request.user).filter(pk__in=[pk, other])
        form = MergeForm(choices, _answer(request))
        if form.is_valid():
            into = form.cleaned_data["into"]
            incident = pair[0] if into == pair[1] else pair[1]
            if self._merge(request, incident, into, form.cleaned_data["reason"]):
                return HttpResponseRedirect(_address(into))
        elif form.is_bound:
            self.message_user(request, _("Choose which of the two stays."), messages.ERROR)
        context = {
            "pair": pair,
            "proposed": max(pair, key=_worth),
            "rows": compared(pair, request.user),
        }
        return self._page(request, "compare", _("Merge two incidents"), pair[0], context)

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An incident's reports side by side, and what makes a new incident of those ticked."""
        incident = self._found(request, pk)
        reports = reports_of(incident, request.user)
        form = SplitForm(reports, _answer(request))
        if form.is_valid() and (made := self._split(request, incident, form.cleaned_data)):
            return HttpResponseRedirect(_address(made))
        return self._page(
            request, "split", _("Split reports off"), incident, {"reports": list(reports)}
        )

    def unmerge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Part an incident again from the one it was merged into."""
        incident = self._found(request, pk)
        merged = get_object_or_404(IncidentMerge.objects.order_by("-pk"), incident=incident)
        try:
            with recorded(by=request.user, why=_("Parted again from “%s”.") % merged.into):
                lost = incident_merging.undo(merged, by=request.user)  # type: ignore[arg-type]
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            self.log_change(request, incident, _("Parted again from “%s”.") % merged.into)
            self.log_change(request, merged.into, _("“%s” was parted from it again.") % incident)
            told = format_html(_("{} is an incident of its own again."), _link(incident))
            self.message_user(request, told)
            self._say_what_is_left(request, incident, lost)
        return HttpResponseRedirect(_address(merged.into))

    def _found(self, request: HttpRequest, pk: int) -> Incident:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        incidents = Incident.objects.visible_to(request.user)
        return get_object_or_404(incidents.select_related("place", "merged_into"), pk=pk)

    def _page(
        self,
        request: HttpRequest,
        name: str,
        title: str,
        incident: Incident,
        context: dict[str, Any],
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            "incident": incident,
        }
        return TemplateResponse(request, f"admin/desk/incident/{name}.html", shared | context)

    def _searched(
        self, request: HttpRequest, others: QuerySet[Incident], term: str
    ) -> QuerySet[Incident]:
        """Those whose text or place holds the words, and the one whose number or public id it is."""
        worded, _repeated = self.get_search_results(request, others, term)
        numbered = Q(pk=term) if term.isdecimal() else Q()
        return others.filter(Q(pk__in=worded.values("pk")) | numbered)

    def _merge(self, request: HttpRequest, incident: Incident, into: Incident, reason: str) -> bool:
        user: Any = request.user
        try:
            with recorded(by=user, why=reason or _("Merged into “%s”.") % into):
                incident_merging.merge(incident, into=into, by=user, reason=reason)
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return False
        self.log_change(request, incident, _("Merged into “%s”.") % into)
        self.log_change(request, into, _("“%s” was merged into it.") % incident)
        self.message_user(request, format_html(_("Merged into {}."), _link(into)))
        incident.refresh_from_db()
        if incident.publication == Publication.PUBLISHED:
            told = _("The public reads “%s” until this one is published, and is led here then.")
            self.message_user(request, told % incident, messages.WARNING)
        return True

    def _split(
        self, request: HttpRequest, incident: Incident, given: dict[str, Any]
    ) -> Incident | None:
        user: Any = request.user
        reports, reason = list(given["report"]), given["reason"]
        try:
            with recorded(by=user, why=reason or _("Split off “%s”.") % incident):
                made = incident_merging.split(incident, reports=reports, by=user, reason=reason)
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return None
        self.log_change(request, incident, _("“%s” was split off.") % made)
        self.log_change(request, made, _("Split off “%s”.") % incident)
        self.message_user(request, format_html(_("Split off {}."), _link(incident)))
        if incident.publication == Publication.PUBLISHED:
            self._ask_to_publish(request)
        return made

    def _say_what_is_left(self, request: HttpRequest, incident: Incident, lost: int) -> None:
        incident.refresh_from_db()
        if incident.public_id and incident.publication == Publication.DRAFT:
            self._ask_to_publish(request)
        if lost:
            told = ngettext(
                "%(number)d report does not come back: it has been moved elsewhere since.",
                "%(number)d reports do not come back: they have been moved elsewhere since.",
                lost,
            )
            self.message_user(request, told % {"number": lost}, messages.WARNING)

    def _ask_to_publish(self, request: HttpRequest) -> None:
        told = _("Publish both again: until then the public reads them as one.")
        self.message_user(request, told, messages.WARNING)


def _answer(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _around(incident: Incident, others: QuerySet[Incident]) -> list[Incident]:
    """Those of about the same days, those of the same place first."""
    days = dt.timedelta(days=DAYS_AROUND)
    first, last = incident.date_start - days, (incident.date_end or incident.date_start) + days
    near = others.alias(ends=Coalesce("date_end", "date_start"))
    found = list(near.filter(date_start__lte=last, ends__gte=first)[: 5 * OFFERED])
    return sorted(found, key=lambda other: other.place_id != incident.place_id)


def _worth(incident: Incident) -> tuple[bool, int, int]:
    """What speaks for it to stay: readers know it, many tell of it, it is older."""
    is_published = incident.publication == Publication.PUBLISHED
    return is_published, incident.reports.current().count(), -incident.pk


def _address(incident: Incident) -> str:
    return reverse("admin:desk_incident_change", args=[incident.pk])


def _link(incident: Incident) -> str:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', _address(incident), incident)
