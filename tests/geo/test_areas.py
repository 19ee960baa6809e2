"""Areas as people give them: what is taken, mended and refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from tracker.geo import areas
from tracker.geo.areas import InvalidArea, Reason, Repair

SQUARE = [[36.0, 33.5], [36.3, 33.5], [36.3, 33.7], [36.0, 33.7], [36.0, 33.5]]
INSIDE = [[36.1, 33.55], [36.2, 33.55], [36.2, 33.65], [36.1, 33.65], [36.1, 33.55]]
BESIDE = [[longitude + 0.3, latitude] for longitude, latitude in SQUARE]
ACROSS = [[longitude + 0.1, latitude + 0.1] for longitude, latitude in SQUARE]
BOW_TIE = [[36.0, 33.0], [37.0, 34.0], [37.0, 33.0], [36.0, 34.0], [36.0, 33.0]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def several(*rings: Any) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def feature(geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": "Wadi Barada"}, "geometry": geometry}


def collection(*geometries: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(each) for each in geometries]}


def read(content: Any) -> areas.Drawn:
    return areas.read(json.dumps(content))


@pytest.mark.parametrize(
    "content",
    [
        polygon(SQUARE),
        several(SQUARE),
        feature(polygon(SQUARE)),
        collection(polygon(SQUARE)),
        collection(None, polygon(SQUARE)),
        {"type": "GeometryCollection", "geometries": [polygon(SQUARE)]},
        polygon(SQUARE[::-1]),
        polygon([[*corner, 900] for corner in SQUARE]),
    ],
)
def test_reads_geojson_of_every_sort(content):
    drawn = read(content)

    assert drawn.area.equals(shape(polygon(SQUARE)))
    assert drawn.geojson["type"] == "Polygon"
    assert drawn.repairs == ()


def test_reads_a_text_with_a_mark_before_it():
    text = "\ufeff" + json.dumps(polygon(SQUARE))

    assert areas.read(text) == areas.read(text.encode()) == read(polygon(SQUARE))


def test_rounds_to_five_decimals():
    corner = [36.000004, 33.499996]

    drawn = read(polygon([corner, *SQUARE[1:4], corner]))

    assert [36.0, 33.5] in drawn.geojson["coordinates"][0]


@pytest.mark.parametrize(
    ("content", "repair", "size"),
    [
        (polygon(SQUARE[:4]), Repair.CLOSED, 0.06),
        (polygon(BOW_TIE), Repair.UNCROSSED, 0.5),
        (several(SQUARE, ACROSS), Repair.UNITED, 0.06 + 0.06 - 0.02),
        (several(SQUARE, INSIDE), Repair.UNITED, 0.06),
        (polygon(SQUARE, INSIDE), Repair.HOLED, 0.06 - 0.01),
        (collection(polygon(SQUARE), {"type": "Point"}), Repair.LEFT_OUT, 0.06),
    ],
)
def test_mends_what_it_can_and_says_so(content, repair, size):
    drawn = read(content)

    assert drawn.repairs == (repair,)
    assert drawn.area.is_valid
    assert drawn.area.area == pytest.approx(size)


def test_says_nothing_of_neighbours_that_share_a_border():
    drawn = read(several(SQUARE, BESIDE))

    assert drawn.repairs == ()
    assert drawn.geojson["type"] == "Polygon"


@pytest.mark.parametrize(
    ("text", "reason", "told"),
    [
        ("", Reason.NO_JSON, "line 1"),
        ('{"type": "Polygon",\n oops}', Reason.NO_JSON, "line 2, column 2"),
        ("[" * 100_000, Reason.NO_JSON, "line 1"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', Reason.NO_JSON, "column 39"),
        ("12", Reason.OTHER_JSON, "“12”"),
        ('{"type": ["Polygon"]}', Reason.OTHER_JSON, "Polygon"),
        ('{"type": "Topology"}', Reason.OTHER_JSON, "“Topology”"),
        ('{"type": "Polygon"}', Reason.OTHER_JSON, "“Polygon”"),
        ('{"type": "MultiPolygon", "coordinates": [3]}', Reason.OTHER_JSON, "MultiPolygon"),
        ('{"type": "FeatureCollection", "features": []}', Reason.NO_POLYGON, "no polygon"),
        ('{"type": "LineString", "coordinates": []}', Reason.NO_POLYGON, "points and lines"),
    ],
)
def test_refuses_what_is_no_geojson_of_an_area(text, reason, told):
    with pytest.raises(InvalidArea, match=told) as refused:
        areas.read(text)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("ring", "reason", "told"),
    [
        ([], Reason.TOO_FEW, "Polygon 2 has 0 corners"),
        (SQUARE[:2], Reason.TOO_FEW, "Polygon 2 has 2 corners"),
        ([*SQUARE[:2], SQUARE[0], SQUARE[1]], Reason.TOO_FEW, "Polygon 2 has 2 corners"),
        ([[1, 1], [2, 2], [3, 3], [1, 1]], Reason.ENCLOSES_NOTHING, "in a line"),
        ([[36.1, 200], *SQUARE], Reason.OFF_THE_EARTH, "longitude 36.1, latitude 200"),
        ([[4_012_345.6, 3_970_000], *SQUARE], Reason.OFF_THE_EARTH, "WGS 84"),
        ([[33.5, 120], *SQUARE], Reason.LATITUDE_FIRST, "Swap the two numbers"),
        ([["36.1", 33.5], *SQUARE], Reason.NO_CORNER, r"\[\"36.1\",33.5\]"),
        ([[True, 33.5], *SQUARE], Reason.NO_CORNER, "true"),
        ([[36.1], *SQUARE], Reason.NO_CORNER, r"\[36.1\]"),
        ("M 36 33 L 37 34", Reason.NO_CORNER, "M 36 33"),
    ],
)
def test_refuses_an_outline_that_encloses_nothing_on_earth_and_says_which(ring, reason, told):
    with pytest.raises(InvalidArea, match=told) as refused:
        read(several(SQUARE, ring))

    assert refused.value.reason == reason


def test_refuses_more_points_than_a_zone_is_drawn_with():
    turns = [2 * math.pi * number / 20_000 for number in range(20_001)]
    circle = [[36 + math.cos(turn), 33 + math.sin(turn)] for turn in turns]

    with pytest.raises(InvalidArea, match="20,001 points: simplify it to 20,000 at most"):
        read(polygon(circle))


def test_unites_areas_that_are_held():
    drawn = areas.united([polygon(SQUARE), polygon(BESIDE)])

    assert drawn.area.area == pytest.approx(0.12)
    assert drawn.repairs == ()


def test_exchanges_latitude_and_longitude():
    area = read(polygon(SQUARE)).area

    turned = areas.swapped(area)

    assert turned is not None
    assert turned.bounds == (33.5, 36.0, 33.7, 36.3)
    assert areas.swapped(read(polygon([[100, 1], [101, 1], [101, 2]])).area) is None


@pytest.mark.parametrize(("other", "answer"), [(INSIDE, True), (ACROSS, True), (BESIDE, False)])
def test_tells_whether_areas_overlap(other, answer):
    assert areas.overlap(polygon(SQUARE), polygon(other)) is answer


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
)


@given(
    st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection"]),
    st.sampled_from(["coordinates", "geometry", "features"]),
    json_values,
)
def test_reads_or_refuses_whatever_it_is_given(kind, key, value):
    try:
        drawn = read({"type": kind, key: value})
    except InvalidArea:
        return

    assert drawn.area.is_valid


@given(st.lists(st.tuples(st.floats(30, 40), st.floats(30, 40)), min_size=3, max_size=12))
def test_reads_what_it_has_written_as_the_same(corners):
    try:
        drawn = read(polygon(corners))
    except InvalidArea:
        return

    again = read(drawn.geojson)

    assert again.area.is_valid
    assert again.geojson == drawn.geojson
    assert Repair.UNCROSSED not in again.repairs


@pytest.mark.parametrize("crs", [None, 5, {"properties": {"name": "EPSG:3857"}}])
def test_refuses_coordinates_said_to_be_of_another_system(crs):
    with pytest.raises(InvalidArea, match="another system"):
        read({"crs": crs, **collection(polygon(SQUARE))})


def test_takes_the_system_that_geojson_has_anyway():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert read({"crs": crs, **collection(polygon(SQUARE))}).repairs == ()
