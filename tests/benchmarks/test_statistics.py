"""What the charts and the map of a million incidents cost, counted ahead and counted anew."""

from __future__ import annotations

import datetime as dt
import random
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.factories import make_agreement, make_reading
from tracker.codebook import Act, Verification
from tracker.desk.workflow import publishing
from tracker.desk.workflow.inserting import insert
from tracker.geo import tiles
from tracker.public.models import Edition, Entry, Facet

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

MILLION, CHUNK = 1_000_000, 50_000
FIRST, DAYS = dt.date(2013, 1, 1), 11 * 365
# What is selected by this is all there is: the same answer, counted anew.
ALL_OF_THEM = "max_date_precision=5"
TIMES_QUICKER, MOST_BYTES = 2, 60_000
VIEW = "view=35.5,32.3,42.4,37.4"
ASKED = {
    "summary": "summary/?",
    "summary of two years": "summary/?date_from=2016-03-10&date_to=2018-03-20",
    "months by act": "timeline/?interval=month&by=act",
    "months by accused party": "timeline/?interval=month&by=accused",
    "months by verdict": "timeline/?interval=month&by=verdict&under=plain",
    "weeks of two years": "timeline/?interval=week&date_from=2016-03-10&date_to=2018-03-20",
    "days of a year by act": "timeline/?interval=day&by=act&date_from=2017-01-01&date_to=2017-12-31",
    "cells of the country": f"cells/?zoom=9&{VIEW}",
    "cells of two years": f"cells/?zoom=9&{VIEW}&date_from=2016-03-10&date_to=2018-03-20",
    "small cells of a province": "cells/?zoom=12&view=36.0,33.2,37.2,34.0",
}


def towns(drawn: random.Random) -> list[tuple[float, float]]:
    """Four thousand positions, as the grid of the public ones gives them, denser in the west."""
    spots: set[tuple[float, float]] = set()
    while len(spots) < 4000:
        east = 35.7 + 6.5 * drawn.random() ** 2
        spots.add((round(drawn.uniform(32.4, 37.2), 2) + 0.005, round(east, 2) + 0.005))
    return sorted(spots)


def fill(number: int) -> None:
    """So many published incidents, written past the desk, and counted."""
    drawn = random.Random(2017)
    spots, acts = towns(drawn), [str(act) for act in Act]
    parties = [f"party-{each}" for each in range(15)]
    first = Edition.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    for begin in range(first, first + number, CHUNK):
        _fill(range(begin, begin + CHUNK), drawn, spots, acts, parties)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(
    pks: range,
    drawn: random.Random,
    spots: list[tuple[float, float]],
    acts: list[str],
    parties: list[str],
) -> None:
    editions = ("id", "kind", "public_id", "label", "search", "revision", "document", "digest")
    days = ("published_on", "updated_on")
    insert(Edition, (*editions, *days), (_edition(pk) for pk in pks))
    columns = ("edition", "kind", "public_id", "date_start", "date_end", "date_precision")
    place = ("geo_precision", "latitude", "longitude", "tile", "verification", "updated_on")
    insert(Entry, (*columns, *place), (_entry(pk, drawn, spots) for pk in pks))
    facets = (facet for pk in pks for facet in _facets(pk, drawn, acts, parties))
    insert(Facet, ("edition", "name", "value"), facets)


def _edition(pk: int) -> tuple[Any, ...]:
    return (pk, "incident", str(uuid.UUID(int=pk)), "", "", 1, "{}", "", FIRST, FIRST)


def _entry(pk: int, drawn: random.Random, spots: list[tuple[float, float]]) -> tuple[Any, ...]:
    day = FIRST + dt.timedelta(days=drawn.randrange(DAYS))
    spot = drawn.choice(spots)
    known = drawn.choice([1, 1, 1, 1, 1, 1, 2, 3, 4])
    told = ("incident", uuid.UUID(int=pk), day, day, known, 1, *spot, tiles.tile_of(*spot))
    return (pk, *told, drawn.choice([*Verification]).value, FIRST)


def _facets(
    pk: int, drawn: random.Random, acts: list[str], parties: list[str]
) -> Iterator[tuple[Any, ...]]:
    yield pk, "act", drawn.choice(acts)
    yield pk, "accused", drawn.choice(parties)
    verdict = drawn.choice(["violation", "outside", "undetermined"])
    yield pk, "verdict", verdict
    yield pk, "verdict", f"{verdict}@plain"


def measured(client: Client, address: str, *, times: int) -> tuple[float, int, Any]:
    """The least milliseconds, as others are at work too; bytes; and what was answered."""
    taken = []
    for _number in range(times):
        began = time.perf_counter()
        response = client.get(f"/api/v1/stats/{address}")
        taken.append(1000 * (time.perf_counter() - began))
        assert response.status_code == 200, response.content
    return min(taken), len(response.content), response.json()


def test_reads_what_is_counted_ahead_many_times_quicker_than_counting_anew():
    truce = make_agreement()
    make_reading(truce, slug="plain")
    publishing.publish_agreement(truce)
    fill(MILLION)
    began = time.perf_counter()
    call_command("rebuild_rollups", verbosity=0)
    print(f"{MILLION:,} incidents counted in {time.perf_counter() - began:.0f} s")
    quicker = {}
    for name, asked in ASKED.items():
        ahead, size, told = measured(Client(), asked, times=5)
        anew, _size, retold = measured(Client(), f"{asked}&{ALL_OF_THEM}", times=1)
        print(f"{name}: {ahead:.0f} ms, {size / 1000:.0f} KB; counted anew: {anew:.0f} ms")
        assert {**told, "permalink": ""} == {**retold, "permalink": ""}, name
        assert size < MOST_BYTES, name
        quicker[name] = anew / ahead
    assert min(quicker.values()) > TIMES_QUICKER, quicker
