"""The public form of what the desk holds of an incident: never why, by whom, or when."""

from __future__ import annotations

from typing import Any

from tracker.codebook import Assessed, Attribution, Geolocation
from tracker.desk.models import Assessment, Incident, Party, Source
from tracker.desk.workflow import masking
from tracker.desk.workflow.judging.facts import HELD_TO_BLAME
from tracker.desk.workflow.publishing import documents

ORDER = list(Assessed)


def documents_of(incident: Incident) -> list[dict[str, Any]]:
    """What is held of an incident now; a party of which nothing is held any more is not named."""
    return [_document(each) for each in sorted(_held(incident), key=_place_in_line)]


def parties_of(incident: Incident) -> set[Party]:
    """The parties those documents name."""
    return {each.party for each in _held(incident) if each.party}


def attributed(told: list[dict[str, Any]]) -> set[str]:
    """The ids of the parties that the desk itself holds to have done it."""
    return {each["party"]["id"] for each in told if each["value"] in HELD_TO_BLAME}


def without_source(told: list[dict[str, Any]], source: Source) -> list[dict[str, Any]]:
    """The same without a source's name, and without any words that might tell it."""
    return [{**each, "basis": _hidden(each["basis"], source)} for each in told]


def _held(incident: Incident) -> list[Assessment]:
    standing = incident.assessments.standing().exclude(value=Attribution.NONE)
    report = ("basis_report__source", "basis_report__relayed_from")
    return list(standing.select_related("party", *report))


def _place_in_line(assessment: Assessment) -> tuple[int, str, str, str]:
    # By slug, so that no order of the parties can be read as a ranking.
    slug = assessment.party.slug if assessment.party else ""
    return ORDER.index(Assessed(assessment.assessed)), slug, assessment.harm, assessment.group


def _document(assessment: Assessment) -> dict[str, Any]:
    counted = {"harm": assessment.harm, "group": assessment.group, **assessment.numbers}
    located = assessment.value == Geolocation.LOCATED
    precision = masking.shown_precision(assessment.incident) if located else None
    return {
        "assessed": assessment.assessed,
        "value": assessment.value or None,
        "party": documents.party_reference(assessment.party) if assessment.party else None,
        "geo_precision": precision.real if precision else None,
        "date_precision": assessment.date_precision,
        "figure": counted if assessment.assessed == Assessed.FIGURE else None,
        "basis": _basis(assessment),
        "proof": assessment.proof,
    }


def _basis(assessment: Assessment) -> dict[str, Any] | None:
    report = assessment.basis_report
    if report is None:
        return (
            {"report": None, "claimant": None, "text": assessment.basis}
            if assessment.basis
            else None
        )
    return {
        "report": str(report.public_id),
        "claimant": documents.source_reference(report.claimant),
        # Words on what a confidential source said may tell who it is.
        "text": None if report.is_confidential else assessment.basis or None,
    }


def _hidden(basis: dict[str, Any] | None, source: Source) -> dict[str, Any] | None:
    if basis is None:
        return None
    claimant = basis["claimant"]
    if claimant and claimant["id"] == source.slug:
        claimant = documents.masked_source(claimant["kind"])
    return {**basis, "claimant": claimant, "text": None}
