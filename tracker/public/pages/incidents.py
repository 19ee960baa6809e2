"""Incidents: those that answer to what was asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.public.filters import IncidentQuery
from tracker.public.models import Kind
from tracker.public.pages.asking import page
from tracker.public.pages.reading import documents


@page(IncidentQuery)
def incidents(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """A page of the list."""
    editions, order = IncidentQuery.page(Kind.INCIDENT, asked)
    told = documents(order.arrange(editions)[: asked["page_size"]])
    return render(request, "pages/incidents.html", {"incidents": told})
