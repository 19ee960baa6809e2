"""Editions about to be stored: a document, and what it is found by. Reads the desk, writes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tracker.desk.models import Agreement, Boundary, Incident, Party, Place, Report, Source
from tracker.desk.workflow.judging import AgreementScope
from tracker.desk.workflow.publishing import assessments, documents, terms, verdicts
from tracker.geo.names import skeleton


@dataclass
class Draft:
    """`names` are searched, `facets` map a name to values, `entry` and `spot` are index rows' columns."""

    kind: str
    public_id: str
    label: str
    names: list[str | None]
    document: dict[str, Any]
    facets: dict[str, Iterable[str]] = field(default_factory=dict)
    entry: dict[str, Any] | None = None
    spot: dict[str, Any] | None = None


def of_agreement(agreement: Agreement) -> Draft:
    return Draft(
        "agreement",
        agreement.slug,
        agreement.title,
        [agreement.title, agreement.title_ar],
        terms.agreement_document(agreement),
        {
            "class": [agreement.classification],
            "reading": [reading.slug for reading in agreement.readings.all()],
        },
    )


def of_zones(agreement: Agreement) -> Draft:
    """An agreement's zones, apart from its document: a list of agreements draws none."""
    return Draft("zones", agreement.slug, agreement.title, [], terms.zones_document(agreement))


def of_party(party: Party) -> Draft:
    return Draft(
        "party",
        party.slug,
        party.name,
        names(party),
        documents.party_document(party),
        {"kind": [party.kind]},
    )


def of_place(place: Place) -> Draft:
    return Draft(
        "place",
        str(place.public_id),
        place.name,
        names(place),
        documents.place_document(place),
        {
            "kind": [place.kind],
            "place": [str(wider.public_id) for wider in place.lineage()],
            "spelling": {skeleton(name) for name in names(place) if name} - {""},
        },
        spot=_spot(place),
    )


def of_boundary(boundary: Boundary) -> Draft:
    """A place's outline, apart from its document: most who read of a place do not draw it."""
    public_id = str(boundary.place.public_id)
    return Draft(
        "boundary",
        public_id,
        boundary.place.name,
        [],
        {"id": public_id, "attribution": boundary.attribution, "geometry": boundary.geometry},
    )


def of_source(source: Source) -> Draft:
    return Draft(
        "source",
        source.slug,
        source.name,
        [source.name, source.name_ar],
        documents.source_document(source),
        {"kind": [source.kind]},
    )


def of_incident(incident: Incident, reports: list[Report], scope: list[AgreementScope]) -> Draft:
    document = documents.incident_document(incident, reports, scope)
    document["assessments"] = assessments.documents_of(incident)
    claims = document["reports"]
    place = documents.shown_place(incident.place, incident.sensitivity)
    texts = [document[name] for name in ("summary", "summary_ar", "title", "title_ar")]
    return Draft(
        "incident",
        document["id"],
        document["title"],
        # Every spelling of the place, so that a search finds the incident by any of them.
        [*texts, *(names(place) if place else [])],
        document,
        {
            "act": document["acts"],
            "means": document["means"],
            "target": document["targets"],
            "agreement": document["agreements"],
            **speakers(claims),
            "attributed": assessments.attributed(document["assessments"]),
            "place": within(place),
            **verdicts.facets(document["verdicts"]),
        },
        _entry(document, incident.verification),
    )


def speakers(claims: list[dict[str, Any]]) -> dict[str, set[str]]:
    """What an incident is found by, from the claims in its document: who accuses whom, and where."""
    return {
        "accused": {party["id"] for claim in claims for party in claim["accused"]},
        "claimant": {claim["claimant"]["id"] for claim in claims} - {None},
        "source": {claim["source"]["id"] for claim in claims} - {None},
    }


def of_scope(public_id: str, label: str, scope: list[AgreementScope]) -> Draft:
    """The reasons for an incident's verdicts, apart from its document; `label` is its title."""
    return Draft("scope", public_id, label, [], verdicts.with_reasons(public_id, scope))


def of_report(report: Report, document: dict[str, Any], incident: Draft) -> Draft:
    """A report's own edition. What it does not state itself is found as its incident is."""
    place = documents.shown_place(report.place, report.incident.sensitivity)  # type: ignore[union-attr]
    return of_claim(document, incident, within(place))


def of_claim(document: dict[str, Any], incident: Draft, around: list[str]) -> Draft:
    """The same, of its document alone; `around` is the place it names, and all that it lies in."""
    whole = incident.document
    return Draft(
        "report",
        document["id"],
        whole["title"],
        [document["text"], document["translation"], whole["title"], whole["title_ar"]],
        document,
        {
            "act": document["acts"],
            "means": document["means"],
            "target": whole["targets"],
            "agreement": whole["agreements"],
            "accused": [party["id"] for party in document["accused"]],
            # An edition older than assessments holds none.
            "attributed": assessments.attributed(whole.get("assessments", [])),
            "claimant": {document["claimant"]["id"]} - {None},
            "source": {document["source"]["id"]} - {None},
            "stance": [document["stance"]],
            "incident": [incident.public_id],
            "verdict": incident.facets["verdict"],
            "contested": incident.facets["contested"],
            "place": around or incident.facets["place"],
        },
        _entry({**whole, **document}, whole["verification"]),
    )


def names(thing: Party | Place) -> list[str | None]:
    """What a thing is called, in every spelling."""
    return [thing.name, thing.name_ar, *(each.name for each in thing.names.all())]


def within(place: Place | None) -> list[str]:
    """The public ids of a place and of all it lies in."""
    return [str(wider.public_id) for wider in place.lineage()] if place else []


def ids(reference: dict[str, Any] | None) -> list[str]:
    """The public id a reference gives: none where it is masked, or nothing is told."""
    return [reference["id"]] if reference and reference["id"] else []


def _spot(place: Place) -> dict[str, Any] | None:
    if place.latitude is None:
        return None
    return {name: getattr(place, name) for name in ("latitude", "longitude", "population")}


def _entry(document: dict[str, Any], verification: str) -> dict[str, Any]:
    position = document["position"] or {}
    copied = ("date_start", "date_end", "date_precision", "geo_precision")
    return {
        "public_id": uuid.UUID(document["id"]),
        "verification": verification,
        **{name: document[name] for name in copied},
        **{name: position.get(name) for name in ("latitude", "longitude")},
    }
