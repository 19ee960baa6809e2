"""Writes the demo's files into the desk.

Every row has a key, and what exists is left as it is: loading again adds only what is missing, and
undoes nothing that someone has done since.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.db.models import Manager

from tracker.desk.demo import assessments, bulletins
from tracker.desk.importers import outlines
from tracker.desk.importers.drafts import PlaceDraft, Refusal
from tracker.desk.models import (
    Adherence,
    Agreement,
    Bulletin,
    Figure,
    Incident,
    Party,
    PartyName,
    Place,
    PlaceCode,
    PlaceName,
    Provision,
    Reading,
    Report,
    Source,
    User,
    Zone,
)
from tracker.desk.workflow import gazetteer, judging, matching, publishing
from tracker.desk.workflow.recording import recorded
from tracker.errors import InvalidInput

FOLDER = Path(__file__).parent
COUNTED: dict[str, Manager[Any]] = {
    "parties": Party.objects,
    "sources": Source.objects,
    "places": Place.objects,
    "agreements": Agreement.objects,
    "reports": Report.objects,
    "incidents": Incident.objects,
    "bulletins": Bulletin.objects,
}

Row = dict[str, Any]


def load() -> dict[str, int]:
    """Load what is missing. Answers how many of each thing are new."""
    with recorded(by=None, why="The demo."):
        return _load()


def _load() -> dict[str, int]:
    before = _counts()
    by = _demo_user()
    _load_parties()
    _load_party_names()
    _load_sources()
    _load_places()
    _load_place_names()
    _load_outlines()
    _load_agreements()
    _load_reports(by)
    _load_incidents(by)
    bulletins.load(rows("bulletins"), rows("tallies"), places=_places())
    return {name: count - before[name] for name, count in _counts().items()}


def rows(name: str) -> list[Row]:
    """The rows of one file without their empty cells: what is not given stays at its default."""
    return [{key: cell for key, cell in row.items() if cell} for row in whole_rows(name)]


def whole_rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counts() -> dict[str, int]:
    return {name: things.count() for name, things in COUNTED.items()}


def _demo_user() -> User:
    """Who signs the demo. No one can log in as this user."""
    found = User.objects.filter(username="demo").first()
    return found or User.objects.create_user("demo", is_active=False)


def _load_parties() -> None:
    loaded: dict[str, Party] = {}
    for row in rows("parties"):
        slug, parent = row.pop("slug"), loaded.get(row.pop("parent", ""))
        loaded[slug], _ = Party.objects.get_or_create(slug=slug, defaults={**row, "parent": parent})


def _load_party_names() -> None:
    parties = {party.slug: party for party in Party.objects.all()}
    known = set(PartyName.objects.values_list("party__slug", "name", "language"))
    PartyName.objects.bulk_create(
        PartyName(**{**row, "party": parties[row["party"]]})
        for row in rows("party_names")
        if (row["party"], row["name"], row["language"]) not in known
    )


def _load_sources() -> None:
    parties = {party.slug: party for party in Party.objects.all()}
    for row in rows("sources"):
        slug, alignment = row.pop("slug"), parties.get(row.pop("alignment", ""))
        Source.objects.get_or_create(slug=slug, defaults={**row, "alignment": alignment})


def _places() -> dict[str, Place]:
    codes = PlaceCode.objects.select_related("place__merged_into")
    return {code.code: code.place.standing for code in codes}


def _load_places() -> None:
    loaded: dict[str, Place] = {}
    for row in rows("places"):
        key, parent = row.pop("code"), loaded.get(row.pop("parent", ""))
        place = Place.objects.coded(key).first()
        if place is None:
            place = Place.objects.create(**row, parent=parent, is_edited=True)
            place.codes.create(code=key)
        loaded[key] = place


def _load_place_names() -> None:
    places = _places()
    PlaceName.objects.bulk_create(
        (PlaceName(**{**row, "place": places[row["place"]]}) for row in rows("place_names")),
        ignore_conflicts=True,
    )


def _load_outlines() -> None:
    outlined = PlaceCode.objects.filter(place__boundary__isnull=False)
    known = set(outlined.values_list("code", flat=True))
    missing = [
        row
        for row in outlines.read(FOLDER / "boundaries.geojson")
        if not (isinstance(row, PlaceDraft) and row.codes[0] in known)
    ]
    gazetteer.load(missing, refuse=_fail)


def _fail(refusal: Refusal) -> None:
    raise InvalidInput(f"boundaries.geojson:{refusal.line}: {refusal.reason}")


def _load_agreements() -> None:
    loaded: dict[str, Agreement] = {}
    for row in rows("agreements"):
        slug, parent = row.pop("slug"), loaded.get(row.pop("parent", ""))
        loaded[slug], _ = Agreement.objects.get_or_create(
            slug=slug, defaults={**row, "parent": parent}
        )
    _load_terms(loaded)
    for agreement in Agreement.objects.filter(slug__in=loaded, published_on=None):
        publishing.publish_agreement(agreement)


def _load_terms(agreements: dict[str, Agreement]) -> None:
    """What each agreement says, of those that have no readings yet."""
    new = {slug: each for slug, each in agreements.items() if not each.readings.exists()}
    parties = {party.slug: party for party in Party.objects.all()}
    readings: dict[str, Reading] = {}
    for row in _of(new, rows("readings")):
        row["whose"] = parties.get(row.get("whose", ""))
        readings[row["slug"]] = Reading.objects.create(**row)
    Provision.objects.bulk_create(
        Provision(**{**row, "acts": _codes(row["acts"])}) for row in _of(new, rows("provisions"))
    )
    adherences, zones = rows("adherences"), _zones()
    for row in (*adherences, *zones):
        row["reading"] = readings.get(row.get("reading") or "")
    Adherence.objects.bulk_create(
        Adherence(**{**row, "party": parties[row["party"]]}) for row in _of(new, adherences)
    )
    Zone.objects.bulk_create(Zone(**row) for row in _of(new, zones))
    if Incident.objects.exists():
        for agreement in new.values():
            judging.terms_changed(agreement, by=None)


def _of(agreements: dict[str, Agreement], told: list[Row]) -> list[Row]:
    """The rows that belong to one of these agreements, each with that agreement itself."""
    return [
        {**row, "agreement": agreements[row["agreement"]]}
        for row in told
        if row["agreement"] in agreements
    ]


def _zones() -> list[Row]:
    features = json.loads((FOLDER / "zones.geojson").read_text("utf-8"))["features"]
    return [{**each["properties"], "geometry": each["geometry"]} for each in features]


def _load_reports(by: User) -> None:
    sources = {source.slug: source for source in Source.objects.all()}
    places = _places()
    parties = {party.slug: party for party in Party.objects.all()}
    known = set(Report.objects.values_list("source__slug", "external_id"))
    received = {row["id"]: row for row in whole_rows("ucdp")}
    figures = _figures_by_report()
    for row in rows("reports"):
        key = row["source"], row["external_id"]
        if key in known:
            continue
        accused = [parties[slug] for slug in _codes(row.pop("accused", ""))]
        row.pop("incident", None)
        row |= {
            "source": sources[row["source"]],
            "relayed_from": sources.get(row.get("relayed_from", "")),
            "place": places[row["place"]],
            "acts": _codes(row.get("acts", "")),
            "means": _codes(row.get("means", "")),
            "raw": received.get(row["external_id"]) if row["source"] == "ucdp" else None,
        }
        report = Report.objects.create(**row, language="en", entered_by=by)
        report.accused.set(accused)
        Figure.objects.bulk_create(Figure(report=report, **figure) for figure in figures[key])


def _figures_by_report() -> dict[tuple[str, str], list[Row]]:
    figures = defaultdict(list)
    for row in rows("figures"):
        figures[row.pop("source"), row.pop("external_id")].append(row)
    return figures


def _load_incidents(by: User) -> None:
    """Open the incidents, each known by its reports: one of them attached, and it exists."""
    places = _places()
    reports = _reports_by_incident()
    assessed = defaultdict(list)
    for row in rows("assessments"):
        assessed[row.pop("incident")].append(row)
    for row in rows("incidents"):
        key = row.pop("key")
        telling = reports[key]
        if not telling or any(report.incident_id for report in telling):
            continue
        is_published = row.pop("publish") == "yes"
        row |= {
            "place": places[row["place"]],
            "acts": _codes(row["acts"]),
            "means": _codes(row.get("means", "")),
            "targets": _codes(row.get("targets", "")),
        }
        incident = Incident.objects.create(**row, opened_by=by)
        for report in telling:
            matching.attach(report, incident)
        assessments.load(incident, assessed[key], by=by)
        if is_published:
            publishing.publish(incident, by=by)


def _reports_by_incident() -> dict[str, list[Report]]:
    current = Report.objects.current().select_related("source")
    stored = {(report.source.slug, report.external_id): report for report in current}
    reports = defaultdict(list)
    for row in rows("reports"):
        report = stored.get((row["source"], row["external_id"]))
        if report and "incident" in row:
            reports[row["incident"]].append(report)
    return reports


def _codes(cell: str) -> list[str]:
    return cell.split("|") if cell else []
