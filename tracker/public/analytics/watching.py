"""What monitors tell of what they could see, day by day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from tracker.codebook import Access, PlaceKind, Sight
from tracker.periods import ONE_DAY
from tracker.public.models import Edition, Facet, Kind
from tracker.scope.days import Span

BLIND = {Access.DENIED, Access.NOT_ATTEMPTED}
# From the least to the most that is known to have been seen: of several monitors the best counts.
BETTER = (Sight.UNKNOWN, Sight.NOT_COVERED, Sight.PARTLY, Sight.COVERED)


@dataclass(frozen=True)
class Watch:
    """What could be seen on each day: one sight for each stretch of days, by the day it begins."""

    begun: list[dt.date]
    sights: list[Sight]

    def stretches(self, days: Span) -> Iterator[tuple[Span, Sight]]:
        at = bisect_right(self.begun, days.first) - 1
        while at < len(self.begun) and self.begun[at] <= days.last:
            ends = self.begun[at + 1] - ONE_DAY if at + 1 < len(self.begun) else dt.date.max
            yield Span(max(self.begun[at], days.first), min(ends, days.last)), self.sights[at]
            at += 1

    def count(self, days: Span) -> Counter[Sight]:
        """How many of these days were seen how far."""
        counted: Counter[Sight] = Counter()
        for stretch, sight in self.stretches(days):
            counted[sight] += stretch.length
        return counted

    def over(self, days: Span) -> Sight:
        """How far all of these days were seen."""
        sights = {sight for _stretch, sight in self.stretches(days)}
        return _together(sights)


def watch(days: Span, places: Iterable[str] = ()) -> Watch:
    """What monitors tell of these places, or of the whole country where none is named."""
    told = _told(days)
    areas = [*places]
    if not areas:
        seen = [_seen(coverage, is_whole=_is_of_the_country(coverage)) for _pk, coverage in told]
        return _day_by_day([seen])
    around, inside = _around(areas), _inside(areas)
    return _day_by_day(
        [
            [
                _seen(coverage, is_whole=_is_of_the_country(coverage) or _id(coverage) in wider)
                for pk, coverage in told
                if _is_of_the_country(coverage) or _id(coverage) in wider or pk in inside[area]
            ]
            for area, wider in around.items()
        ]
    )


Seen = tuple[Span, Sight]


def _told(days: Span) -> list[tuple[int, dict[str, Any]]]:
    coverage = Edition.objects.of(Kind.COVERAGE)
    coverage = coverage.with_day("last_day", days.first, None)
    coverage = coverage.with_day("first_day", None, days.last)
    return [(pk, orjson.loads(told)) for pk, told in coverage.values_list("pk", "document")]


def _around(areas: list[str]) -> dict[str, set[str]]:
    """Each area with all that it lies in."""
    around = {area: {area} for area in areas}
    lying = Facet.objects.filter(
        name="place", edition__kind=Kind.PLACE, edition__public_id__in=areas
    )
    for area, wider in lying.values_list("edition__public_id", "value"):
        around[area].add(wider)
    return around


def _inside(areas: list[str]) -> dict[str, set[int]]:
    """The coverage that tells of each area, or of what lies in it."""
    inside = defaultdict(set)
    telling = Facet.objects.filter(name="place", value__in=areas, edition__kind=Kind.COVERAGE)
    for area, pk in telling.values_list("value", "edition_id"):
        inside[area].add(pk)
    return inside


def _id(coverage: dict[str, Any]) -> str:
    return coverage["place"]["id"] if coverage["place"] else ""


def _is_of_the_country(coverage: dict[str, Any]) -> bool:
    return coverage["place"] is None or coverage["place"]["kind"] == PlaceKind.COUNTRY


def _seen(coverage: dict[str, Any], *, is_whole: bool) -> Seen:
    ends = coverage["date_end"]
    days = Span(
        dt.date.fromisoformat(coverage["date_start"]),
        dt.date.fromisoformat(ends) if ends else dt.date.max,
    )
    if coverage["access"] in BLIND:
        # Who was kept out of a part tells nothing of the rest.
        return days, Sight.NOT_COVERED if is_whole else Sight.UNKNOWN
    if coverage["access"] == Access.FULL and is_whole:
        return days, Sight.COVERED
    return days, Sight.PARTLY


def _day_by_day(areas: list[list[Seen]]) -> Watch:
    """The best that was seen of each area on each day, and of all of them together."""
    turns: dict[dt.date, list[tuple[int, Sight, int]]] = defaultdict(list)
    for number, seen in enumerate(areas):
        for days, sight in seen:
            turns[days.first].append((number, sight, 1))
            if days.last < dt.date.max:
                turns[days.last + ONE_DAY].append((number, sight, -1))
    standing: list[Counter[Sight]] = [Counter({Sight.UNKNOWN: 1}) for _area in areas]
    watched = Watch([], [])
    for day in sorted({dt.date.min, *turns}):
        for number, sight, change in turns.get(day, []):
            standing[number][sight] += change
        watched.begun.append(day)
        watched.sights.append(_together({_best(each) for each in standing}))
    return watched


def _best(standing: Counter[Sight]) -> Sight:
    return max((sight for sight, number in standing.items() if number), key=BETTER.index)


def _together(sights: set[Sight]) -> Sight:
    """What is known of several areas or days: as much as of each, or else that some was seen."""
    if len(sights) == 1:
        return next(iter(sights))
    return Sight.PARTLY if sights & {Sight.PARTLY, Sight.COVERED} else Sight.UNKNOWN
