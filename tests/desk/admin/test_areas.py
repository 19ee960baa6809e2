"""The area of a zone, in each way it can be entered."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.desk.admin.drawing import (
    ADD,
    BESIDE,
    BOW_TIE,
    FAR,
    VALLEY,
    bounds,
    change,
    enter,
    file_of,
    make_outlined,
    only_zone,
    polygon,
    several,
)
from tests.desk.admin.pages import autocomplete, errors, messages, save
from tests.factories import (
    SQUARE,
    make_place,
    make_zone,
)
from tracker.desk.models import Zone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        polygon(*SQUARE),
        several(*SQUARE),
        json.dumps({"type": "Feature", "properties": {}, "geometry": VALLEY}),
        json.dumps(
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": VALLEY}]}
        ),
    ],
)
@pytest.mark.parametrize("field", ["area", "area_file"])
def test_takes_an_area_as_text_and_as_a_file(desk, agreement, field, text):
    given: dict[str, Any] = {field: text if field == "area" else file_of(text)}

    response = enter(desk, agreement, **given)

    assert response.status_code == 302, errors(response)
    assert only_zone().geometry["type"] == "Polygon"
    assert bounds(only_zone()) == (36.0, 33.5, 36.3, 33.7)


def test_takes_several_polygons(desk, agreement):
    enter(desk, agreement, area=several(SQUARE[0], FAR))

    assert only_zone().geometry["type"] == "MultiPolygon"


def test_makes_an_area_of_administrative_units(desk, agreement):
    units = [make_outlined("Az-Zabdani", SQUARE[0]), make_outlined("At-Tall", BESIDE)]

    response = enter(desk, agreement, area_units=[unit.pk for unit in units])

    assert bounds(only_zone()) == (36.0, 33.5, 36.6, 33.7)
    assert only_zone().geometry["type"] == "Polygon"
    assert "The area is that of: At-Tall, Az-Zabdani." in messages(response)


def test_lists_the_units_where_there_are_no_scripts_and_searches_them_where_there_are(desk):
    make_outlined("Az-Zabdani", SQUARE[0], name_ar="الزبداني")
    make_place(name="Az-Zabdani", kind="settlement")

    page = desk.get(ADD)
    url = page.context["adminform"].form.fields["area_units"].widget.get_url()
    query = {"app_label": "desk", "model_name": "report", "field_name": "place", "term": "zabdani"}

    assert "Az-Zabdani · الزبداني (District)</option>" in page.text
    [found] = desk.get(f"{url}&{urlencode(query)}").json()["results"]
    assert found["text"] == "Az-Zabdani · الزبداني (District)"
    assert len(autocomplete(desk, term="zabdani", model="report", field="place")) == 2


def test_lets_a_file_take_the_place_of_what_was_drawn(desk, agreement):
    enter(desk, agreement, area=polygon(FAR), area_file=file_of(polygon(*SQUARE)))

    assert bounds(only_zone()) == (36.0, 33.5, 36.3, 33.7)


def test_leaves_an_area_alone_that_nobody_touches(desk, agreement):
    corner = [36.123456789, 33.5]
    geometry = {"type": "Polygon", "coordinates": [[corner, *SQUARE[0][1:4], corner]]}
    zone = make_zone(agreement, geometry=geometry)

    save(desk, change(zone), name="The valley")

    zone.refresh_from_db()
    assert (zone.name, zone.geometry) == ("The valley", geometry)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (polygon(SQUARE[0][:4]), "was not closed"),
        (polygon(BOW_TIE), "crossed itself and has been mended"),
        (several(SQUARE[0], SQUARE[0]), "Parts that overlapped have been united."),
        (polygon(FAR, [[39.1, 33.55], [39.2, 33.55], [39.2, 33.6], [39.1, 33.55]]), "holes"),
    ],
)
def test_mends_an_area_and_says_so(desk, agreement, text, told):
    response = enter(desk, agreement, area=text)

    assert told in messages(response)
    assert Zone.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Draw the area, or give a file or units."),
        ("the valley", "This is no GeoJSON: line 1, column 1"),
        ('{"type": "Point", "coordinates": [36, 33]}', "holds no polygon"),
        (polygon(SQUARE[0][:2]), "Polygon 1 has 2 corners"),
        (polygon([[36, 33], [37, 34], [38, 35], [36, 33]]), "encloses nothing"),
        (polygon([[36.0, 133.5], *SQUARE[0]]), "latitude first (36, 133.5)"),
        (polygon([[361.0, 33.5], *SQUARE[0]]), "leaves the earth"),
    ],
)
@pytest.mark.parametrize("field", ["area", "area_file"])
def test_refuses_what_is_no_area_at_the_field_where_it_was_given(
    desk, agreement, field, text, told
):
    content = text if field == "area" else file_of(text) if text else None
    given: dict[str, Any] = {field: content}

    response = enter(desk, agreement, **given)

    assert told in str(errors(response)[field if text else "area"])
    assert not Zone.objects.exists()


def test_refuses_too_many_points(desk, agreement):
    # Teeth of a saw.
    teeth = [[36 + number / 100_000, 33 + number % 2 / 10] for number in range(20_001)]

    response = enter(desk, agreement, area_file=file_of(polygon([*teeth, [36, 32]])))

    assert "20,002 points: simplify it to 20,000 at most" in str(errors(response)["area_file"])


def test_refuses_a_file_that_is_no_text(desk, agreement):
    response = enter(desk, agreement, area_file=file_of(b"\xff\xfe\x00PK"))

    assert "This is no GeoJSON" in str(errors(response)["area_file"])


def test_refuses_a_file_and_units_at_once(desk, agreement):
    unit = make_outlined("Az-Zabdani", SQUARE[0])

    response = enter(desk, agreement, area_file=file_of(polygon(FAR)), area_units=[unit.pk])

    assert "Give a file or units, not both." in str(errors(response))


def test_refuses_coordinates_in_the_wrong_order_where_places_tell_which_is_right(desk, agreement):
    make_place()
    turned = [[latitude, longitude] for longitude, latitude in SQUARE[0]]

    response = enter(desk, agreement, area=polygon(turned))

    assert "seems to give the latitude first (33.5, 36)" in str(errors(response)["area"])
    assert "Swap the two numbers of each corner." in str(errors(response)["area"])
    assert polygon(turned) in response.context["adminform"].form["area"].value()


@pytest.mark.parametrize("is_known", [True, False])
def test_takes_an_area_whose_order_no_place_puts_in_doubt(desk, agreement, is_known):
    # One place lies in the area, the other where it would lie the other way round.
    make_place(latitude=36.1, longitude=33.6)
    if is_known:
        make_place()
    area = SQUARE if is_known else [[[50, 10], [51, 10], [51, 11], [50, 10]]]

    response = enter(desk, agreement, area=polygon(*area))

    assert response.status_code == 302, errors(response)
