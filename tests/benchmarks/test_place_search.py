"""How long a search for a place takes, in the whole of Syria and in six times as many places."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.desk.geocoding.test_syria import spellings
from tests.factories import make_user
from tracker.desk.geocoding import gazetteer
from tracker.desk.models import Place

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

MANY = 60_000
MEDIAN_MS, TIMES = 30, 2


def milliseconds(search) -> float:
    """The median over the spellings met in print."""
    taken = []
    for _code, spelling in spellings():
        began = time.perf_counter()
        search(spelling)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def add_up_to(number: int) -> None:
    """Places named by two words of the names there are, all over the country."""
    drawn = random.Random(60)
    names = list(Place.objects.exclude(name_ar="").values_list("name", "name_ar", "parent"))
    made = []
    for _number in range(number - Place.objects.count()):
        (one, one_ar, parent), (other, other_ar, _parent) = drawn.choices(names, k=2)
        made.append(
            Place(
                name=f"{one.split()[0]} {other.split()[-1]}",
                name_ar=f"{one_ar.split()[0]} {other_ar.split()[-1]}",
                kind="settlement",
                parent_id=parent,
                latitude=drawn.uniform(32.5, 37),
                longitude=drawn.uniform(36, 42),
            )
        )
    Place.objects.bulk_create(made, batch_size=2000)


def test_takes_less_than_twice_as_long_in_six_times_as_many_places(shared_data: Path):
    files = sorted((shared_data / "boundaries").glob("*.geojson"))
    call_command("load_demo", verbosity=0)
    call_command("load_places", *files, shared_data / "gazetteer" / "sy_places_wof.csv.gz")
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    asked = {"app_label": "desk", "model_name": "report", "field_name": "place"}
    searches = {
        "gazetteer.suggest": gazetteer.suggest,
        "gazetteer.resolve": gazetteer.resolve,
        "as one types": lambda text: client.get("/admin/autocomplete/", {"term": text, **asked}),
    }

    few = {name: milliseconds(search) for name, search in searches.items()}
    held = Place.objects.count()
    add_up_to(MANY)
    many = {name: milliseconds(search) for name, search in searches.items()}

    for name in searches:
        print(f"{name}: {few[name]:.1f} ms in {held:,} places, {many[name]:.1f} in {MANY:,}")
    assert few["gazetteer.suggest"] < MEDIAN_MS
    assert many["gazetteer.suggest"] < TIMES * MEDIAN_MS
