"""How well a place is known by what sort of place it is, where nobody says more."""

from __future__ import annotations

from tracker.codebook import GeoPrecision, PlaceKind

# The UCDP grade and how far from the place's point it may have been, in metres.
_PROPOSED: dict[PlaceKind, tuple[GeoPrecision, int | None]] = {
    PlaceKind.COUNTRY: (GeoPrecision.COUNTRY, None),
    PlaceKind.GOVERNORATE: (GeoPrecision.GOVERNORATE, 75_000),
    PlaceKind.DISTRICT: (GeoPrecision.DISTRICT, 25_000),
    PlaceKind.SUBDISTRICT: (GeoPrecision.DISTRICT, 12_000),
    PlaceKind.AREA: (GeoPrecision.FUZZY, 10_000),
    PlaceKind.SETTLEMENT: (GeoPrecision.EXACT, 1_000),
    PlaceKind.NEIGHBOURHOOD: (GeoPrecision.EXACT, 500),
    PlaceKind.SITE: (GeoPrecision.EXACT, 200),
}


def proposed(kind: str) -> tuple[GeoPrecision, int | None]:
    """The precision to propose for a place of this kind, and its radius in metres or None."""
    return _PROPOSED[PlaceKind(kind)]


# The same where only the grade is known; UCDP's own bounds, and generous ones for units.
_REACH: dict[GeoPrecision, int] = {
    GeoPrecision.EXACT: 1_000,
    GeoPrecision.NEAR: 25_000,
    GeoPrecision.DISTRICT: 25_000,
    GeoPrecision.GOVERNORATE: 75_000,
    GeoPrecision.FUZZY: 25_000,
}


def reach(precision: int) -> int | None:
    """How far from its point a position of this grade may have been, in metres; None: anywhere."""
    return _REACH.get(GeoPrecision(precision))
