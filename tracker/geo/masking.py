"""The public position: a function of place, precision and sensitivity alone, so that no series of
questions, editions or neighbouring incidents can tell more than one answer does."""

from __future__ import annotations

import math

from tracker.codebook import GeoPrecision, Sensitivity

# The side of the grid cell a position is snapped to, in degrees (0.01° of latitude is 1.1 km).
CELLS = {
    GeoPrecision.EXACT: 0.01,
    GeoPrecision.NEAR: 0.1,
    GeoPrecision.DISTRICT: 0.25,
    GeoPrecision.GOVERNORATE: 0.5,
    GeoPrecision.FUZZY: 0.25,
}
GUARDED_CELL = 0.25


def public_position(
    latitude: float, longitude: float, precision: GeoPrecision, sensitivity: Sensitivity
) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of the cell, in degrees, or None where none is shown."""
    cell = cell_of(precision, sensitivity)
    if cell is None:
        return None
    return _middle(latitude, cell, 90), _middle(longitude, cell, 180)


def cell_of(precision: GeoPrecision, sensitivity: Sensitivity) -> float | None:
    """The side of the cell in degrees, or None where no position is shown."""
    cell = CELLS.get(precision)
    if cell is None or sensitivity == Sensitivity.WITHHELD:
        return None
    return max(cell, GUARDED_CELL) if sensitivity == Sensitivity.GUARDED else cell


def _middle(degrees: float, cell: float, limit: int) -> float:
    # Counted from the edge of the world, so that every position falls into exactly one cell.
    number = min(math.floor((degrees + limit) / cell), round(2 * limit / cell) - 1)
    return round((number + 0.5) * cell - limit, 6)
