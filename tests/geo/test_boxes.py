from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidInput
from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.geo.distance import box_around

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("36,33,37,34", BBox(36, 33, 37, 34)),
        (" 36 , 33.5,37,34 ", BBox(36, 33.5, 37, 34)),
        ("-180,-90,180,90", BBox(-180, -90, 180, 90)),
        ("0,0,0,0", BBox(0, 0, 0, 0)),
    ],
)
def test_reads_a_box(text, box):
    assert BBox.parse(text) == box


def test_knows_a_box_over_the_antimeridian():
    assert BBox.parse("179,-20,-179,-10").crosses_antimeridian
    assert not BBox.parse("-179,-20,179,-10").crosses_antimeridian


@pytest.mark.parametrize("text", ["-181,0,0,1", "0,0,181,1", "0,-91,1,0", "0,2,1,1", "0,0,1e999,1"])
def test_refuses_a_box_off_the_earth_or_upside_down(text):
    with pytest.raises(InvalidInput, match=text):
        BBox.parse(text)


@given(latitudes, longitudes, st.floats(0, 1), st.floats(0, 4), st.floats(0, 1), st.floats(0, 1))
def test_lists_the_tile_of_any_position_in_any_box(south, west, height, width, up, right):
    north = min(90, south + height)
    box = BBox(west, south, (west + width + 180) % 360 - 180, north)
    if box.crosses_antimeridian and width == 0:
        return

    latitude = min(north, south + (north - south) * up)
    longitude = (west + width * right + 180) % 360 - 180

    if box.west <= longitude or box.crosses_antimeridian:
        assert tiles.tile_of(latitude, longitude) in (tiles.tiles_of(box) or range(tiles.SIDE**2))


@given(latitudes, longitudes)
def test_numbers_a_tile_for_every_position(latitude, longitude):
    assert 0 <= tiles.tile_of(latitude, longitude) < tiles.SIDE**2


@pytest.mark.parametrize("latitude", [-90, -89.99, 0, 89.99, 90])
@pytest.mark.parametrize("longitude", [-180, 179.99, 180])
def test_draws_a_box_on_earth_around_its_edges(latitude, longitude):
    box = box_around(latitude, longitude, 100)

    assert -90 <= box.south <= latitude <= box.north <= 90
    assert -180 <= box.west <= 180
    assert -180 <= box.east <= 180
