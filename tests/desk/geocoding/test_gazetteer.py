"""The desk's gazetteer, taken by whatever takes one of geopy's geocoders."""

from __future__ import annotations

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from tests.factories import make_place
from tracker.codebook import GeoPrecision
from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.gazetteer import Gazetteer
from tracker.desk.models import Boundary, Place
from tracker.errors import InvalidInput

pytestmark = pytest.mark.django_db

SQUARE = [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]]


@pytest.fixture
def valley(db) -> Place:
    rural = make_place(name="Rif Dimashq", kind="governorate", latitude=33.7, longitude=36.5)
    Boundary.objects.create(
        place=rural,
        geometry={"type": "Polygon", "coordinates": SQUARE},
        west=36,
        south=33,
        east=37,
        north=34,
    )
    make_place(name="Madaya", name_ar="مضايا", parent=rural, latitude=33.69, longitude=36.1)
    make_place(name="Merged", latitude=33.6041, longitude=36.1361, merged_into=rural)
    return make_place(name="Deir Qanun", name_ar="دير قانون", parent=rural)


def addresses(found: Location | list[Location] | None) -> list[str]:
    located = [found] if isinstance(found, Location) else found or []
    return [place.address for place in located]


def test_answers_one_location_with_its_score_and_where_it_lies(valley):
    found = Gazetteer().geocode("Deir Kanoun")

    assert isinstance(found, Location)
    assert found.address == "Deir Qanun, Rif Dimashq"
    assert (found.latitude, found.longitude) == (33.604, 36.136)
    assert found.raw["place_id"] == valley.pk
    assert found.raw["score"] >= 95


def test_answers_a_list_where_not_exactly_one_is_asked_for(valley):
    assert addresses(Gazetteer().geocode("مضايا", exactly_one=False)) == ["Madaya, Rif Dimashq"]


@pytest.mark.parametrize("exactly_one", [True, False])
def test_answers_none_where_nothing_is_found(valley, exactly_one):
    assert Gazetteer().geocode("Atlantis", exactly_one=exactly_one) is None
    assert Gazetteer().reverse("-33.6, -36.1", exactly_one=exactly_one) is None


@pytest.mark.parametrize("query", [Point(33.61, 36.14), (33.61, 36.14), "33.61, 36.14"])
def test_answers_what_lies_nearest_to_a_position(valley, query):
    assert addresses(Gazetteer().reverse(query)) == ["Deir Qanun, Rif Dimashq"]


def test_answers_the_units_a_position_lies_in_after_what_is_nearest(valley):
    assert addresses(Gazetteer().reverse("33.61, 36.14", exactly_one=False)) == [
        "Deir Qanun, Rif Dimashq",
        "Madaya, Rif Dimashq",
        "Rif Dimashq",
    ]


def test_refuses_a_position_that_is_none(valley):
    with pytest.raises(InvalidInput):
        Gazetteer().reverse("33 N 36 N")


def test_stands_wherever_a_geocoder_of_geopy_stands(valley):
    geocode = RateLimiter(Gazetteer().geocode, min_delay_seconds=0)

    assert geocode("Deir Qanun").address == "Deir Qanun, Rif Dimashq"


@pytest.mark.parametrize(
    ("written", "kind", "precision", "radius_m"),
    [
        ("Qamishli town", "settlement", GeoPrecision.EXACT, 1_000),
        ("Qamishli district", "district", GeoPrecision.DISTRICT, 25_000),
        ("Qamishli governorate", "governorate", GeoPrecision.GOVERNORATE, 75_000),
        ("Qamishli", "country", GeoPrecision.COUNTRY, None),
    ],
)
def test_resolves_a_name_as_exactly_as_its_place_is_small(db, written, kind, precision, radius_m):
    place = make_place(name="Qamishli", kind=kind)

    found = gazetteer.resolve(written)

    assert found is not None
    assert (found.place_id, found.geo_precision, found.radius_m) == (place.pk, precision, radius_m)


def test_resolves_a_part_of_a_place_less_exactly_than_the_place(valley):
    found = gazetteer.resolve("northern outskirts of Madaya")

    assert found is not None
    assert (found.geo_precision, found.radius_m) == (GeoPrecision.NEAR, 10_000)


def test_resolves_nothing_that_is_open_to_doubt(valley):
    make_place(name="Madaya", latitude=35.9, longitude=36.6)

    assert gazetteer.resolve("Madaya") is None
    assert gazetteer.resolve("Madaya, Rif Dimashq") is not None
