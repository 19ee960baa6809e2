"""Stored documents as GeoJSON features with flat properties, as tables and maps take them.

Several codes stand in one text between commas, as the parameter of the same name takes them. An
edition may be older than a member of its document: what is not there is null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from tracker.codebook import VerdictCode

Document = dict[str, Any]
# Latitude and longitude.
Position = tuple[float, float]
ENVELOPE = ("revision", "published_on", "updated_on")
OF_INCIDENT = ("title", "title_ar", "date_start", "date_end", "date_precision", "geo_precision")
OF_TALLY = ("count", "confirmed", "cannot_confirm", "target_excluded", "pending")
WRITTEN = ("as_written", "document", "url", "stated_on")
OF_READING = ("reading", "valid_from", "valid_to", "basis", "basis_ar")


def of_incident(document: Document) -> Document:
    position = document.get("position") or {}
    claims = document.get("reports", [])
    verdicts = document.get("verdicts", [])
    contested = any(each["overall"] == VerdictCode.CONTESTED for each in verdicts)
    return feature(
        document["id"],
        point((position["latitude"], position["longitude"]) if position else None),
        {
            **_copied(document, OF_INCIDENT),
            **_named("place", document.get("place")),
            "cell_degrees": position.get("cell_degrees"),
            "act": _joined(document.get("acts", [])),
            "means": _joined(document.get("means", [])),
            "target": _joined(document.get("targets", [])),
            "target_party": _joined(each["id"] for each in document.get("target_parties", [])),
            "verification": document.get("verification"),
            "agreement": _joined(document.get("agreements", [])),
            "verdict": _joined(
                f"{reading['verdict']}@{reading['reading']}"
                for each in verdicts
                for reading in each["readings"]
            ),
            "contested": contested,
            "accused": _joined(
                sorted({party["id"] for each in claims for party in each["accused"]})
            ),
            "claimant": _joined(sorted({each["claimant"]["id"] for each in claims} - {None})),
            "reports": len(claims),
            "corroboration": document.get("corroboration", {}).get("groups"),
            **_copied(document, ("summary", "summary_ar", *ENVELOPE)),
        },
    )


def of_place(document: Document) -> Document:
    latitude, longitude = document.get("latitude"), document.get("longitude")
    wider = document.get("lies_in", [])
    return feature(
        document["id"],
        point((latitude, longitude) if latitude is not None and longitude is not None else None),
        {
            **_copied(document, ("name", "name_ar", "kind", "pcode")),
            "codes": _joined(document.get("codes", [])),
            "lies_in": _joined(each["id"] for each in wider),
            "lies_in_name": wider[0]["name"] if wider else None,
            "lies_in_name_ar": wider[0]["name_ar"] if wider else None,
            **_copied(document, ENVELOPE),
        },
    )


def of_tally(document: Document, position: Position | None) -> Document:
    """A count of a bulletin, at the point that stands for its area."""
    monitor = document.get("monitor") or {}
    return feature(
        document["id"],
        point(position),
        {
            "bulletin": document.get("bulletin"),
            **_named("monitor", monitor),
            "monitor_kind": monitor.get("kind"),
            **_copied(document, ("date_start", "date_end")),
            **_named("place", document.get("place")),
            **_named("accused", document.get("accused")),
            "measure": document.get("measure"),
            **_named("counterpart", document.get("counterpart")),
            **_copied(document, (*OF_TALLY, *WRITTEN, *ENVELOPE)),
        },
    )


def of_zone(zone: Document, agreement: Document) -> Document:
    """A zone, with the days it holds: its own, within those of its agreement."""
    told = zone["properties"]
    begins, ends = _days_in_force(agreement)
    holds_from = max(filter(None, (told["valid_from"], begins)), default=None)
    holds_to = min(filter(None, (told["valid_to"], ends)), default=None)
    return feature(
        told["id"],
        zone["geometry"],
        {
            **_copied(told, ("name", "name_ar", "rule")),
            "agreement": agreement["id"],
            "agreement_title": agreement["title"],
            "agreement_title_ar": agreement["title_ar"],
            **_copied(told, OF_READING),
            "holds_from": holds_from,
            "holds_to": holds_to,
        },
    )


def feature(public_id: str, geometry: Document | None, properties: Document) -> Document:
    return {"type": "Feature", "id": public_id, "geometry": geometry, "properties": properties}


def point(position: Position | None) -> Document | None:
    if position is None:
        return None
    latitude, longitude = position
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _days_in_force(agreement: Document) -> tuple[str | None, str | None]:
    """The first and the last day on which it was in force at any moment, where it is."""
    zone = ZoneInfo(agreement["time_zone"])
    begins = dt.datetime.fromisoformat(agreement["effective_from"]).astimezone(zone)
    if agreement["effective_to"] is None:
        return begins.date().isoformat(), None
    ends = dt.datetime.fromisoformat(agreement["effective_to"]) - dt.timedelta(microseconds=1)
    return begins.date().isoformat(), ends.astimezone(zone).date().isoformat()


def _copied(document: Document, names: Iterable[str]) -> Document:
    return {name: document.get(name) for name in names}


def _named(what: str, reference: Document | None) -> Document:
    """An id under the name of the parameter that takes it, and the names of what it stands for."""
    told = reference or {}
    return {
        what: told.get("id"),
        f"{what}_name": told.get("name"),
        f"{what}_name_ar": told.get("name_ar"),
    }


def _joined(values: Iterable[str]) -> str | None:
    return ",".join(values) or None
