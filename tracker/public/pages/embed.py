"""The map for pages of others: what answers to the same filters, its count, and where it is from."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from rest_framework import serializers

from tracker.public import statistics
from tracker.public.analytics import counts
from tracker.public.pages import readings
from tracker.public.pages.asking import page, refused
from tracker.public.pages.incidents import MapQuery, shown


class EmbedQuery(MapQuery):
    """Nothing is listed here, so nothing is paged or sorted."""

    page_size = None  # type: ignore[assignment]
    cursor = None  # type: ignore[assignment]
    ordering = None  # type: ignore[assignment]


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@page(EmbedQuery)
def embed(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The map alone."""
    try:
        by = readings.read_by(asked, readings.agreements())
    except serializers.ValidationError as error:
        return refused(request, error)
    number = counts.total(statistics.selected(asked))
    return render(request, "pages/embed.html", {**shown(request, asked, by), "number": number})
