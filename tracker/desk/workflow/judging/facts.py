"""What the desk holds of an incident, as the judge takes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

from tracker.codebook import (
    Assessed,
    Attribution,
    DatePrecision,
    GeoPrecision,
    Sensitivity,
    Stance,
)
from tracker.desk.models import Incident, Report
from tracker.desk.workflow.masking import shown_cell
from tracker.geo.distance import haversine_km
from tracker.geo.precision import proposed, reach
from tracker.scope.facts import Circle, Facts

# The stances that say who did it.
ACCUSING = (
    Stance.ALLEGES,
    Stance.CONFIRMS,
    Stance.COUNTER_ACCUSES,
    Stance.ADMITS,
    Stance.ADMITS_JUSTIFIED,
)
# The attributions by which a party is accused, whether or not a report names it.
HELD_TO_BLAME = (Attribution.ADMITTED, Attribution.PROBABLE, Attribution.ESTABLISHED)


def of(incident: Incident) -> Facts:
    """All the desk knows, the exact position included: for the desk's eyes."""
    return _facts(incident, circle_of(incident))


def public(incident: Incident) -> Facts:
    """The same with no more of the place than the public may know.

    A guarded incident is judged by its public cell, a withheld one by no place at all: otherwise the
    verdict would tell on which side of a border it was.
    """
    if incident.sensitivity == Sensitivity.OPEN:
        return of(incident)
    return _facts(incident, _cell(incident))


def written(facts: Facts) -> dict[str, Any]:
    """As JSON."""
    plain = dataclasses.asdict(facts)
    for name in ("acts", "accused", "targets", "target_parties"):
        plain[name] = sorted(plain[name])
    return {**plain, "first": facts.first.isoformat(), "last": facts.last.isoformat()}


def read(plain: dict[str, Any]) -> Facts:
    """What `written` wrote."""
    circle = plain["circle"]
    sets = {
        name: frozenset(plain[name]) for name in ("acts", "accused", "targets", "target_parties")
    }
    return Facts(
        first=dt.date.fromisoformat(plain["first"]),
        last=dt.date.fromisoformat(plain["last"]),
        precision=plain["precision"],
        circle=Circle(**circle) if circle else None,
        **sets,
    )


def _facts(incident: Incident, circle: Circle | None) -> Facts:
    return Facts(
        first=incident.date_start,
        last=incident.date_end or incident.date_start,
        precision=DatePrecision(incident.date_precision),
        circle=circle,
        acts=frozenset(incident.acts),
        accused=frozenset(_accused(incident)),
        targets=frozenset(incident.targets),
        target_parties=frozenset(party.slug for party in incident.target_parties.all()),
    )


def _accused(incident: Incident) -> set[str]:
    """Whom a report accuses, as it stands corrected; of a party that is assessed, the assessment has
    the last word, unless it only says who alleges it."""
    held = {each.party.slug: each.value for each in _attributions(incident)}
    blamed = {party for party, value in held.items() if value in HELD_TO_BLAME}
    cleared = {party for party, value in held.items() if value == Attribution.CLEARED}
    return {*_alleged(incident), *blamed} - cleared


def _attributions(incident: Incident) -> Iterable[Any]:
    fetched: Any = getattr(incident, "attributions", None)
    if fetched is None:
        fetched = incident.assessments.standing().filter(assessed=Assessed.ATTRIBUTION)
        fetched = fetched.select_related("party")
    return fetched


def _alleged(incident: Incident) -> Iterable[str]:
    fetched: Any = getattr(incident, "accusing", None)
    if fetched is None:
        fetched = incident.reports.current().filter(stance__in=ACCUSING)
        fetched = fetched.prefetch_related("accused")
    return (party.slug for report in fetched for party in report.accused.all())


def circle_of(told: Incident | Report) -> Circle | None:
    """Where it was, by what an incident or a report says; None where that is nowhere or anywhere."""
    place = told.place.standing if told.place else None
    latitude, longitude = told.latitude, told.longitude
    if latitude is None and place:
        latitude, longitude = place.latitude, place.longitude
    radius_m = _radius(told)
    if latitude is None or longitude is None or radius_m is None:
        return None
    return Circle(latitude, longitude, radius_m)


def _radius(told: Incident | Report) -> int | None:
    if told.radius_m is not None:
        return told.radius_m
    if told.geo_precision is not None:
        return reach(told.geo_precision)
    if told.latitude is not None:
        return reach(GeoPrecision.EXACT)
    return proposed(told.place.standing.kind)[1] if told.place else None


def _cell(incident: Incident) -> Circle | None:
    """The circle around the public cell, a function of the cell alone."""
    cell = shown_cell(incident)
    if cell is None:
        return None
    middle, half = (cell.latitude, cell.longitude), cell.side / 2
    edges = max(-90.0, middle[0] - half), min(90.0, middle[0] + half)
    farthest = max(haversine_km(middle, (edge, middle[1] + half)) for edge in edges)
    # A metre for the sphere, and no less than the grade that is told says.
    return Circle(*middle, max(math.ceil(1010 * farthest), reach(cell.precision) or 0))
