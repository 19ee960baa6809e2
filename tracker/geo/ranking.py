"""Which of many places a written name means: candidates by their consonants, ranked by their sound.

A score runs from 0 to 100 and says how well a name fits, not how likely it is: 100 is the very name,
94 another romanisation of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz

from tracker.codebook import UNITS, PlaceKind
from tracker.geo.distance import haversine_km
from tracker.geo.names import bare, near_skeletons, proper, skeleton, sound, stem
from tracker.geo.readings import Reading, by_name, read

# From this score on a name is a spelling of the other, below the second no match at all.
SPELLING, LEAST = 95, 55
# What it costs to be called so only by others, to be a unit where none is asked for, to be of another
# kind, and to leave a word out.
ALIAS, UNASKED_UNIT, OTHER_KIND, LEFT_OUT = 2, 3, 15, 6
# What it costs to lie elsewhere: sources confuse districts, whose borders move, but not governorates.
ELSEWHERE, OTHER_DISTRICT = 25, 4
# What the nearest, the most populous and the seats among namesakes gain; how far nearness reaches.
NEARNESS, SIZE, SEAT, REACH_KM = 5.0, 3.0, 2.0, 200.0
# By how much a place must lead its namesakes, and how near the same place entered twice may lie.
LEAD, LEAD_OF_SHORT, SAME_PLACE_KM = 2.0, 3.0, 3.0
# The shortest skeleton that may be a letter off: of shorter ones too many are.
SHORTEST_NEAR = 3

# Units that are rarely meant where only their name is written; a country is.
PARTS_OF_A_COUNTRY = frozenset(UNITS) - {PlaceKind.COUNTRY}


@dataclass(frozen=True)
class Candidate:
    """A place as ranking sees it."""

    key: object
    names: tuple[str, ...]
    """Its own names, in either script."""
    aliases: tuple[str, ...]
    """Other spellings and former names."""
    kind: str
    within: frozenset[object] = frozenset()
    """The keys of all wider places it lies in."""
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    population: int | None = None
    is_seat: bool = False
    """Whether a unit it lies in bears its name: then it is meant, and not a hamlet of that name."""


@dataclass(frozen=True)
class Match:
    """A candidate, and how well it fits."""

    candidate: Candidate
    reading: Reading
    likeness: float
    """How like the name one of its own is, from 0 to 100."""
    cost: float
    """What it loses for lying elsewhere than in the wider places named."""
    rank: float
    """By what it is ordered: likeness less cost, and what decides between namesakes."""

    @property
    def score(self) -> float:
        return round(max(0.0, self.likeness - self.cost), 1)

    @property
    def is_short(self) -> bool:
        """Whether the name has two consonants or one: too many such names sound alike."""
        return len(skeleton(self.reading.name)) <= 2

    @property
    def is_spelling(self) -> bool:
        """Whether the name is this place's but for its spelling, and not only similar."""
        enough = SPELLING if not self.is_short else 98 - ALIAS
        return self.likeness + LEFT_OUT * self.reading.is_part >= enough and self.cost < ELSEWHERE


class Fetch(Protocol):
    """Answers the candidates one of whose names has one of some skeletons, has one with a beginning,
    or holds a folded text; an empty beginning or text asks for none."""

    def __call__(
        self, skeletons: set[str], *, beginning: str = "", holding: str = ""
    ) -> Sequence[Candidate]: ...


def search(
    text: str,
    *,
    fetch: Fetch,
    fetch_wider: Fetch | None = None,
    near: Sequence[tuple[float, float]] = (),
    limit: int = 10,
) -> list[Match]:
    """The places a text may mean, the best first.

    `text` is a name, `name, district, governorate`, or alternatives (`a/b`, `a (b)`). Of namesakes
    those nearest to the positions `near` (latitude, longitude) win. The wider places a text names
    are fetched by `fetch_wider`, where others are fetched only of some kind.
    """
    readings, wider = read(text)
    exact = {skeleton(reading.name) for reading in readings} - {""}
    if not exact:
        return []
    units = [unit for each in wider if (unit := _unit(each, fetch_wider or fetch))]
    candidates = fetch(exact, beginning=skeleton(readings[0].name))
    found = _ranked(candidates, readings, units, near)
    if not any(match.is_spelling for match in found):
        off = {each for one in exact if len(one) >= SHORTEST_NEAR for each in near_skeletons(one)}
        others = fetch(off, holding=proper(readings[0].name))
        found = _ranked({*candidates, *others}, readings, units, near)
    return found[:limit]


def certain(matches: Sequence[Match]) -> Match | None:
    """The match that is beyond doubt: a spelling of the name, with no namesake anywhere near in rank.

    Rather none than a wrong one. The same place entered twice is no doubt.
    """
    if not matches:
        return None
    best = matches[0]
    same = [match for match in matches if _distance(best, match) <= SAME_PLACE_KM]
    if not any(match.is_spelling for match in (best, *same)):
        return None
    lead = LEAD_OF_SHORT if best.is_short else LEAD
    rivals = [match for match in matches[1:] if best.rank - match.rank < lead]
    if not best.reading.is_part:
        # What is called "the airport of X" is not X.
        rivals = [match for match in rivals if not match.reading.is_part]
    return None if any(match not in same for match in rivals) else best


class _Unit(NamedTuple):
    """The wider places of one name, and what it costs to lie in none of them."""

    keys: frozenset[object]
    cost: float


def _unit(name: str, fetch: Fetch) -> _Unit | None:
    """None where nobody knows a wider place of that name."""
    reading = by_name(name)
    called = [
        candidate
        for candidate in fetch({skeleton(name)})
        if candidate.kind != PlaceKind.SITE and _fit(candidate, reading) >= SPELLING - OTHER_KIND
    ]
    is_small = all(candidate.kind != PlaceKind.GOVERNORATE for candidate in called)
    cost = OTHER_DISTRICT if is_small else ELSEWHERE
    return _Unit(frozenset(candidate.key for candidate in called), cost) if called else None


def _ranked(
    candidates: Iterable[Candidate],
    readings: list[Reading],
    units: list[_Unit],
    near: Sequence[tuple[float, float]],
) -> list[Match]:
    matches = [_match(candidate, readings, units, near) for candidate in candidates]
    fitting = [match for match in matches if match.score >= LEAST]
    return sorted(fitting, key=lambda match: (-match.rank, str(match.candidate.key)))


def _match(
    candidate: Candidate,
    readings: list[Reading],
    units: list[_Unit],
    near: Sequence[tuple[float, float]],
) -> Match:
    fits = [_fit(candidate, reading) for reading in readings]
    fit, reading = max(fits), readings[fits.index(max(fits))]
    line = candidate.within | {candidate.key}
    cost = sum(unit.cost for unit in units if line.isdisjoint(unit.keys))
    gained = _nearness(candidate, near) + _size(candidate.population) + SEAT * candidate.is_seat
    return Match(candidate, reading, fit, cost, round(fit - cost + gained, 3))


def _fit(candidate: Candidate, reading: Reading) -> float:
    own = [likeness(reading.name, name) for name in candidate.names]
    fit = max(own + [likeness(reading.name, name) - ALIAS for name in candidate.aliases])
    if reading.kinds and candidate.kind not in reading.kinds:
        fit -= OTHER_KIND
    elif not reading.kinds and candidate.kind in PARTS_OF_A_COUNTRY:
        fit -= UNASKED_UNIT
    return fit - LEFT_OUT * reading.is_part


def likeness(asked: str, name: str) -> float:
    """How alike two names are, from 0 to 100.

    100 is written alike, 98 but for articles, 97 sounds alike, 96 but for short vowels.
    """
    one, other = _heard(asked), _heard(name)
    for fit, form in ((100, 0), (98, 1), (97, 2), (96, 3)):
        if one[form] == other[form]:
            return fit
    alike = 0.65 * fuzz.ratio(one.sound, other.sound) + 0.35 * fuzz.ratio(one.bones, other.bones)
    if len(one.sound) > 2 and other.sound.startswith(one.sound):
        # Someone is still typing.
        alike = max(alike, 80 + 12 * len(one.sound) / len(other.sound))
    elif len(one.sound) > 2 and one.sound in other.sound:
        alike = max(alike, 70 + 12 * len(one.sound) / len(other.sound))
    return min(alike, 92)


class _Heard(NamedTuple):
    proper: str
    bare: str
    sound: str
    stem: str
    bones: str


@lru_cache(maxsize=20_000)
def _heard(name: str) -> _Heard:
    # Without spaces, which spellings put anywhere.
    heard = sound(name).replace(" ", "")
    return _Heard(proper(name), bare(name), heard, stem(name), skeleton(name))


def _nearness(candidate: Candidate, near: Sequence[tuple[float, float]]) -> float:
    if not near or candidate.position is None:
        return 0
    distance = min(haversine_km(candidate.position, there) for there in near)
    return NEARNESS * max(0.0, 1 - distance / REACH_KM)


def _size(population: int | None) -> float:
    return min(SIZE, math.log10(population) / 2) if population else 0


def _distance(one: Match, other: Match) -> float:
    here, there = one.candidate.position, other.candidate.position
    return haversine_km(here, there) if here and there else math.inf
