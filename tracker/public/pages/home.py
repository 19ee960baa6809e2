"""The front page: the agreement, where there is one; else all of them, and what is new."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.codebook import Verification
from tracker.parameters import Parameters
from tracker.public.models import Edition, Kind
from tracker.public.pages.agreement import listing
from tracker.public.pages.agreements import shown
from tracker.public.pages.asking import page
from tracker.public.pages.reading import documents

NEWEST = 12


@page(Parameters)
def home(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The page of the one agreement that stands under no other, or what there is to choose from."""
    heads = listing.heads()
    if len(heads) == 1:
        return shown(request, heads[0], {})
    newest = Edition.objects.of(Kind.INCIDENT).order_by("-entry__date_start", "-entry__public_id")
    context = {
        "families": listing.families() if heads else [],
        "incidents": [
            {"told": told, "verification": Verification(told["verification"])}
            for told in documents(newest[:NEWEST])
        ],
    }
    return render(request, "pages/home.html", context)
