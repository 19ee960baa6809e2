"""One incident."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.parameters import Parameters
from tracker.public.models import Kind
from tracker.public.pages.asking import page
from tracker.public.pages.reading import document


@page(Parameters)
def incident(request: HttpRequest, *, public_id: uuid.UUID, asked: dict[str, Any]) -> HttpResponse:
    """What is alleged, by whom, and what it is under each reading."""
    told = document(Kind.INCIDENT, public_id)
    return render(request, "pages/incident.html", {"incident": told})
