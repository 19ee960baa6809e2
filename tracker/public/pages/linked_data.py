"""An incident in the words of schema.org, for machines that read pages.

It is told as a work that holds claims, each with who made it: nothing in it says that it happened.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tracker.codebook import Act


def of_incident(request: HttpRequest, incident: dict[str, Any]) -> dict[str, Any]:
    page = request.build_absolute_uri(reverse("incident_page", args=[incident["id"]]))
    data = request.build_absolute_uri(reverse("incident", args=[incident["id"]]))
    told = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": page,
        "url": page,
        "identifier": incident["id"],
        "name": incident["title"],
        "alternateName": incident["title_ar"],
        "abstract": incident["summary"],
        "version": incident["revision"],
        "datePublished": incident["published_on"],
        "dateModified": incident["updated_on"],
        "temporalCoverage": f"{incident['date_start']}/{incident['date_end']}",
        "license": settings.DATA_LICENCE,
        "isAccessibleForFree": True,
        "keywords": [Act(each).value for each in incident["acts"]],
        "spatialCoverage": _place(incident),
        "hasPart": [_claim(each) for each in incident["reports"]],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/json",
            "contentUrl": data,
        },
    }
    return {name: value for name, value in told.items() if value is not None}


def _place(incident: dict[str, Any]) -> dict[str, Any] | None:
    place, position = incident["place"], incident["position"]
    if place is None:
        return None
    told: dict[str, Any] = {"@type": "Place", "name": place["name"]}
    if position:
        # South and west, then north and east: the cell, and never a point.
        half = position["cell_degrees"] / 2
        south, west = position["latitude"] - half, position["longitude"] - half
        north, east = position["latitude"] + half, position["longitude"] + half
        box = f"{south:.4f} {west:.4f} {north:.4f} {east:.4f}"
        told["geo"] = {"@type": "GeoShape", "box": box}
    return told


def _claim(report: dict[str, Any]) -> dict[str, Any]:
    claimant = report["claimant"]
    told = {
        "@type": "Claim",
        "identifier": report["id"],
        "text": report["text"],
        "inLanguage": report["language"],
        "datePublished": report["stated_on"],
        "url": report["url"],
        "author": claimant["name"] and {"@type": "Organization", "name": claimant["name"]},
    }
    return {name: value for name, value in told.items() if value is not None}
