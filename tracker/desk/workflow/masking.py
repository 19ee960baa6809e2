"""Where the public may know an incident to have happened: publishing tells it, and the judge judges by
it what is not open."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.codebook import GeoPrecision, Sensitivity
from tracker.desk.models import Incident
from tracker.geo.masking import cell_of, public_position
from tracker.geo.precision import proposed

COARSEST = {
    Sensitivity.OPEN: GeoPrecision.EXACT,
    Sensitivity.GUARDED: GeoPrecision.DISTRICT,
    Sensitivity.WITHHELD: GeoPrecision.COUNTRY,
}


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its middle, and its side in degrees."""

    latitude: float
    longitude: float
    side: float
    precision: GeoPrecision


def shown_precision(incident: Incident) -> GeoPrecision | None:
    """How well the public is told the place is known; None where it is told nothing."""
    if incident.place is None and incident.geo_precision is None:
        return None
    known = incident.geo_precision
    if known is None and incident.place:
        known, _radius = proposed(incident.place.standing.kind)
    return GeoPrecision(
        max(known or GeoPrecision.EXACT, COARSEST[Sensitivity(incident.sensitivity)])
    )


def shown_cell(incident: Incident) -> Cell | None:
    """The cell the public is shown, or None where it is shown no position."""
    latitude, longitude = incident.latitude, incident.longitude
    if latitude is None and incident.place:
        place = incident.place.standing
        latitude, longitude = place.latitude, place.longitude
    precision, sensitivity = shown_precision(incident), Sensitivity(incident.sensitivity)
    if latitude is None or longitude is None or precision is None:
        return None
    middle = public_position(latitude, longitude, precision, sensitivity)
    side = cell_of(precision, sensitivity)
    return Cell(*middle, side, precision) if middle and side else None
