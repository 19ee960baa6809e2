"""What monitors counted, beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.public.models import Edition, Kind
from tracker.public.pages.asking import page
from tracker.public.pages.reading import documents
from tracker.public.tallies import TallyQuery


@page(TallyQuery)
def tallies(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The counts that answer to what was asked."""
    editions = TallyQuery.apply(Edition.objects.of(Kind.TALLY), asked)
    told = documents(TallyQuery.order(asked).arrange(editions)[: asked["page_size"]])
    return render(request, "pages/tallies.html", {"tallies": told})
