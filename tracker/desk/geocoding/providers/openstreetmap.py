"""What OpenStreetMap's tags say of a place, for the geocoders that read it."""

from __future__ import annotations

from tracker.codebook import PlaceKind

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"

# What is narrower (county, municipality) is a district in one country and a sub-district or a town
# in another: of that nothing is said.
LEVELS = {
    "country": PlaceKind.COUNTRY,
    "state": PlaceKind.GOVERNORATE,
    "province": PlaceKind.GOVERNORATE,
    "state_district": PlaceKind.DISTRICT,
}
PLACES = LEVELS | {
    "city": PlaceKind.SETTLEMENT,
    "town": PlaceKind.SETTLEMENT,
    "village": PlaceKind.SETTLEMENT,
    "hamlet": PlaceKind.SETTLEMENT,
    "isolated_dwelling": PlaceKind.SETTLEMENT,
    "borough": PlaceKind.NEIGHBOURHOOD,
    "suburb": PlaceKind.NEIGHBOURHOOD,
    "quarter": PlaceKind.NEIGHBOURHOOD,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD,
    "locality": PlaceKind.AREA,
}
NATURE = {
    "plain": PlaceKind.AREA,
    "valley": PlaceKind.AREA,
    "mountain_range": PlaceKind.AREA,
    "peak": PlaceKind.SITE,
    "spring": PlaceKind.SITE,
}
_SITE_KEYS = """
    aeroway amenity barrier building emergency healthcare historic leisure man_made military office
    shop tourism
"""
SITES = frozenset(_SITE_KEYS.split())
ELEMENTS = {"n": "node", "w": "way", "r": "relation"}


def kind(key: str, value: str, *, level: str) -> str:
    """The kind of a place tagged key=value; `level` is what a boundary bounds."""
    if key in SITES:
        return PlaceKind.SITE
    known = {"place": PLACES, "natural": NATURE, "boundary": LEVELS}.get(key, {})
    return known.get(level if key == "boundary" else value, "")


def code(element: str, number: str) -> str:
    """osm:node/123, of N or node and 123."""
    found = ELEMENTS.get(element[:1].lower())
    return f"osm:{found}/{number}" if found and number.isdecimal() else ""
