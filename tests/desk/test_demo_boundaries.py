from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.desk.importers.samples import geojson, load, square
from tracker.desk.demo import loading
from tracker.desk.models import Boundary, Place, PlaceName
from tracker.geo import outlines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(db):
    call_command("load_demo", verbosity=0)


def test_outlines_every_governorate_and_district_of_the_demo():
    units = Place.objects.filter(kind__in=("governorate", "district"))

    assert units.filter(kind="governorate").count() == 14
    assert not units.filter(boundary=None).exists()
    assert Boundary.objects.count() == units.count()


def test_outlines_tell_where_the_valley_lies():
    held = {
        boundary.place.name
        for boundary in Boundary.objects.all()
        if outlines.holds(boundary.geometry, 33.6226, 36.0935)
    }

    assert held == {"Rif Dimashq", "Az-Zabdani District"}


def test_knows_its_own_places_by_their_codes():
    listed = len(loading.rows("places"))

    assert Place.objects.count() == listed
    assert not Place.objects.filter(is_edited=False).exists()
    spelled = PlaceName.objects.filter(place__boundary__isnull=False).values_list("name", flat=True)
    assert set(spelled) <= {row["name"] for row in loading.rows("place_names")}


def test_loading_again_leaves_a_finer_outline_that_came_since(tmp_path):
    properties = {"ADM1_EN": "Rif Dimashq", "ADM1_PCODE": "SY03"}
    load(geojson(tmp_path, (properties, square(36, 33, 37, 34))))

    call_command("load_demo", verbosity=0)

    assert Boundary.objects.get(place__pcode="SY03").north == 34


def test_weighs_little():
    assert (loading.FOLDER / "boundaries.geojson").stat().st_size < 250_000
