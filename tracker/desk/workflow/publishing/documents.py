"""The public form of each thing, as plain data: what the world may know, and nothing else.

The only place that decides it, beside coverage.py, tallies.py, terms.py and verdicts.py. A
confidential source appears as its kind; where an incident is not open, whatever could name its
place is left out.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation

from tracker.codebook import Act, PlaceKind, Sensitivity
from tracker.desk.models import Agreement, Incident, Party, Place, Report, Source
from tracker.desk.workflow import independence, masking
from tracker.desk.workflow.judging import AgreementScope
from tracker.desk.workflow.publishing import verdicts

SHOWN = {
    Sensitivity.OPEN: set(PlaceKind),
    Sensitivity.GUARDED: {PlaceKind.DISTRICT, PlaceKind.GOVERNORATE, PlaceKind.COUNTRY},
    Sensitivity.WITHHELD: {PlaceKind.COUNTRY},
}
# What is left out of a report that comes from a confidential source or tells of a guarded place.
TELLING = (
    "external_id",
    "url",
    "archive_url",
    "stated_on",
    "language",
    "text",
    "translation",
    "place_as_written",
    "accused_as_written",
)


def shown_place(place: Place | None, sensitivity: str) -> Place | None:
    """The narrowest place around this one that the public may be told of."""
    kinds = SHOWN[Sensitivity(sensitivity)]
    lineage = place.lineage() if place else []
    return next((wider for wider in lineage if wider.kind in kinds), None)


def incident_document(
    incident: Incident, reports: list[Report], scope: list[AgreementScope]
) -> dict[str, Any]:
    place = shown_place(incident.place, incident.sensitivity)
    precision = masking.shown_precision(incident)
    day = incident.date_start.isoformat()
    return {
        "id": str(incident.public_id),
        "title": title(incident.acts, place, day, "en"),
        "title_ar": title(incident.acts, place, day, "ar"),
        "date_start": incident.date_start.isoformat(),
        "date_end": (incident.date_end or incident.date_start).isoformat(),
        "date_precision": incident.date_precision,
        "place": place_reference(place),
        "position": _position(incident),
        "geo_precision": precision.real if precision else None,
        "acts": incident.acts,
        "means": incident.means,
        "targets": incident.targets,
        "target_parties": [
            party_reference(party) for party in incident.target_parties.order_by("slug")
        ],
        "summary": incident.summary or None,
        "summary_ar": incident.summary_ar or None,
        "verification": incident.verification,
        "agreements": [agreement.slug for agreement in agreements_of(incident)],
        "verdicts": verdicts.in_short(scope),
        # A number alone: which sources draw on one another stays at the desk.
        "corroboration": _corroboration(reports),
        "reports": [report_document(report, incident) for report in reports],
    }


def _corroboration(reports: list[Report]) -> dict[str, int]:
    """How many say so, of those who may be named: a number must not tell who a hidden one draws on."""
    return {
        "groups": len(independence.groups(each for each in reports if not each.is_confidential))
    }


def title(acts: list[str], place: Place | None, day: str, language: str) -> str:
    """What an incident is called in a language: what was done, where, and on which day."""
    with translation.override(language):
        named = [str(Act(code).label) for code in acts]
    name = (place.name_ar if language == "ar" else "") or place.name if place else None
    comma = "، " if language == "ar" else ", "
    return comma.join([*named, *([name] if name else []), day])


def report_document(report: Report, incident: Incident) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": str(report.public_id),
        "incident": str(incident.public_id),
        "source": source_reference(report.source),
        "claimant": source_reference(report.claimant),
        "stance": report.stance,
        "justification": report.justification or None,
        "accused": [party_reference(party) for party in _by_slug(report)],
        "accused_as_written": report.accused_as_written or None,
        "figures": [_figure(figure) for figure in report.figures.all()],
        "date_start": report.date_start.isoformat(),
        "date_end": (report.date_end or report.date_start).isoformat(),
        "date_precision": report.date_precision,
        "place": place_reference(shown_place(report.place, incident.sensitivity)),
        "place_as_written": report.place_as_written or None,
        "acts": report.acts,
        "means": report.means,
        "text": report.text,
        "translation": report.translation or None,
        "language": report.language or None,
        "stated_on": report.published_on.isoformat() if report.published_on else None,
        "external_id": report.external_id or None,
        "url": report.url or None,
        "archive_url": report.archive_url or None,
    }
    if report.is_confidential or incident.sensitivity != Sensitivity.OPEN:
        document = without_telling(document)
    return document


def without_telling(document: dict[str, Any]) -> dict[str, Any]:
    """A report's document without what could tell who said it, or exactly where."""
    return {**document, **dict.fromkeys(TELLING)}


def masked_source(kind: str) -> dict[str, Any]:
    """What stands in a confidential source's place."""
    return {"id": None, "name": None, "name_ar": None, "kind": kind}


def source_reference(source: Source) -> dict[str, Any]:
    if source.is_confidential:
        return masked_source(source.kind)
    return {**_named(source, source.slug), "kind": source.kind}


def party_reference(party: Party) -> dict[str, Any]:
    return _named(party, party.slug)


def place_reference(place: Place | None) -> dict[str, Any] | None:
    return {**_named(place, str(place.public_id)), "kind": place.kind} if place else None


def party_document(party: Party) -> dict[str, Any]:
    return {
        **party_reference(party),
        "kind": party.kind,
        "parent": party.parent.slug if party.parent else None,
        "successor": party.successor.slug if party.successor else None,
        "names": [
            {
                "name": name.name,
                "language": name.language,
                "kind": name.kind,
                "valid_from": name.valid_from.isoformat() if name.valid_from else None,
                "valid_to": name.valid_to.isoformat() if name.valid_to else None,
            }
            for name in party.names.all()
        ],
    }


def place_document(place: Place) -> dict[str, Any]:
    return {
        **_named(place, str(place.public_id)),
        "kind": place.kind,
        "lies_in": [place_reference(wider) for wider in place.lineage()[1:]],
        "latitude": place.latitude,
        "longitude": place.longitude,
        "pcode": place.pcode or None,
        "codes": [code.code for code in place.codes.all()],
        "names": [
            {"name": name.name, "language": name.language, "kind": name.kind}
            for name in place.names.all()
        ],
    }


def source_document(source: Source) -> dict[str, Any]:
    return {
        **source_reference(source),
        "alignment": source.alignment.slug if source.alignment else None,
        "language": source.language or None,
        "url": source.url or None,
    }


def agreements_of(incident: Incident) -> list[Agreement]:
    """The published agreements in force on a day of the incident, oldest first."""
    last = incident.date_end or incident.date_start
    published = Agreement.objects.published().order_by("effective_from", "slug")
    return [each for each in published if each.touches(incident.date_start, last)]


def _named(thing: Party | Place | Source, public_id: str) -> dict[str, Any]:
    return {"id": public_id, "name": thing.name, "name_ar": thing.name_ar or None}


def _by_slug(report: Report) -> list[Party]:
    # By slug, so that no order of the accused can be read as a ranking.
    return sorted(report.accused.all(), key=lambda party: party.slug)


def _figure(figure: Any) -> dict[str, Any]:
    return {
        "harm": figure.harm,
        "group": figure.group,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "as_written": figure.as_written or None,
    }


def _position(incident: Incident) -> dict[str, float] | None:
    cell = masking.shown_cell(incident)
    if cell is None:
        return None
    return {
        "latitude": cell.latitude,
        "longitude": cell.longitude,
        "cell_degrees": cell.side,
    }
