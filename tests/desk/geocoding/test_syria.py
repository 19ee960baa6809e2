"""How many of the names in print are found in the gazetteer of the whole of Syria."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from shapely.geometry import Point, shape
from shapely.ops import nearest_points

from tracker.codebook import PlaceKind
from tracker.desk.geocoding import gazetteer
from tracker.desk.models import Boundary, Place
from tracker.geo.distance import geodesic_km

pytestmark = pytest.mark.django_db

FIRST_DAY, LAST_DAY = "2016-12-30", "2017-02-28"
Row = dict[str, str]


@pytest.fixture(scope="module", autouse=True)
def syria(django_db_setup, django_db_blocker, shared_data: Path):
    """The demo's own places, and 10,343 more; loaded once, for these tests only read it."""
    files = [*sorted((shared_data / "boundaries").glob("*.geojson"))]
    files.append(shared_data / "gazetteer" / "sy_places_wof.csv.gz")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        call_command("load_places", *files, verbosity=0)
        yield
        transaction.set_rollback(True)


def spellings() -> list[tuple[str, str]]:
    with Path(__file__).with_name("spellings.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["code"], spelling)
            for row in csv.DictReader(file)
            for spelling in row["spellings"].split("|")
        ]


def test_finds_the_place_meant_first_in_95_of_100_spellings():
    missed = []
    for code, spelling in spellings():
        meant = Place.objects.coded(code).get()
        found = gazetteer.suggest(spelling)
        at = Place.objects.filter(pk=found[0].place_id or 0).first() if found else None
        # Gazetteers hold some places twice.
        if at is None or not (at == meant or _kilometres(at, meant) <= 3):
            missed.append(f"{spelling}: {at} instead of {meant}")

    print(f"{len(missed)} of {len(spellings())} spellings missed:", *missed, sep="\n  ")
    assert len(spellings()) >= 60
    assert len(missed) <= 0.05 * len(spellings())


@pytest.mark.parametrize(
    ("code", "spelling"),
    [each for each in spellings() if each[0] in {"geonames:172232", "demo:wadi-barada"}],
)
def test_finds_the_spring_and_the_valley_in_every_spelling(code, spelling):
    assert gazetteer.suggest(spelling)[0].place_id == Place.objects.coded(code).get().pk


def test_resolves_names_with_their_governorate_rather_not_than_wrongly(shared_data):
    """Of the 362 names the Uppsala programme gives for the truce's first two months."""
    names = _names(shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz")
    resolved, wrong, far, none = [], [], [], []
    for name, row in names.items():
        found = gazetteer.resolve(", ".join(filter(None, [name, row["adm_1"].strip()])))
        if found is None:
            none.append(name)
            continue
        off = _off(Place.objects.get(pk=found.place_id), row)
        if off > 10:
            wrong.append(f"{name}: {off:.0f} km off")
        elif off > 3 and row["where_prec"] == "1":
            far.append(f"{name}: {off:.1f} km off")
        else:
            resolved.append(name)

    print(
        f"Of {len(names)} names {len(resolved)} resolve, {len(far)} to a place 3 to 10 km off, "
        f"{len(wrong)} wrongly, {len(none)} not at all."
    )
    print(*wrong, *far, sep="\n")
    assert len(names) == 362
    assert len(wrong) <= 0.01 * len(names)
    assert len(resolved) >= 275


def _names(file: Path) -> dict[str, Row]:
    """Each name in the window with a row that has it, exactly placed if any is."""
    rows = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            if FIRST_DAY <= row["date_start"][:10] <= LAST_DAY:
                rows[" ".join(row["where_coordinates"].split())].append(row)
    return {name: min(rows[name], key=lambda row: row["where_prec"]) for name in rows}


def _off(place: Place, row: Row) -> float:
    """Kilometres from the programme's point to the place: to its outline, to the rim of an area
    that has none, else to its point."""
    there = (float(row["latitude"]), float(row["longitude"]))
    outline = _outline(place)
    if outline is not None:
        nearest, _point = nearest_points(outline, Point(there[1], there[0]))
        return geodesic_km(there, (nearest.y, nearest.x))
    reach = 10.0 if place.kind == PlaceKind.AREA else 0.0
    assert place.latitude is not None
    assert place.longitude is not None
    return max(0.0, geodesic_km(there, (place.latitude, place.longitude)) - reach)


def _outline(place: Place):
    held = Boundary.objects.filter(place=place).first()
    return shape(held.geometry) if held else None


def _kilometres(one: Place, other: Place) -> float:
    return geodesic_km((one.latitude, one.longitude), (other.latitude, other.longitude))  # type: ignore[arg-type]
