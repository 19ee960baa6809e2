"""How near to each other two accounts say it happened, by as much as is known of where that was."""

from __future__ import annotations

from typing import NamedTuple

from tracker.desk.workflow.matching.accounts import Account, Spot
from tracker.desk.workflow.matching.reasons import Finding, Reason
from tracker.geo.distance import haversine_km
from tracker.geo.names import fold
from tracker.geo.ranking import SPELLING, likeness
from tracker.scope.facts import Circle


class Grade(NamedTuple):
    """What it counts where the wider of two places is known to so many kilometres."""

    known_km: float
    same: int
    inside: int
    """One lies in the other."""
    touching: int
    """Their circles touch."""


GRADES = (
    Grade(2.5, same=35, inside=30, touching=5),
    Grade(12.5, same=22, inside=8, touching=5),
    Grade(30, same=12, inside=6, touching=3),
    Grade(80, same=5, inside=2, touching=0),
    Grade(float("inf"), same=0, inside=0, touching=0),
)
# What it costs where one says only that it was near the place: no farther than so many kilometres.
LESS_EXACT, NEAR_KM = 5, 30
# Two villages that lie within each other's circle are two by name, and only perhaps one.
NEIGHBOURS = 10
WRITTEN_ALIKE = 20
# What it costs to lie so many kilometres beyond what is known; and farther.
BEYOND, ELSEWHERE = ((10, -10), (30, -25)), -45


def places(one: Account, other: Account) -> Finding | None:
    """Whether they name the same place, one in the other, or two so far apart."""
    if one.place and other.place:
        if one.place.key == other.place.key:
            return _same(one.place, one, other)
        if one.place.key in other.place.within or other.place.key in one.place.within:
            return _inside(one.place, other.place)
    if one.circle and other.circle:
        return _apart(one, other, one.circle, other.circle)
    return _written_alike(one, other)


def _same(place: Spot, one: Account, other: Account) -> Finding:
    if one.is_measured and other.is_measured and one.circle and other.circle:
        return _apart(one, other, one.circle, other.circle)
    points, known_km = _grade(place.radius_km).same, max(_known_km(one), _known_km(other))
    if known_km > NEAR_KM:
        points = min(points, _grade(known_km).same)
    elif place.radius_km and known_km > place.radius_km:
        points = max(0, points - LESS_EXACT)
    return Finding(Reason.SAME_PLACE, points, {"place": place.name})


def _inside(one: Spot, other: Spot) -> Finding:
    wider = other if other.key in one.within else one
    names = [one.name, other.name]
    return Finding(Reason.LIES_IN, _grade(wider.radius_km).inside, {"places": names})


def _apart(one: Account, other: Account, here: Circle, there: Circle) -> Finding:
    distance = haversine_km((here.latitude, here.longitude), (there.latitude, there.longitude))
    narrow, wide = sorted((here.radius_km, there.radius_km))
    grade = _grade(wide)
    if distance <= wide:
        is_named = one.place and other.place and not (one.is_measured or other.is_measured)
        points = min(grade.inside, NEIGHBOURS) if is_named else grade.inside
    elif distance <= narrow + wide:
        points = grade.touching
    else:
        beyond = distance - narrow - wide
        points = next((cost for reach, cost in BEYOND if beyond <= reach), ELSEWHERE)
    return Finding(Reason.APART, points, {"apart": f"{distance:.1f}", "known": f"{wide:g}"})


def _written_alike(one: Account, other: Account) -> Finding | None:
    """Where one of them is not placed yet, its own words for the place are all there is."""
    names = [each.place.name if each.place else each.place_as_written for each in (one, other)]
    if not all(map(fold, names)) or likeness(*names) < SPELLING:
        return None
    return Finding(Reason.WRITTEN_ALIKE, WRITTEN_ALIKE, {"places": names})


def _known_km(account: Account) -> float:
    return account.circle.radius_km if account.circle else 0


def _grade(known_km: float | None) -> Grade:
    return next(grade for grade in GRADES if (known_km or float("inf")) <= grade.known_km)
