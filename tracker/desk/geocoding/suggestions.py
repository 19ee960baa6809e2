from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """What a geocoder takes a name or a position for. A person or a rule accepts it, or nobody."""

    provider: str
    """Who suggests it: `gazetteer`, `nominatim`, `photon` or `geonames`."""
    name: str
    context: str
    """What tells it from its namesakes: the wider places it lies in, the narrowest first."""
    latitude: float | None
    longitude: float | None
    score: float
    """How well it fits, from 0 to 100; scores of different providers cannot be compared."""
    code: str = ""
    """What the provider calls it, such as osm:node/123; empty for our own places."""
    kind: str = ""
    """A code of PlaceKind, where the provider tells enough."""
    place_id: int | None = None
    """Our own place, where it is one."""
    attribution: str = ""
    """Whom to name where it is shown."""
