"""Squares of the Military Grid Reference System."""

from __future__ import annotations

import re
import warnings

from geopy.distance import geodesic
from mgrs import MGRS
from mgrs.core import MGRSError

from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason
from tracker.geo.coordinates.spelling import LATIN_DIGITS

# Degrees cannot be mistaken for it: they have no two letters in a row before digits.
_SQUARE = re.compile(
    r"(?:MGRS[: ] ?)?([0-9]{1,2}) ?([A-Z]) ?([A-Z]{2}) ?([0-9 ]*)", re.ASCII | re.IGNORECASE
)
_UTM = re.compile(
    r"(?:UTM[: ] ?)?[0-9]{1,2} ?[A-Z] [0-9]{6}(?:\.[0-9]+)?[ME, ]+[0-9]{1,7}(?:\.[0-9]+)?[MN ]*",
    re.ASCII | re.IGNORECASE,
)
# The bearing of each corner from the middle, and the digits that lead there, east and north.
_CORNERS = {45: ("9", "9"), 135: ("9", "0"), 225: ("0", "0"), 315: ("0", "9")}
# Of a band that does not fit the square the library only warns.
warnings.filterwarnings("error", 'Warning in "Convert_MGRS', RuntimeWarning)
_LIBRARY = MGRS()


def read(text: str) -> Position | None:
    """The middle of a square of 1 km or finer, or None where the text is no such thing.

    Raises InvalidPosition for squares that are coarser or do not exist, and for UTM.
    """
    written = text.translate(LATIN_DIGITS).strip(" .,;")
    if _UTM.fullmatch(written):
        raise InvalidPosition(Reason.UTM, text)
    found = _SQUARE.fullmatch(written)
    if found is None:
        return None
    zone, band, letters, digits = (part.upper() for part in found.groups())
    numbers = digits.split()
    figures = "".join(numbers)
    if len(figures) % 2 or len(numbers) > 2 or len({len(number) for number in numbers}) > 1:
        raise InvalidPosition(Reason.SQUARE_ODD, text)
    if len(figures) < 4:
        raise InvalidPosition(Reason.SQUARE_COARSE, text)
    if len(figures) > 10:
        raise InvalidPosition(Reason.SQUARE_FINE, text)
    middle = _position(f"{zone}{band}{letters}{figures}")
    if middle is None or not _exists(f"{int(zone)}{band}", letters, figures):
        raise InvalidPosition(Reason.SQUARE_UNKNOWN, text)
    return Position.on_earth(round(middle[0], 6), round(middle[1], 6))


def _exists(zone: str, letters: str, figures: str) -> bool:
    """Whether any corner converts back into the zone and band: their edges cut through squares."""
    half = len(figures) // 2
    for bearing, (right, up) in _CORNERS.items():
        corner = _position(
            zone + letters + figures[:half].ljust(5, right) + figures[half:].ljust(5, up)
        )
        if corner is None:
            continue
        # The edge may cut the corner's own square metre, of which the library knows the middle.
        beyond = geodesic(meters=2).destination(corner, bearing)
        back = _LIBRARY.toMGRS(beyond.latitude, beyond.longitude, MGRSPrecision=0)
        if back.lstrip("0").startswith(zone):
            return True
    return False


def _position(square: str) -> tuple[float, float] | None:
    """Latitude and longitude of a square's middle, or None where the library knows no such square."""
    try:
        return _LIBRARY.toLatLon(square)
    except (MGRSError, RuntimeWarning):
        return None
