"""The gazetteer of what has been published: any spelling, any position, with outlines."""

from __future__ import annotations

import pytest

from tests.factories import make_incident, make_place
from tracker.desk.models import Boundary, PlaceName

pytestmark = pytest.mark.django_db

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36, 33.5], [36.4, 33.5], [36.4, 33.8], [36, 33.8], [36, 33.5]]],
}


@pytest.fixture
def gazetteer(publish) -> None:
    """Two governorates, and two villages of one name."""
    syria = make_place(name="Syria", name_ar="سوريا", kind="country", latitude=35, longitude=38)
    rural = make_place(
        name="Rif Dimashq",
        name_ar="ريف دمشق",
        kind="governorate",
        parent=syria,
        latitude=None,
        longitude=None,
    )
    homs = make_place(
        name="Homs", name_ar="حمص", kind="governorate", parent=syria, latitude=34.7, longitude=36.7
    )
    Boundary.objects.create(
        place=rural, geometry=SQUARE, attribution="OCHA", west=36, south=33.5, east=36.4, north=33.8
    )
    fijeh = make_place(
        name="Ain al-Fijah", name_ar="عين الفيجة", parent=rural, latitude=33.61, longitude=36.18
    )
    PlaceName.objects.create(place=fijeh, name="Fijeh spring")
    places = [
        fijeh,
        make_place(name="Deir Qanun", name_ar="دير قانون", parent=rural),
        make_place(name="Buwayda", name_ar="البويضة", parent=rural, latitude=33.5, longitude=36.3),
        make_place(name="Buwayda", name_ar="البويضة", parent=homs, latitude=34.6, longitude=36.9),
    ]
    for place in places:
        publish(make_incident(place=place))


def ask(client, address: str = "", **asked: str) -> list[dict]:
    response = client.get(f"/api/v1/places/{address}", asked)
    assert response.status_code == 200, response.content
    return response.json()["results"]


@pytest.mark.parametrize(
    "spelling",
    ["Ain al-Fijah", "Ayn al-Fijah", "Ain el Fijeh", "Ein al-Fijeh", "عين الفيجة", "عين الفيجه"],
)
def test_finds_a_place_by_any_spelling_with_its_score(client, gazetteer, spelling):
    best = ask(client, q=spelling)[0]

    assert best["name"] == "Ain al-Fijah"
    assert best["score"] >= 95


def test_scores_a_likeness_lower_than_a_spelling(client, gazetteer):
    [best] = ask(client, q="Ain al-Fijra")

    assert (best["name"], best["score"] < 95) == ("Ain al-Fijah", True)


def test_finds_by_an_alias(client, gazetteer):
    assert ask(client, q="the Fijeh spring")[0]["name"] == "Ain al-Fijah"


def test_tells_namesakes_apart_by_the_places_written_behind(client, gazetteer):
    first, second = ask(client, q="Buwayda, Homs")

    assert first["lies_in"][0]["name"] == "Homs"
    assert first["score"] > second["score"]


def test_knows_the_places_behind_whatever_kind_is_asked_for(client, gazetteer):
    best = ask(client, q="Buwayda, Rif Dimashq", kind="settlement")[0]

    assert best["lies_in"][0]["name"] == "Rif Dimashq"


def test_puts_the_nearest_of_namesakes_first(client, gazetteer):
    [near, _far] = ask(client, q="البويضة", near="34.7,36.7")

    assert near["lies_in"][0]["name"] == "Homs"


def test_searches_within_a_place(client, gazetteer):
    homs = ask(client, q="Homs")[0]["id"]

    assert [each["latitude"] for each in ask(client, q="Buwayda", place=homs)] == [34.6]


def test_finds_nothing_that_is_not_published(client, gazetteer):
    make_place(name="Madaya", name_ar="مضايا")

    assert ask(client, q="Madaya") == []


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"q": "Homs", "cursor": "abc"}, "cursor"),
        ({"near": "33,36"}, "near"),
        ({"q": "Homs", "near": "north"}, "near"),
        ({"q": "…"}, "q"),
    ],
)
def test_refuses_a_search_it_cannot_answer(client, gazetteer, asked, wrong):
    response = client.get("/api/v1/places/", asked)

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{wrong}"]


def test_answers_what_lies_nearest_to_a_position(client, gazetteer):
    found = ask(client, "reverse/", near="33.605,36.14", within_km="20")

    assert [place["name"] for place in found] == ["Deir Qanun", "Ain al-Fijah", "Buwayda"]
    # By geodesic (WGS 84) from 33.605, 36.14 to 33.604, 36.136.
    assert found[0]["distance_km"] == 0.387


def test_answers_the_nearest_of_a_kind_as_many_as_asked_for(client, gazetteer):
    assert [each["name"] for each in ask(client, "reverse/", near="34,36.5", kind="governorate")]
    assert len(ask(client, "reverse/", near="33.605,36.14", page_size="1")) == 1


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({}, "near"),
        ({"near": "91,0"}, "near"),
        ({"near": "33,36", "within_km": "0"}, "within_km"),
        ({"near": "33,36", "q": "Homs"}, "q"),
    ],
)
def test_refuses_a_position_it_cannot_answer(client, asked, wrong):
    response = client.get("/api/v1/places/reverse/", asked)

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{wrong}"]


def test_shows_one_place_with_names_hierarchy_and_outline(client, gazetteer):
    [fijeh] = ask(client, q="Fijeh spring", page_size="1")
    village = client.get(f"/api/v1/places/{fijeh['id']}/").json()
    rural = client.get(f"/api/v1/places/{village['lies_in'][0]['id']}/").json()

    assert [name["name"] for name in village["names"]] == ["Fijeh spring"]
    assert [place["name"] for place in village["lies_in"]] == ["Rif Dimashq", "Syria"]
    assert village["boundary"] is None
    assert rural["boundary"] == {"attribution": "OCHA", "geometry": SQUARE}


def test_measures_how_far_an_incident_lies_from_where_is_asked(client, gazetteer):
    response = client.get("/api/v1/incidents/", {"near": "33.6,36.1", "within_km": "10"})

    incidents = response.json()["results"]
    # From the middle of the cell that each position is shown as.
    assert {each["place"]["name"]: each["distance_km"] for each in incidents} == {
        "Deir Qanun": 3.295,
        "Ain al-Fijah": 8.062,
    }
