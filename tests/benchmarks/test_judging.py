"""How long it takes to judge a hundred thousand incidents against one agreement under three readings."""

from __future__ import annotations

import datetime as dt
import math
import random
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.scope.truth_table import terms
from tracker.codebook import ZoneRule
from tracker.scope.days import Span
from tracker.scope.facts import Circle, Facts
from tracker.scope.judge import judge
from tracker.scope.terms import Reading, Terms
from tracker.scope.zones import Zone

pytestmark = pytest.mark.benchmark

INCIDENTS, READINGS, ZONES, VERTICES = 100_000, 3, 20, 500
SECONDS = 60
FIRST = dt.date(2017, 1, 1)
ACCUSED = ("syrian-government-forces", "russian-forces", "ahrar-al-sham", "islamic-state")
# In metres, as the places of Syria's incidents are known.
RADII = (200, 500, 1000, 1000, 1000, 1000, 10_000, 12_000, 25_000, 25_000, 75_000)


def blot(drawn: random.Random, size: float) -> dict:
    """An uneven outline of so many degrees, somewhere in Syria."""
    north, east = drawn.uniform(33, 36.5), drawn.uniform(36.2, 40)
    ring = []
    for number in range(VERTICES):
        angle = 2 * math.pi * number / VERTICES
        far = size * (1 + 0.25 * math.sin(5 * angle) + 0.08 * drawn.random())
        ring.append([east + 1.2 * far * math.cos(angle), north + far * math.sin(angle)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def zones(drawn: random.Random) -> Iterator[Zone]:
    """Six wide zones it holds in and fourteen small ones it does not, that begin on five days."""
    for number in range(ZONES):
        rule, size = (ZoneRule.INCLUDE, 0.9) if number < 6 else (ZoneRule.EXCLUDE, 0.3)
        days = Span(FIRST + dt.timedelta(days=20 * (number % 5)))
        yield Zone(str(number), str(number), rule, blot(drawn, size), days)


def incidents(drawn: random.Random) -> Iterator[Facts]:
    for _number in range(INCIDENTS):
        day = FIRST + dt.timedelta(days=drawn.randrange(300))
        where = Circle(drawn.uniform(32.5, 37), drawn.uniform(36, 42), drawn.choice(RADII))
        yield Facts(
            day,
            day,
            drawn.choice([1, 1, 1, 1, 1, 2, 3, 4]),
            where,
            acts=frozenset(["fire_indirect"]),
            accused=frozenset([drawn.choice(ACCUSED)]),
            targets=frozenset(["civilians"]),
        )


def test_judges_a_hundred_thousand_incidents_in_a_minute():
    drawn = random.Random(4)
    read: list[Terms] = [
        replace(terms("national"), reading=Reading(str(number), ""), zones=tuple(zones(drawn)))
        for number in range(READINGS)
    ]
    spent = 0.0
    for incident in incidents(drawn):
        began = time.process_time()
        for each in read:
            judge(incident, each)
        spent += time.process_time() - began

    print(f"{INCIDENTS / spent:.0f} incidents a second of one core")
    assert spent < SECONDS
