"""What strangers send, as plain text and sound numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from geopy.exc import GeocoderParseError

from tracker.desk.geocoding.providers.provider import KEPT

LONGEST_TEXT = 200


def line(text: str) -> str:
    """One line without controls, NUL and bidi marks among them."""
    kept = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(kept.split())


def text(value: object) -> str:
    """What is said in one line, cut where it is long; empty for what is neither text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return line(str(value))[:LONGEST_TEXT]


def texts(value: object) -> dict[str, str]:
    """The members that say something, each as text."""
    said = {name: text(member) for name, member in mapping(value).items()}
    return {name: member for name, member in said.items() if member}


def mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise GeocoderParseError("The answer has another shape.")
    return value


def mappings(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise GeocoderParseError("The answer has another shape.")
    return [mapping(each) for each in value]


def number(value: object) -> float | None:
    """The number a text is, where it is a finite one."""
    try:
        found = float(text(value))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def position(latitude: object, longitude: object) -> tuple[float, float]:
    """Both in degrees. An answer is broken where they are not on the earth: geopy would wrap a
    longitude beyond 180 round the globe."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        raise GeocoderParseError("A place without a position on the earth.")
    return north, east


def context(parts: Iterable[str], *, name: str) -> str:
    """Where a place lies, from the narrowest part to the widest, each once and none its own name."""
    return ", ".join(part for part in dict.fromkeys(parts) if part and part != name)


def score(given: float | None, rank: int) -> float:
    """From 0 to 100: what the provider gives, else 100 for its best place and less for the next."""
    return 100.0 * (KEPT - rank) / KEPT if given is None else max(0.0, min(100.0, round(given, 1)))
