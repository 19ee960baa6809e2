"""Incidents: those that answer to what was asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.public.filters import IncidentQuery
from tracker.public.pages.asking import page
from tracker.public.pages.reading import page_of_list


@page(IncidentQuery)
def incidents(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """A page of the list."""
    told, _following = page_of_list(asked)
    return render(request, "pages/incidents.html", {"incidents": told})
