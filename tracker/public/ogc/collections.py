"""The collections of features that are offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tracker.public.models import Kind
from tracker.public.ogc import features, tallies, zones
from tracker.public.ogc.features import Document
from tracker.public.ogc.paging import Found, document_of, stored
from tracker.public.ogc.parameters import Items
from tracker.public.ogc.queries import IncidentItems, PlaceItems, TallyItems, ZoneItems


@dataclass(frozen=True)
class Collection:
    """What is offered under one name: its words, what it can be asked, and how it is read.

    `kind` is that of the editions whose ids its features bear, if they bear those of editions;
    `columns` are the properties that a table of them shows, each under its heading.
    """

    id: str
    kind: Kind | None
    title: Any
    description: Any
    columns: dict[str, Any]
    query: type[Items]
    page: Callable[[dict[str, Any]], Found]
    feature: Callable[[UUID], Document | None]


def _incidents(asked: dict[str, Any]) -> Found:
    return stored(Kind.INCIDENT, IncidentItems, asked, features.of_incident)


def _incident(public_id: UUID) -> Document | None:
    document = document_of(Kind.INCIDENT, public_id)
    return document and features.of_incident(document)


def _places(asked: dict[str, Any]) -> Found:
    return stored(Kind.PLACE, PlaceItems, asked, features.of_place)


def _place(public_id: UUID) -> Document | None:
    document = document_of(Kind.PLACE, public_id)
    return document and features.of_place(document)


COLLECTIONS = (
    Collection(
        "incidents",
        Kind.INCIDENT,
        _("Incidents"),
        _(
            "What several reports tell of as one alleged event. The position is the middle of a grid"
            " cell of cell_degrees, never the exact one; null where it may not be told."
        ),
        {
            "title": _("Title"),
            "date_start": _("First day"),
            "date_end": _("Last day"),
            "verification": _("Verification"),
            "place_name": _("Place"),
        },
        IncidentItems,
        _incidents,
        _incident,
    ),
    Collection(
        "zones",
        None,
        _("Zones of agreements"),
        _(
            "Where an agreement holds and where not, under all its readings or under one of them."
            " Where none is drawn it holds everywhere."
        ),
        {
            "name": _("Name"),
            "rule": _("Rule"),
            "agreement_title": _("Agreement"),
            "holds_from": _("First day"),
            "holds_to": _("Last day"),
        },
        ZoneItems,
        zones.page,
        zones.one,
    ),
    Collection(
        "places",
        Kind.PLACE,
        _("Places"),
        _("The places that published incidents and reports refer to, and all they lie in."),
        {
            "name": _("Name"),
            "kind": _("Kind"),
            "lies_in_name": _("Lies in"),
        },
        PlaceItems,
        _places,
        _place,
    ),
    Collection(
        "tallies",
        Kind.TALLY,
        _("Counts of monitors"),
        _(
            "The counts of monitors' bulletins by area, at the point that stands for the area. They"
            " are never added up, nor are incidents among them: each names who counted."
        ),
        {
            "monitor_name": _("Monitor"),
            "date_start": _("First day"),
            "date_end": _("Last day"),
            "place_name": _("Place"),
            "accused_name": _("Accused"),
            "count": _("Count"),
        },
        TallyItems,
        tallies.page,
        tallies.one,
    ),
)
