"""A point on the earth, and why none could be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tracker.errors import InvalidFor, Told, gettext_noop, quoted


class Reason(Told):
    """Why no position can be read."""

    # What was given as a whole
    EMPTY = "empty", gettext_noop("Give a position: nothing is written here.")
    TOO_LONG = (
        "too_long",
        gettext_noop("%(count)s characters are too many for a position: give at most %(most)s."),
    )
    LEFT_OVER = (
        "left_over",
        gettext_noop('"%(value)s" is no position: "%(part)s" cannot be read as part of one.'),
    )
    NO_NUMBER = "no_number", gettext_noop('"%(value)s" is no position: it holds no number.')
    # Numbers
    ONE_NUMBER = (
        "one_number",
        gettext_noop('"%(value)s" is one coordinate: give a latitude and a longitude.'),
    )
    TOO_MANY = (
        "too_many",
        gettext_noop('"%(value)s" holds %(count)s numbers that make no latitude and longitude.'),
    )
    AMBIGUOUS_COMMA = (
        "ambiguous_comma",
        gettext_noop(
            'The commas of "%(value)s" may be decimal marks or stand between numbers: write 33.51, 36.29.'
        ),
    )
    AMBIGUOUS_BLANK = (
        "ambiguous_blank",
        gettext_noop(
            "\"%(value)s\" may be degrees and minutes or two whole numbers: write 33°30', 36°17' or 33, 36."
        ),
    )
    AMBIGUOUS_DASH = (
        "ambiguous_dash",
        gettext_noop(
            'A dash of "%(value)s" may be a minus sign or stand between numbers: write 33.51, -36.29.'
        ),
    )
    # Degrees, minutes and seconds
    SIXTY = "sixty", gettext_noop('"%(value)s" has %(part)s minutes or seconds: they end at 59.')
    FRACTION = (
        "fraction",
        gettext_noop('"%(value)s" has a fraction, %(part)s, before smaller parts of a degree.'),
    )
    MIXED = (
        "mixed",
        gettext_noop('"%(value)s" mixes ways to write degrees: write both coordinates in one way.'),
    )
    # Hemispheres and order
    SIGN_AND_HEMISPHERE = (
        "sign_and_hemisphere",
        gettext_noop('"%(value)s" has a sign and a hemisphere at one coordinate: leave one out.'),
    )
    ONE_HEMISPHERE = (
        "one_hemisphere",
        gettext_noop('"%(value)s" names one coordinate and not the other: name both or neither.'),
    )
    CONTRADICTION = (
        "contradiction",
        gettext_noop('"%(value)s" gives one coordinate two directions.'),
    )
    TWO_LATITUDES = "two_latitudes", gettext_noop('"%(value)s" gives two latitudes.')
    TWO_LONGITUDES = "two_longitudes", gettext_noop('"%(value)s" gives two longitudes.')
    LATITUDE = (
        "latitude",
        gettext_noop("Latitude %(latitude)s lies outside the earth: latitudes run from -90 to 90."),
    )
    LONGITUDE = (
        "longitude",
        gettext_noop(
            "Longitude %(longitude)s lies outside the earth: longitudes run from -180 to 180."
        ),
    )
    SWAPPED = (
        "swapped",
        gettext_noop(
            "Latitude %(latitude)s lies outside the earth: did you give the longitude first?"
        ),
    )
    # Other notations
    NOT_A_POINT = (
        "not_a_point",
        gettext_noop('"%(value)s" is no point: give one longitude and one latitude in degrees.'),
    )
    OTHER_SYSTEM = (
        "other_system",
        gettext_noop('"%(value)s" is not in WGS 84, the only system read here.'),
    )
    UTM = (
        "utm",
        gettext_noop(
            'The letter of "%(value)s" may be a hemisphere or a band: give MGRS or degrees, not UTM.'
        ),
    )
    SQUARE_ODD = (
        "square_odd",
        gettext_noop('"%(value)s" has not as many digits for the east as for the north.'),
    )
    SQUARE_COARSE = (
        "square_coarse",
        gettext_noop('"%(value)s" is a square of 10 km or more: give at least 2 + 2 digits.'),
    )
    SQUARE_FINE = "square_fine", gettext_noop('"%(value)s" has more than 5 + 5 digits.')
    SQUARE_UNKNOWN = "square_unknown", gettext_noop('There is no MGRS square "%(value)s".')
    # Links
    LINK_SHORT = (
        "link_short",
        gettext_noop(
            "A short link of %(host)s holds no position and is not opened here:"
            " open it and copy the long address or the coordinates."
        ),
    )
    LINK_UNKNOWN = (
        "link_unknown",
        gettext_noop("Links to %(host)s are not read: give the coordinates."),
    )
    LINK_EMPTY = "link_empty", gettext_noop("The link to %(host)s holds no position.")
    LINK_MANY = "link_many", gettext_noop("The link to %(host)s holds several positions.")
    # Distances and bearings from a place
    THOUSANDS = (
        "thousands",
        gettext_noop(
            'The comma of "%(part)s" may be a decimal mark or mark thousands: write 1.5 or 1500.'
        ),
    )
    BAND = (
        "band",
        gettext_noop(
            '"%(value)s" runs from %(nearest)s to %(farthest)s km: give the nearer first.'
        ),
    )
    TOO_NEAR = "too_near", gettext_noop('"%(value)s" is no distance: it must be above zero.')
    TOO_FAR = (
        "too_far",
        gettext_noop('"%(value)s" is too far: distances from a place end at %(most)s km.'),
    )
    NO_BEARING = (
        "no_bearing",
        gettext_noop('"%(value)s" says no direction: write 5 km north of the place.'),
    )
    NO_SUCH_BEARING = (
        "no_such_bearing",
        gettext_noop('"%(part)s" in "%(value)s" is no direction of the compass.'),
    )
    NO_PLACE = (
        "no_place",
        gettext_noop('"%(value)s" does not say of which place: write 5 km north of the place.'),
    )


class InvalidPosition(InvalidFor):
    """No position can be read."""

    def __init__(self, reason: Reason, value: str = "", **others: str) -> None:
        super().__init__(reason, value=quoted(value), **others)


@dataclass(frozen=True)
class Position:
    """A point on WGS 84, in degrees. As text it is the two with up to six decimals (11 cm)."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{_plain(self.latitude)}, {_plain(self.longitude)}"

    @classmethod
    def on_earth(cls, latitude: float, longitude: float) -> Self:
        """The position, if the earth has it: raises InvalidPosition. It swaps nothing by itself."""
        told = {"latitude": f"{latitude:.9g}", "longitude": f"{longitude:.9g}"}
        if not abs(latitude) <= 90:
            helps = abs(latitude) <= 180 and abs(longitude) <= 90
            raise InvalidPosition(Reason.SWAPPED if helps else Reason.LATITUDE, **told)
        if not abs(longitude) <= 180:
            raise InvalidPosition(Reason.LONGITUDE, **told)
        return cls(latitude, longitude)


def _plain(degrees: float) -> str:
    # Adding zero turns the minus zero that rounding may leave into zero.
    return f"{round(degrees, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
