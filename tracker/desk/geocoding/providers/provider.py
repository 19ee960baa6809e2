from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geopy.geocoders.base import Geocoder

from tracker.desk.geocoding.suggestions import Suggestion

# As many places as are asked for and kept, however few of them a page shows.
KEPT = 10


@dataclass(frozen=True)
class Provider:
    """What tells one online geocoder from another."""

    name: str
    geocoder: Callable[..., Geocoder]
    """geopy's own class."""
    search: dict[str, object]
    """What it is asked besides a name: how many, in which language."""
    reverse: dict[str, object]
    """What it is asked besides a position."""
    sift: Callable[[Any], Any]
    """From its JSON, what can be read: every value as text, every position on the globe."""
    suggestion: Callable[[dict[str, Any], int], Suggestion]
    """From one place of what was sifted, and its rank in the answer, best first from 0."""
