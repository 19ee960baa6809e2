"""No attack on a guarded position comes nearer to it than the cell that is published."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_incident, make_place
from tests.public.doors import as_csv, as_geojson, as_geojson_lines, ids_as_features, ids_in_feed
from tests.test_privacy import content_of
from tracker.desk.models import Incident

pytestmark = pytest.mark.django_db

CELL = 0.25
HOUSE = (33.5213, 36.0078)
MIDDLE = (33.625, 36.125)
FORMS = ("csv", "geojson", "geojsonl", "xlsx", "parquet")
COORDINATE = re.compile(rb"-?\d{1,3}\.\d{3,}")
Sees = Callable[[Client, str], bool]

# The doors that can be asked whether there is something in a box.
DOORS: dict[str, Sees] = {
    "list": lambda client, box: bool(
        client.get("/api/v1/incidents/", {"bbox": box}).json()["results"]
    ),
    "reports": lambda client, box: bool(
        client.get("/api/v1/reports/", {"bbox": box}).json()["results"]
    ),
    "summary": lambda client, box: bool(
        client.get("/api/v1/stats/summary/", {"bbox": box}).json()["incidents"]
    ),
    "csv": lambda client, box: bool(as_csv(client, "incidents", {"bbox": box})),
    "geojson": lambda client, box: bool(as_geojson(client, "incidents", {"bbox": box})),
    "lines": lambda client, box: bool(as_geojson_lines(client, "incidents", {"bbox": box})),
    "features": lambda client, box: bool(ids_as_features(client, {"bbox": box})),
    "feed": lambda client, box: bool(ids_in_feed(client, {"bbox": box})),
}


def guarded_at(position: tuple[float, float], place: Any, publish: Any) -> Incident:
    latitude, longitude = position
    return publish(
        make_incident(
            sensitivity="guarded",
            place=place,
            latitude=latitude,
            longitude=longitude,
            geo_precision=1,
        )
    )


def halved(client: Client, sees: Sees) -> tuple[float, float, int]:
    """Where halving boxes leads to, and in how many questions."""
    south, west, north, east, asked = 33.0, 35.5, 34.3, 36.9, 0
    while north - south > 1e-4 or east - west > 1e-4:
        asked += 1
        if north - south > east - west:
            half = (north + south) / 2
            if sees(client, f"{west},{south},{east},{half}"):
                north = half
            else:
                south = half
        else:
            half = (east + west) / 2
            if sees(client, f"{west},{south},{half},{north}"):
                east = half
            else:
                west = half
    return (north + south) / 2, (east + west) / 2, asked


def coordinates(content: bytes) -> set[str]:
    """The degrees that an answer tells around the house."""
    told = {each.decode() for each in COORDINATE.findall(content)}
    return {each for each in told if each.startswith(("33.", "36."))}


@pytest.fixture
def place(db: None) -> Any:
    district = make_place(name="Az-Zabdani", kind="district", latitude=None, longitude=None)
    return make_place(name="Hamlet", parent=district, latitude=HOUSE[0], longitude=HOUSE[1])


@pytest.mark.parametrize("door", DOORS)
def test_halves_its_way_to_the_middle_of_the_cell_alone(client, publish, place, door):
    guarded_at(HOUSE, place, publish)

    latitude, longitude, asked = halved(client, DOORS[door])

    print(f"{door}: {asked} boxes lead to {latitude:.4f}, {longitude:.4f}")
    assert abs(latitude - MIDDLE[0]) < 1e-3
    assert abs(longitude - MIDDLE[1]) < 1e-3
    assert max(abs(latitude - HOUSE[0]), abs(longitude - HOUSE[1])) > CELL / 4


def test_closes_in_by_circles_to_the_middle_of_the_cell_alone(client, publish, place):
    guarded_at(HOUSE, place, publish)

    def distance(latitude: float, longitude: float) -> Any:
        near = {"near": f"{latitude},{longitude}", "within_km": "500"}
        [found] = client.get("/api/v1/incidents/", near).json()["results"]
        return found["distance_km"]

    assert distance(*MIDDLE) == 0
    assert distance(*HOUSE) > 10


def test_averages_30_in_one_house_to_one_position(client, publish, place):
    drawn = random.Random(20170130)
    for _number in range(30):
        # As near as thirty people would put one house on a map.
        off = (drawn.uniform(-1e-3, 1e-3), drawn.uniform(-1e-3, 1e-3))
        guarded_at((HOUSE[0] + off[0], HOUSE[1] + off[1]), place, publish)

    told = set()
    for form in FORMS:
        told |= coordinates(content_of(client.get(f"/api/v1/incidents.{form}")))
    for zoom in range(4, 13):
        cells = client.get("/api/v1/stats/cells/", {"zoom": zoom}).json()
        assert [each["incidents"] for each in cells["cells"]] == [30], zoom
    features = client.get("/ogc/collections/incidents/items", {"f": "json"})
    told |= coordinates(features.content) | coordinates(client.get("/feeds/incidents.atom").content)

    assert told == {str(MIDDLE[0]), str(MIDDLE[1])}


def _fetched(client: Client, publish: Any, place: Any, saves: int, fetches: int) -> set[Any]:
    incident = guarded_at(HOUSE, place, publish)
    told = set()
    for _save in range(saves):
        publish(Incident.objects.get(pk=incident.pk))
        for _fetch in range(fetches // saves):
            document = client.get(f"/api/v1/incidents/{incident.public_id}/").json()
            told.add((document["position"]["latitude"], document["position"]["longitude"]))
    return told


def test_tells_one_position_however_often_it_is_signed_and_fetched(client, publish, place):
    assert _fetched(client, publish, place, saves=10, fetches=20) == {MIDDLE}


@pytest.mark.soak
def test_is_attacked_wherever_it_is(client, publish, place):
    drawn, nearest = random.Random(24012017), CELL
    assert _fetched(client, publish, place, saves=10, fetches=200) == {MIDDLE}
    for _number in range(25):
        house = (drawn.uniform(33.5, 33.75), drawn.uniform(36.0, 36.25))
        incident = Incident.objects.latest("pk")
        incident.latitude, incident.longitude = house
        incident.save(update_fields=["latitude", "longitude"])
        publish(Incident.objects.get(pk=incident.pk))

        latitude, longitude, _asked = halved(client, DOORS["list"])

        # The middle itself, which is published: it tells no house from another.
        assert max(abs(latitude - MIDDLE[0]), abs(longitude - MIDDLE[1])) < 1e-3
        nearest = min(nearest, max(abs(latitude - house[0]), abs(longitude - house[1])))
    print("200 fetches, 10 savings: 1 position; 25 houses halved to the middle of the cell;")
    print(f"the middle itself is {nearest:.3f} degrees from the nearest of these houses")
