"""The agreements, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.parameters import Parameters
from tracker.public.models import Edition, Kind
from tracker.public.pages.asking import page
from tracker.public.pages.reading import document, documents


@page(Parameters)
def agreements(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """Every agreement there is."""
    told = documents(Edition.objects.of(Kind.AGREEMENT).order_by("label"))
    return render(request, "pages/agreements.html", {"agreements": told})


@page(Parameters)
def agreement(request: HttpRequest, *, slug: str, asked: dict[str, Any]) -> HttpResponse:
    """One agreement."""
    told = document(Kind.AGREEMENT, slug)
    return render(request, "pages/agreement.html", {"agreement": told})
