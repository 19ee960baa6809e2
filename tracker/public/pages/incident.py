"""One incident: what is alleged, by whom, how well it is known, and what it is under each reading."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tracker.codebook import Stance
from tracker.parameters import Parameters
from tracker.public import claims
from tracker.public.models import Edition, Kind, Tombstone
from tracker.public.pages import linked_data, locator
from tracker.public.pages.asking import page
from tracker.public.pages.changelog import changes
from tracker.public.pages.comparing import side_by_side
from tracker.public.pages.judged import judged

Document = dict[str, Any]


@page(Parameters)
def incident(request: HttpRequest, *, public_id: uuid.UUID, asked: dict[str, Any]) -> HttpResponse:
    """What is alleged, by whom, and what it is under each reading."""
    held = _held(public_id)
    if Kind.INCIDENT not in held:
        return _withdrawn(request, public_id, held.get(Kind.HISTORY))
    told = held[Kind.INCIDENT]
    reports = claims.by_day(told["reports"])
    verdicts = judged(held[Kind.SCOPE]) if Kind.SCOPE in held else []
    context = {
        "incident": told,
        "reports": reports,
        "accused": _accused(reports),
        "table": side_by_side(reports),
        "map": locator.draw(told),
        "in_force": [each for each in verdicts if _was_in_force(each.agreement, told)],
        "not_in_force": [each for each in verdicts if not _was_in_force(each.agreement, told)],
        "changes": changes(held[Kind.HISTORY]) if Kind.HISTORY in held else [],
        "linked_data": linked_data.of_incident(request, told),
        "here": request.build_absolute_uri(reverse("incident_page", args=[public_id])),
    }
    return render(request, "pages/incident.html", context)


def _held(public_id: uuid.UUID) -> dict[str, Document]:
    """What is told of an incident, by kind."""
    kinds = [Kind.INCIDENT, Kind.SCOPE, Kind.HISTORY]
    editions = Edition.objects.filter(kind__in=kinds, public_id=str(public_id))
    return {kind: orjson.loads(told) for kind, told in editions.values_list("kind", "document")}


def _withdrawn(
    request: HttpRequest, public_id: uuid.UUID, history: Document | None
) -> HttpResponse:
    """That it was taken back, when and why. Raises Http404 where it never was published."""
    tombstone = Tombstone.objects.filter(kind=Kind.INCIDENT, public_id=str(public_id)).first()
    if tombstone is None:
        raise Http404
    context = {"tombstone": tombstone, "changes": changes(history) if history else []}
    return render(request, "pages/incident_withdrawn.html", context, status=410)


def _was_in_force(agreement: Document, incident: Document) -> bool:
    return agreement["agreement"] in incident["agreements"]


def _accused(reports: list[Document]) -> list[Document]:
    """The parties that are accused, each with who says what of it: by slug, which is no ranking."""
    parties: dict[str, Document] = {}
    for report in reports:
        for party in report["accused"]:
            named = parties.setdefault(party["id"], {"party": party, "stances": {}})
            speakers = named["stances"].setdefault(Stance(report["stance"]), {})
            speakers[claims.claimant(report)] = report["claimant"]
    told = [parties[slug] for slug in sorted(parties)]
    for each in told:
        each["stances"] = [
            (stance, [*speakers.values()]) for stance, speakers in each["stances"].items()
        ]
    return told
