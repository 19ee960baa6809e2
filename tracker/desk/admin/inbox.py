"""The inbox: the reports that wait for an incident, and one of them with what it may tell of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tracker.codebook import SourceKind
from tracker.desk.models import Incident, Report, User
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow import matching, triage
from tracker.desk.workflow.recording import recorded
from tracker.errors import InvalidInput, TrackerError

PAGE = 50
# Where the filters are kept from one visit to the next, and what sets them free.
KEPT, ALL = "inbox", "all"
# Where it is kept which reports were passed over since the inbox was looked at.
PASSED = "inbox_passed"


class FilterForm(forms.Form):
    """Which reports of the inbox are shown."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=[("", "–"), *SourceKind.choices],
        required=False,
    )
    since = forms.DateField(
        label=gettext_lazy("Happened since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    free = forms.BooleanField(label=gettext_lazy("Only those nobody looks at"), required=False)

    def chosen(self, reports: ReportQuerySet, user: User) -> ReportQuerySet:
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("kind"):
            reports = reports.filter(source__kind=given["kind"])
        if given.get("since"):
            reports = reports.filter(date_start__gte=given["since"])
        return triage.free(reports, user) if given.get("free") else reports


def urls(site: admin.AdminSite) -> list[Any]:
    """The addresses of the inbox, for the site to have."""
    return [
        path("inbox/", site.admin_view(partial(inbox, site=site)), name="inbox"),
        path("inbox/<int:pk>/", site.admin_view(partial(report, site=site)), name="inbox_report"),
    ]


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """The reports that wait, gravest first. A POST takes the next one that is free."""
    user = _triager(request)
    if request.method == "POST":
        with recorded(by=user):
            return _next(request, user)
    request.session.pop(PASSED, None)
    if (kept := _kept(request)) is not None:
        return HttpResponseRedirect(f"{reverse('admin:inbox')}?{kept}")
    chosen = FilterForm(request.GET)
    waiting = chosen.chosen(triage.inbox(user), user)
    shown = waiting.select_related("source", "relayed_from", "place", "claimed_by")
    page = Paginator(shown, PAGE).get_page(request.GET.get("p"))
    rows = [(each, triage.is_stale(each)) for each in page]
    context = {"title": _("Inbox"), "filters": chosen, "page": page, "rows": rows}
    return _shown(request, site, "admin/desk/inbox.html", context)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, site: admin.AdminSite) -> HttpResponse:
    """One report, with the incidents it may tell of and the reports that may say the same."""
    user = _triager(request)
    told = Report.objects.visible_to(user).select_related("source", "place", "claimed_by")
    found = told.filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _acted(request, found, user)
    context = {
        "title": _("Report %d") % pk,
        "report": found,
        "is_stale": triage.is_stale(found),
        "is_waiting": not (found.incident_id or found.set_aside),
        "suggestions": matching.incidents_for(found, user=user),
        "duplicates": matching.like(found, user=user),
        "may_open": user.has_perm("desk.add_incident"),
    }
    return _shown(request, site, "admin/desk/inbox_report.html", context)


def _triager(request: HttpRequest) -> User:
    if not request.user.has_perm("desk.change_report"):
        raise PermissionDenied
    return request.user  # type: ignore[return-value]


def _kept(request: HttpRequest) -> str | None:
    """The filters of the last visit, where this one names none; otherwise these are kept."""
    if request.GET:
        request.session[KEPT] = "" if ALL in request.GET else request.GET.urlencode()
        return None
    return request.session.get(KEPT) or None


def _next(request: HttpRequest, user: User) -> HttpResponse:
    """The page of the next report that is free, which is claimed."""
    filters = FilterForm(QueryDict(request.session.get(KEPT, "")))
    free = triage.free(filters.chosen(triage.inbox(user), user), user)
    following = free.exclude(pk__in=request.session.get(PASSED, [])).first()
    if following is None:
        messages.info(request, _("No report is left that nobody is looking at."))
        return HttpResponseRedirect(reverse("admin:inbox"))
    triage.claim(following, by=user)
    return HttpResponseRedirect(reverse("admin:inbox_report", args=[following.pk]))


def _acted(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    act = next((act for name, act in ACTS.items() if name in request.POST), None)
    try:
        with recorded(by=user):
            if act is None:
                raise InvalidInput(_("Choose what is to be done with the report."))
            return act(request, found, user)
    except TrackerError as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(request.path)


def _attach(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    number = request.POST["attach"] or request.POST.get("incident", "")
    incidents = Incident.objects.visible_to(user)
    incident = incidents.filter(pk=number).first() if number.isdecimal() else None
    if incident is None:
        raise InvalidInput(_("There is no incident %s.") % (number or "–"))
    triage.claim(found, by=user)
    matching.attach(found, incident)
    return _done(request, found, user, _("Report {report} tells of: {told}."), told=incident)


def _open(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    if not user.has_perm("desk.add_incident"):
        raise PermissionDenied
    triage.claim(found, by=user)
    incident = matching.open_incident(found, by=user)
    return _done(
        request, found, user, _("Report {report} tells of a new incident: {told}."), told=incident
    )


def _reject(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    triage.reject(found, because=request.POST.get("because", ""), by=user)
    return _done(request, found, user, _("Report {report} is rejected."))


def _duplicate(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    number = request.POST["duplicate"] or request.POST.get("of", "")
    reports = Report.objects.visible_to(user)
    other = reports.filter(pk=number).first() if number.isdecimal() else None
    if other is None:
        raise InvalidInput(_("There is no report %s.") % (number or "–"))
    triage.mark_duplicate(found, of=other, by=user)
    return _done(request, found, user, _("Report {report} is a duplicate of {told}."), told=other)


def _undo(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    if found.incident:
        matching.detach(found)
    else:
        triage.take_up_again(found, by=user)
    messages.success(request, _("Report %d waits for an incident again.") % found.pk)
    return HttpResponseRedirect(request.path)


def _release(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    triage.release(found, by=user)
    messages.info(request, _("Report %d is back in the inbox.") % found.pk)
    return HttpResponseRedirect(reverse("admin:inbox"))


def _pass(request: HttpRequest, found: Report, user: User) -> HttpResponse:
    triage.release(found, by=user)
    request.session[PASSED] = [*request.session.get(PASSED, []), found.pk]
    return _next(request, user)


ACTS: dict[str, Callable[[HttpRequest, Report, User], HttpResponse]] = {
    "attach": _attach,
    "open": _open,
    "reject": _reject,
    "duplicate": _duplicate,
    "undo": _undo,
    "release": _release,
    "next": _pass,
}


def _done(
    request: HttpRequest, found: Report, user: User, sentence: str, *, told: Any = ""
) -> HttpResponse:
    """Say what was done, with the way to undo it, and go on with the next report."""
    here = reverse("admin:inbox_report", args=[found.pk])
    said = format_html(sentence, report=found.pk, told=format_html("<bdi>{}</bdi>", told))
    undo = format_html('<a href="{}">{}</a>', here, _("See or undo it"))
    messages.success(request, format_html("{} {}", said, undo))
    return _next(request, user)


def _shown(
    request: HttpRequest, site: admin.AdminSite, template: str, context: dict[str, Any]
) -> HttpResponse:
    media = forms.Media(css={"all": ["tracker/desk.css"]}, js=["tracker/keys.js"])
    return TemplateResponse(
        request, template, {**site.each_context(request), "media": media, **context}
    )
