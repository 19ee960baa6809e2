"""Places told by distance and bearing from another, such as "7 to 10 km north-west of X"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geopy.distance import geodesic

from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason
from tracker.geo.coordinates.spelling import INVISIBLE, LETTER_BY_LETTER

# Farther from it, no place serves to tell where something lies.
FARTHEST_KM = 500
# What a single distance is taken to be off by: a part of it, and kilometres at least.
OFF_BY, OFF_BY_KM = 0.1, 0.5

_POINTS = "n nne ne ene e ese se sse s ssw sw wsw w wnw nw nnw"
_BEARINGS = {point: number * 22.5 for number, point in enumerate(_POINTS.split())}
_INITIALS = {"شمال": "n", "جنوب": "s", "شرق": "e", "غرب": "w"}

_KILOMETRES = {
    word: kilometres
    for words, kilometres in (
        ("km kms kilometre kilometres kilometer kilometers", 1.0),
        ("كم كلم ك.م كيلو كيلومتر كيلومترا كيلومترات", 1.0),
        ("m metre metres meter meters م متر مترا امتار", 0.001),
        ("mi mile miles ميل ميلا اميال", 1.609344),
    )
    for word in words.split()
}
_UNIT = "|".join(sorted(map(re.escape, _KILOMETRES), key=len, reverse=True))
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_DISTANCE = re.compile(
    rf"""
    (?:(?:at\ a\ distance\ of|at|about|approx(?:imately|\.)?|around|roughly|some|circa|ca?\.|ca|~|≈
        |between|from|على\ بعد|على\ مسافة|حوالي|نحو|قرابة|ما\ بين|بين|من)\ ?){{0,3}}
    (?P<nearest>{_NUMBER})\ ?(?:(?P<own_unit>{_UNIT})(?!\w))?
    (?:\ ?(?:[-—]|\bto\b|\band\b|الى|حتى|و)\ ?(?P<farthest>{_NUMBER}))?
    \ ?(?P<unit>{_UNIT})?(?!\w)\ ?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"""
    (?:away\ )?(?:to\ the\ |in\ the\ |due\ )?
    (?P<bearing>
        (?:north|south|east|west)(?:[-\ ]?(?:north|south|east|west)){0,2}
        | [NSEW](?:[-.]?[NSEW]){0,2}
    )\b\.?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OF = re.compile(r"\ (?:of|from)\ ", re.IGNORECASE)
_POINT = "(?:ال)?(?:شمال|جنوب|شرق|غرب)(?:ي|ًا|اً?)?(?!\\w)"
_ARABIC = re.compile(rf"(?:الى |باتجاه )?(?P<bearing>{_POINT}(?: {_POINT}){{0,2}})")
_OF_ARABIC = re.compile(r"(?: من)? ")
# A place is named without a direction.
_NO_BEARING = re.compile(r"(?:away )?(?:from|of|عن|من)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Offset:
    """A sector around a place: a band of distances, and bearings to either side of one."""

    nearest_km: float
    farthest_km: float
    bearing: float
    """Degrees clockwise from true north."""
    spread: float
    """Degrees to either side: half of what the point of the compass named stands for."""
    place: str
    """The name of the place it is measured from, as written."""


def parse(text: str) -> Offset | None:
    """The offset a text gives in English or Arabic, or None where it is none.

    A single distance, with or without "about", is a band of 10 % to either side, and of 500 m at
    least. Raises InvalidPosition for what is meant as an offset and cannot be one.
    """
    written = " ".join(text.translate(INVISIBLE).split())
    plain = written.translate(LETTER_BY_LETTER)
    distance = _DISTANCE.match(plain)
    if distance is None or not (distance["own_unit"] or distance["unit"]):
        return None
    after = distance.end()
    english, arabic = _ENGLISH.match(plain, after), _ARABIC.match(plain, after)
    found = english or arabic
    if found is None:
        if _NO_BEARING.match(plain, after):
            raise InvalidPosition(Reason.NO_BEARING, written)
        return None
    bearing, spread = _bearing(found["bearing"], written)
    nearest_km, farthest_km = _band(distance, written)
    of = (_OF if english else _OF_ARABIC).match(plain, found.end())
    place = written[of.end() :].strip(" .") if of else ""
    if not place:
        raise InvalidPosition(Reason.NO_PLACE, written)
    return Offset(nearest_km, farthest_km, bearing, spread, place)


def _bearing(words: str, text: str) -> tuple[float, float]:
    """The bearing and its spread, of a point of the compass in either language."""
    point = words.casefold()
    for word, initial in _INITIALS.items():
        point = point.replace(word, initial)
    for word in ("north", "south", "east", "west"):
        point = point.replace(word, word[0])
    point = re.sub("[^nsew]", "", point)
    if point not in _BEARINGS:
        raise InvalidPosition(Reason.NO_SUCH_BEARING, text, part=words)
    # Of eight points each stands for an eighth of the circle, of sixteen for a sixteenth.
    return _BEARINGS[point], 22.5 if len(point) < 3 else 11.25


def _band(distance: re.Match[str], text: str) -> tuple[float, float]:
    """The nearest and the farthest kilometres."""
    near_unit, far_unit = distance["own_unit"] or distance["unit"], distance["unit"]
    nearest = _kilometres(distance["nearest"], near_unit)
    farthest = _kilometres(distance["farthest"] or distance["nearest"], far_unit or near_unit)
    if nearest > farthest:
        band = {"nearest": f"{nearest:g}", "farthest": f"{farthest:g}"}
        raise InvalidPosition(Reason.BAND, text, **band)
    if farthest == 0:
        raise InvalidPosition(Reason.TOO_NEAR, text)
    if farthest > FARTHEST_KM:
        raise InvalidPosition(Reason.TOO_FAR, text, most=str(FARTHEST_KM))
    if nearest < farthest:
        return nearest, farthest
    off = max(nearest * OFF_BY, OFF_BY_KM)
    return round(max(0.0, nearest - off), 6), round(nearest + off, 6)


def _kilometres(number: str, unit: str) -> float:
    if re.search(",[0-9]{3}$", number):
        raise InvalidPosition(Reason.THOUSANDS, number, part=number)
    return round(float(number.replace(",", ".")) * _KILOMETRES[unit.casefold()], 6)


def place_at(latitude: float, longitude: float, offset: Offset) -> tuple[Position, int]:
    """The middle of the sector seen from a place, and the radius in metres of a circle around it that
    holds the whole sector, rounded up to 100 m.

    Latitude and longitude of the place are in degrees. Distances follow the ellipsoid, so they hold
    at any latitude. The doubt about the place itself is not in the radius.
    """
    middle = (offset.nearest_km + offset.farthest_km) / 2
    there = _destination(latitude, longitude, middle, offset.bearing)
    position = Position(round(there[0], 6), round(there[1], 6))
    # No point of a sector is farther from its middle than the farthest of its corners.
    corners = [
        _destination(latitude, longitude, kilometres, offset.bearing + turn)
        for kilometres in (offset.nearest_km, offset.farthest_km)
        for turn in (-offset.spread, offset.spread)
    ]
    radius = max(geodesic((position.latitude, position.longitude), each).m for each in corners)
    # A centimetre more, for a geodesic is computed to less than that.
    return position, math.ceil((radius + 0.01) / 100) * 100


def _destination(
    latitude: float, longitude: float, kilometres: float, bearing: float
) -> tuple[float, float]:
    point = geodesic(kilometers=kilometres).destination((latitude, longitude), bearing)
    return point.latitude, point.longitude
