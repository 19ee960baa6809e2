"""No series of questions tells more of where a sensitive incident was than its published cell."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from tests.factories import make_incident, make_place
from tracker.desk.models import Incident, Place

pytestmark = pytest.mark.django_db

# Two hamlets, 25 km apart, in one cell of 0.25 degrees.
HERE, THERE = (33.5213, 36.0078), (33.7387, 36.2431)
CELL = (36.0, 33.5, 36.25, 33.75)


@pytest.fixture
def guarded(publish) -> Incident:
    district = make_place(name="Zabadani", kind="district", latitude=33.72, longitude=36.1)
    make_place(name="Hamlet", parent=district)
    return publish(make_incident(sensitivity="guarded", place=Place.objects.get(name="Hamlet")))


def move(incident: Incident, position: tuple[float, float], publish) -> None:
    assert incident.place
    Place.objects.filter(pk=incident.place.pk).update(latitude=position[0], longitude=position[1])
    publish(Incident.objects.get(pk=incident.pk))


def questions() -> list[dict[str, str]]:
    """500 boxes and circles, large and minute, most of them over the cell."""
    drawn = random.Random(24012017)
    asked = []
    for _number in range(250):
        west, south = drawn.uniform(35.9, 36.3), drawn.uniform(33.4, 33.8)
        side = drawn.choice([0.3, 0.1, 0.02, 0.001])
        asked.append({"bbox": f"{west},{south},{west + side},{south + side}"})
        latitude, longitude = drawn.uniform(33.4, 33.8), drawn.uniform(35.9, 36.3)
        within = drawn.choice([40, 15, 3, 0.1])
        asked.append({"near": f"{latitude},{longitude}", "within_km": f"{within}"})
    # Around the very positions, and halving the cell.
    for latitude, longitude in (HERE, THERE):
        asked.append({"near": f"{latitude},{longitude}", "within_km": "0.001"})
    asked.append({"bbox": f"36.0,33.5,{(CELL[0] + CELL[2]) / 2 - 0.0001},33.75"})
    return asked


def answers(client: Client) -> list[list[dict]]:
    told = []
    for asked in questions():
        for resource in ("incidents", "reports"):
            response = client.get(f"/api/v1/{resource}/", asked)
            assert response.status_code == 200
            results = response.json()["results"]
            told.append([_unsigned(each) for each in results])
    return told


def _unsigned(document: dict) -> dict:
    """Without what counts how often it has been signed."""
    dates = ("revision", "changelog", "published_on", "updated_on")
    return {name: value for name, value in document.items() if name not in dates}


def test_answers_alike_wherever_in_its_cell_a_guarded_incident_was(client, publish, guarded):
    move(guarded, HERE, publish)
    here = answers(client)
    move(guarded, THERE, publish)

    assert answers(client) == here
    found = [each for each in here if each]
    assert 100 < len(found) < len(here) - 100


def test_finds_a_guarded_incident_at_the_middle_of_its_cell_alone(client, publish, guarded):
    move(guarded, HERE, publish)
    middle = {"near": "33.625,36.125", "within_km": "0.001"}

    [incident] = client.get("/api/v1/incidents/", middle).json()["results"]

    assert incident["position"] == {
        "latitude": 33.625,
        "longitude": 36.125,
        "cell_degrees": 0.25,
    }
    assert incident["distance_km"] == 0
    exactly = {"near": f"{HERE[0]},{HERE[1]}", "within_km": "10"}
    assert client.get("/api/v1/incidents/", exactly).json()["results"] == []


def test_finds_a_withheld_incident_nowhere(client, publish, guarded):
    Incident.objects.filter(pk=guarded.pk).update(sensitivity="withheld")
    move(guarded, HERE, publish)

    for asked in questions():
        assert client.get("/api/v1/incidents/", asked).json()["results"] == []
    [incident] = client.get("/api/v1/incidents/", {"located": "false"}).json()["results"]
    assert (incident["position"], incident["place"]) == (None, None)
