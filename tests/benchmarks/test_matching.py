"""How long it takes to suggest incidents for a report among a hundred thousand."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import F

from tests.factories import make_party, make_place, make_source, make_user
from tracker.desk.models import Incident, Party, Place, Report, Source
from tracker.desk.workflow import matching

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

INCIDENTS, WAITING = 100_000, 2_000
ASKED, MEDIAN_MS = 100, 100
FIRST, DAYS = dt.date(2016, 1, 1), 3 * 365
# One day in ten is dense: half of all happens on those.
DENSE = 10
ACTS = ("fire_indirect", "fire_indirect", "air_attack", "fire_direct", "ground_attack")
# Most days are known, and most places.
DATE_PRECISIONS = (*[1] * 40, 2, 2, 3, 4, 5)
WORDS = ("shells", "fell", "eastern", "quarter", "hall", "killed", "wounded", "several", "people")
GEO_PRECISIONS = (*[1] * 20, 2, 2, 2, 3, 4)


def towns(drawn: random.Random) -> list[Place]:
    """Three hundred, crowded around ten cities, each in a district of a governorate of the country."""
    country = make_place(name="Syria", kind="country")
    cities = [(drawn.uniform(32.6, 36.9), drawn.uniform(36, 41)) for _number in range(10)]
    wider = [make_place(name="Governorate", kind="governorate", parent=country) for _city in cities]
    districts = [make_place(name="District", kind="district", parent=each) for each in wider]
    made = []
    for number in range(300):
        north, east = cities[number % 10]
        made.append(
            make_place(
                name=f"Town {number}",
                parent=districts[number % 10],
                latitude=north + drawn.gauss(0, 0.25),
                longitude=east + drawn.gauss(0, 0.25),
            )
        )
    return made


def day(drawn: random.Random) -> dt.date:
    number = drawn.randrange(0, DAYS, DENSE) if drawn.random() < 0.5 else drawn.randrange(DAYS)
    return FIRST + dt.timedelta(days=number)


def told(drawn: random.Random, places: Sequence[Place]) -> dict[str, Any]:
    """When, where and what, of an incident and of the reports of it."""
    # A few towns see most of it.
    town = min(int(drawn.paretovariate(0.5)) - 1, len(places) - 1)
    return {
        "date_start": day(drawn),
        "date_precision": drawn.choice(DATE_PRECISIONS),
        "place": places[town],
        "geo_precision": drawn.choice(GEO_PRECISIONS),
        "acts": [drawn.choice(ACTS)],
    }


def words(drawn: random.Random) -> str:
    return " ".join(drawn.choices(WORDS, k=40))


def fill(drawn: random.Random, places: Sequence[Place], user: Any) -> None:
    sources: list[Source] = [make_source() for _number in range(40)]
    parties: list[Party] = [make_party() for _number in range(8)]
    incidents = [told(drawn, places) for _number in range(INCIDENTS)]
    made = Incident.objects.bulk_create(
        (Incident(**each, opened_by=user) for each in incidents), batch_size=2_000
    )
    waiting = [told(drawn, places) for _number in range(WAITING)]
    reports = Report.objects.bulk_create(
        (
            Report(**each, source=drawn.choice(sources), text=words(drawn))
            for each in [*incidents, *waiting]
        ),
        batch_size=2_000,
    )
    through: Any = Report.accused.through
    through.objects.bulk_create(
        (through(report_id=each.pk, party_id=drawn.choice(parties).pk) for each in reports),
        batch_size=5_000,
    )
    begin = reports[0].pk
    telling = Report.objects.filter(pk__lt=begin + INCIDENTS)
    telling.update(incident=F("pk") - begin + made[0].pk)


def milliseconds(ask: Callable[[Any], Any], things: Sequence[Any]) -> tuple[float, float]:
    """Of one core, and by the clock: the medians."""
    core, clock = [], []
    for each in things:
        began, stood = time.process_time(), time.perf_counter()
        ask(each)
        core.append(1000 * (time.process_time() - began))
        clock.append(1000 * (time.perf_counter() - stood))
    return statistics.median(core), statistics.median(clock)


def test_suggests_incidents_among_a_hundred_thousand_in_a_tenth_of_a_second():
    drawn = random.Random(13)
    user = make_user("reviewer")
    fill(drawn, towns(drawn), user)
    reports = drawn.sample(list(Report.objects.unattached()), ASKED)
    incidents = drawn.sample(list(Incident.objects.all()[:50_000]), ASKED)
    asked: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "incidents_for": (lambda each: matching.incidents_for(each, user=user), reports),
        "reports_for": (lambda each: matching.reports_for(each, user=user), incidents),
        "like": (lambda each: matching.like(each, user=user), reports),
    }

    taken = {name: milliseconds(*call) for name, call in asked.items()}

    for name, (core, clock) in taken.items():
        print(f"{name}: {core:.0f} ms of one core, {clock:.0f} ms by the clock")
    assert taken["incidents_for"][0] < MEDIAN_MS
