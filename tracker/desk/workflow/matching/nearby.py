"""Which incidents or reports are near enough in time and place to be compared: found by an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from tracker.codebook import DatePrecision, GeoPrecision, PlaceKind
from tracker.desk.workflow.matching.accounts import Account
from tracker.geo.distance import box_around
from tracker.scope.days import Span
from tracker.scope.facts import Circle

# Farther away nothing is looked for: so many days, and kilometres beyond what is known.
NEAR_DAYS, NEAR_KM = 2, 30
# By how many days what is meant may lie before or after the day that is given. What is known to the
# year alone tells of no incident more than of another.
ROUGH = {
    DatePrecision.DAYS: 6,
    DatePrecision.WEEK: 6,
    DatePrecision.MONTH: 31,
}
# So wide that they may be near though their middle is far.
WIDE = (PlaceKind.COUNTRY, PlaceKind.GOVERNORATE)


def to(account: Account, *, or_among: Collection[int] = ()) -> list[Q]:
    """Conditions for those that may have happened then and there, or have one of these numbers.

    They are two, and not one of two parts, so that the days are looked up in an index.
    """
    where = [_there(account.circle)] if account.circle else []
    return [near | Q(pk__in=or_among) for near in (_then(account.days), *where)]


def begun(days: Span, more: int = NEAR_DAYS) -> Q:
    """Those whose first day is one of these, or so many days before or after."""
    return Q(date_start__range=(_day(days.first, -more), _day(days.last, more)))


def _then(days: Span) -> Q:
    # Each part can be looked up in an index of its own.
    found = begun(days)
    first = _day(days.first, -NEAR_DAYS)
    found |= Q(date_start__lt=first, date_end__gte=first)
    for precision, more in ROUGH.items():
        found |= begun(days, NEAR_DAYS + more) & Q(date_precision=precision)
    return found


def _there(circle: Circle) -> Q:
    """With those of which nobody says where they did."""
    box = box_around(circle.latitude, circle.longitude, circle.radius_km + NEAR_KM)
    found = Q(geo_precision__gte=GeoPrecision.GOVERNORATE) | Q(place__kind__in=WIDE)
    found |= Q(latitude=None, place__latitude=None)
    for west, east in box.strips:
        sides = {"latitude__range": (box.south, box.north), "longitude__range": (west, east)}
        found |= Q(**sides)
        found |= Q(latitude=None, **{f"place__{side}": span for side, span in sides.items()})
    return found


def _day(day: dt.date, more: int) -> dt.date:
    number = day.toordinal() + more
    return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))
