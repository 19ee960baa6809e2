from __future__ import annotations

import json

import pytest

from tests.desk.importers.samples import geojson, load, square, wof, write
from tests.factories import make_place
from tracker.desk.models import Boundary, Place

pytestmark = pytest.mark.django_db

SQUARE = square(36, 33, 37, 34)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[36, 33], [37, 34], [37, 33], [36, 34], [36, 33]]],
}


def ocha(**properties):
    return {"ADM1_EN": "Rural Damascus", "ADM1_AR": "ريف دمشق", "ADM1_PCODE": "SY03", **properties}


def whos_on_first(**properties):
    return {"wof_id": 5, "level": "adm2", "name": "Az-Zabdani", "adm1_wof_id": 9, **properties}


def geoboundaries(**properties):
    return {"shapeName": "Az-Zabdani", "shapeISO": "", "shapeID": "B1", "shapeType": "ADM2"} | (
        properties
    )


def square_holds(place):
    return 33 < place.latitude < 34 and 36 < place.longitude < 37


def test_draws_a_unit_with_its_box(tmp_path):
    load(geojson(tmp_path, (ocha(), SQUARE)))

    unit = Place.objects.get()
    assert (unit.name, unit.name_ar, unit.pcode) == ("Rural Damascus", "ريف دمشق", "SY03")
    assert unit.boundary.geometry["type"] == "Polygon"
    assert (unit.boundary.west, unit.boundary.south) == (36, 33)
    assert (unit.boundary.east, unit.boundary.north) == (37, 34)
    assert square_holds(unit)


def test_keeps_five_decimals(tmp_path):
    load(geojson(tmp_path, (ocha(), square(36.1234567, 33.1, 37.7654321, 34))))

    boundary = Boundary.objects.get()
    assert (boundary.west, boundary.east) == (36.12346, 37.76543)
    assert [36.12346, 33.1] in boundary.geometry["coordinates"][0]


def test_mends_an_outline_that_crosses_itself(tmp_path):
    _, refused = load(geojson(tmp_path, (ocha(), BOW_TIE)))

    assert not refused
    assert Boundary.objects.get().geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "the geometry is None: a Polygon or MultiPolygon is expected."),
        ({"type": "Point", "coordinates": [36, 33]}, "the geometry is 'Point'"),
        ({"type": "Polygon", "coordinates": []}, "the outline has no points."),
        ({"type": "Polygon", "coordinates": [[["a", 1]]]}, "the outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]}, "the outline cannot be read"),
        (square(3_600_000, 33, 3_700_000, 34), "the outline leaves the earth"),
        (square(36, 33, 36, 34), "the outline encloses nothing."),
    ],
)
def test_refuses_what_is_no_outline_and_takes_the_others(tmp_path, geometry, reason):
    _, refused = load(
        geojson(tmp_path, (ocha(), geometry), (ocha(ADM1_EN="Homs", ADM1_PCODE="SY04"), SQUARE))
    )

    assert f"units.geojson:1: Rural Damascus: {reason}" in refused
    assert Place.objects.get().name == "Homs"


@pytest.mark.parametrize("properties", [whos_on_first(), geoboundaries()], ids=["wof", "geo"])
def test_knows_a_district_by_name_kind_and_what_it_lies_in(tmp_path, properties):
    governorate = make_place(name="Rural Damascus", kind="governorate")
    load(geojson(tmp_path, (ocha(), SQUARE)))
    known = make_place(name="Az-Zabadani District", kind="district", parent=governorate)
    make_place(name="Az-Zabdani", kind="settlement", parent=governorate)

    load(geojson(tmp_path, (properties, square(36.1, 33.1, 36.2, 33.2))))

    assert known.boundary.west == 36.1
    assert Place.objects.filter(kind="district").count() == 1
    assert Place.objects.filter(kind="governorate").count() == 1


def test_makes_the_districts_that_are_not_known_and_puts_them_in_place(tmp_path):
    load(geojson(tmp_path, (ocha(), SQUARE)))

    load(geojson(tmp_path, (whos_on_first(name="Duma"), square(36.1, 33.1, 36.2, 33.2))))

    made = Place.objects.get(name="Duma", kind="district")
    assert made.parent == Place.objects.get(pcode="SY03")


def test_keeps_two_units_of_one_file_apart_that_bear_one_name(tmp_path):
    path = geojson(
        tmp_path,
        (whos_on_first(wof_id=1), square(36.1, 33.1, 36.2, 33.2)),
        (whos_on_first(wof_id=2), square(36.3, 33.1, 36.4, 33.2)),
    )

    load(path)
    said, _ = load(path)

    assert Place.objects.count() == 2
    assert "0 new, 0 changed, 2 unchanged" in said


def test_knows_a_unit_again_whose_number_a_new_edition_has_changed(tmp_path):
    load(geojson(tmp_path, (geoboundaries(shapeISO="SY-08"), SQUARE)))

    load(geojson(tmp_path, (geoboundaries(shapeID="B2"), square(36, 33, 37, 35))))

    assert Boundary.objects.get().north == 35
    assert set(Place.objects.get().codes.values_list("code", flat=True)) == {
        "geoboundaries:B1",
        "geoboundaries:B2",
        "iso:SY-08",
    }


def test_lets_the_outline_loaded_last_stand_even_where_the_place_was_edited(tmp_path):
    make_place(name="Rif Dimashq", kind="governorate", pcode="SY03", is_edited=True)
    load(geojson(tmp_path, (ocha(), SQUARE)))

    said, _ = load(geojson(tmp_path, (ocha(), square(36, 33, 37, 35))))

    assert Boundary.objects.get().north == 35
    assert "1 changed" in said


def test_loads_the_wide_before_what_lies_in_it(tmp_path):
    places = wof(tmp_path, {"latitude": "33.15", "longitude": "36.15"})
    narrow = geojson(tmp_path, (whos_on_first(), square(36.1, 33.1, 36.2, 33.2)), name="a.geojson")
    wide = geojson(tmp_path, (ocha(), SQUARE), name="b.geojson")

    load(places, narrow, wide)

    line = Place.objects.get(name="Madaya").lineage()
    assert [place.name for place in line] == ["Madaya", "Az-Zabdani", "Rural Damascus"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "units.json is not sound JSON"),
        ('{"type": "Topology"}', "units.json is JSON, but no GeoJSON FeatureCollection."),
        ("[1, 2]", "units.json is JSON, but no GeoJSON FeatureCollection."),
        ('{"features": []}', "units.json holds features with no feature at all."),
        (
            json.dumps({"features": [{"properties": {"id": 1, "label": "x"}, "geometry": None}]}),
            "units.json holds features with id, label. Read are boundaries with ADM1_PCODE",
        ),
        ("[" * 100_000, "units.json is not sound JSON"),
    ],
)
def test_refuses_json_that_is_no_boundaries(tmp_path, content, reason):
    said, refused = load(write(tmp_path, "units.json", content))

    assert reason in refused
    assert "1 of 1 files could not be loaded." in refused
    assert not said


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        (whos_on_first(name=None), "name is '': a name in Latin letters is expected."),
        (whos_on_first(wof_id=None), "wof_id is '': letters and digits are expected."),
        (whos_on_first(level="adm7"), "neither level nor placetype tells what kind"),
        (whos_on_first(adm1_wof_id="9 9"), "adm1_wof_id is '9 9'"),
        (None, "this is no feature with properties and a geometry."),
    ],
)
def test_refuses_a_feature_whose_properties_are_wrong(tmp_path, properties, reason):
    _, refused = load(
        geojson(tmp_path, (whos_on_first(wof_id=6, name="Duma"), SQUARE), (properties, SQUARE))
    )

    assert f"units.geojson:2: {reason}" in refused
    assert Place.objects.get().name == "Duma"
