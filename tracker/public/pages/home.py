"""The front page: what has been published, newest first."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from tracker.codebook import Act, Verification
from tracker.public.models import Edition, Kind
from tracker.public.pages.languages import in_language

SHOWN = 50


@in_language
def home(request: HttpRequest) -> HttpResponse:
    incidents = Edition.objects.of(Kind.INCIDENT).order_by(
        "-entry__date_start", "-entry__public_id"
    )
    documents = incidents.values_list("document", flat=True)[:SHOWN]
    agreements = Edition.objects.of(Kind.AGREEMENT).order_by("label")
    context = {
        "incidents": [_row(orjson.loads(document)) for document in documents],
        "agreements": [_worded(orjson.loads(each.document)) for each in agreements],
        "shown": SHOWN,
    }
    return render(request, "pages/home.html", context)


def _row(incident: dict[str, Any]) -> dict[str, Any]:
    acts = [Act(code).label for code in incident["acts"]]
    verification = Verification(incident["verification"]).label
    place = incident["place"] and _worded(incident["place"])
    return {**_worded(incident), "acts": acts, "verification": verification, "place": place}


def _worded(document: dict[str, Any]) -> dict[str, Any]:
    """A document with its texts in the reader's language, where it has them."""
    if translation.get_language() != "ar":
        return document
    arabic = {
        key.removesuffix("_ar"): value for key, value in document.items() if key.endswith("_ar")
    }
    return {**document, **{key: value for key, value in arabic.items() if value}}
