"""The public form of an agreement: what it says, whom it binds, how it is read, and where it holds."""

from __future__ import annotations

from typing import Any

from tracker.desk.models import Adherence, Agreement, Party, Provision, Reading, Zone
from tracker.desk.models.terms import OfReading
from tracker.desk.workflow.publishing.documents import party_reference


def agreement_document(agreement: Agreement) -> dict[str, Any]:
    ends = agreement.effective_to
    adherences = agreement.adherences.select_related("party", "reading")
    readings = agreement.readings.select_related("whose")
    return {
        "id": agreement.slug,
        "title": agreement.title,
        "title_ar": agreement.title_ar or None,
        "class": agreement.classification,
        "parent": agreement.parent.slug if agreement.parent else None,
        "effective_from": agreement.effective_from.isoformat(),
        "effective_to": ends.isoformat() if ends else None,
        "time_zone": agreement.time_zone,
        "end_reason": agreement.end_reason or None,
        "summary": agreement.summary or None,
        "summary_ar": agreement.summary_ar or None,
        "document": agreement.document or None,
        "document_url": agreement.document_url or None,
        "provisions": [_provision(each) for each in agreement.provisions.all()],
        "readings": [_reading(each) for each in readings.order_by("id")],
        "adherences": [_adherence(each) for each in adherences],
    }


def zones_document(agreement: Agreement) -> dict[str, Any]:
    """Its zones as a GeoJSON FeatureCollection, longitude before latitude."""
    zones = agreement.zones.select_related("reading").order_by("id")
    return {"type": "FeatureCollection", "features": [_feature(zone) for zone in zones]}


def parties_of(agreement: Agreement) -> set[Party]:
    """Those its document names."""
    adherences = agreement.adherences.select_related("party")
    readings = agreement.readings.select_related("whose")
    return {each.party for each in adherences} | {each.whose for each in readings if each.whose}


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "number": provision.number,
        "text": provision.text,
        "text_ar": provision.text_ar or None,
        "acts": provision.acts,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "id": reading.slug,
        "name": reading.name,
        "name_ar": reading.name_ar or None,
        "whose": party_reference(reading.whose) if reading.whose else None,
        "basis": reading.basis or None,
        "note": reading.note or None,
        "note_ar": reading.note_ar or None,
    }


def _adherence(adherence: Adherence) -> dict[str, Any]:
    return {
        "party": party_reference(adherence.party),
        "role": adherence.role,
        **_of_reading(adherence),
    }


def _feature(zone: Zone) -> dict[str, Any]:
    properties = {
        "id": str(zone.public_id),
        "name": zone.name,
        "name_ar": zone.name_ar or None,
        "rule": zone.rule,
        **_of_reading(zone),
    }
    return {"type": "Feature", "geometry": zone.geometry, "properties": properties}


def _of_reading(row: OfReading) -> dict[str, Any]:
    return {
        "reading": row.reading.slug if row.reading else None,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "basis": row.basis or None,
        "basis_ar": row.basis_ar or None,
    }
