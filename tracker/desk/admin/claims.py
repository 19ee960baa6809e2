"""The claims ledger of an incident: on its page, and on one of its own to print or to show."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from tracker.desk.models import Incident, Report
from tracker.desk.workflow.claims import Ledger, assemble


def reports(user: Any) -> Any:
    """The reports this user may see, with what a comparison shows of them."""
    visible = Report.objects.visible_to(user)
    related = visible.select_related("source", "relayed_from", "place__merged_into")
    return related.prefetch_related("accused", "figures")


def ledger(incident: Incident, user: Any) -> Ledger:
    return assemble(reports(user).filter(incident=incident).current())


def page(incidents: admin.ModelAdmin) -> URLPattern:
    """Where an incident's ledger stands by itself."""
    view = incidents.admin_site.admin_view(partial(_show, incidents=incidents))
    return path("<int:pk>/claims/", view, name="desk_incident_claims")


def _show(request: HttpRequest, pk: int, *, incidents: admin.ModelAdmin) -> HttpResponse:
    visible = Incident.objects.visible_to(request.user).select_related("place")
    incident = get_object_or_404(visible, pk=pk)
    context = {
        **incidents.admin_site.each_context(request),
        "title": incident,
        "incident": incident,
        "ledger": ledger(incident, request.user),
        "media": incidents.media,
    }
    return TemplateResponse(request, "admin/desk/incident/claims.html", context)
