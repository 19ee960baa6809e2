from __future__ import annotations

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from tracker.codebook import GeoPrecision, Sensitivity
from tracker.errors import InvalidInput
from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.geo.distance import box_around
from tracker.geo.masking import CELLS, GUARDED_CELL, public_position
from tracker.geo.names import fold

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def holds(box: BBox, latitude: float, longitude: float) -> bool:
    tall = box.south <= latitude <= box.north
    if box.crosses_antimeridian:
        return tall and (longitude >= box.west or longitude <= box.east)
    return tall and box.west <= longitude <= box.east


@pytest.mark.parametrize("text", ["", "1,2,3", "1,2,3,4,5", "a,0,1,1", "nan,0,1,1", "0,0,0,91"])
def test_refuses_a_text_that_is_no_box_and_says_it(text):
    with pytest.raises(InvalidInput, match=text or "''"):
        BBox.parse(text)


@given(latitudes, longitudes, st.floats(0, 3), st.floats(0, 3))
def test_lists_the_tile_of_every_position_in_a_box(latitude, longitude, height, width):
    west = max(longitude - width, -180)
    box = BBox(west, max(latitude - height, -90), longitude, latitude)

    listed = tiles.tiles_of(box)

    assert listed is None or tiles.tile_of(latitude, longitude) in listed
    assert listed is None or tiles.tile_of(box.south, west) in listed


@given(latitudes, longitudes, st.floats(0.001, 2000), latitudes, longitudes)
def test_draws_a_box_that_holds_every_position_within_a_radius(latitude, longitude, km, up, along):
    apart = great_circle((latitude, longitude), (up, along)).km

    assert apart > km * 0.999 or holds(box_around(latitude, longitude, km), up, along)


@given(latitudes, longitudes, st.sampled_from(GeoPrecision), st.sampled_from(Sensitivity))
def test_shows_one_position_for_the_whole_cell(latitude, longitude, precision, sensitivity):
    shown = public_position(latitude, longitude, precision, sensitivity)
    if shown is None:
        assert sensitivity == Sensitivity.WITHHELD or precision not in CELLS
        return

    assert public_position(*shown, precision, sensitivity) == shown
    assert -90 <= shown[0] <= 90
    assert -180 <= shown[1] <= 180
    cell = max(CELLS[precision], GUARDED_CELL if sensitivity == Sensitivity.GUARDED else 0)
    assert abs(shown[0] - latitude) <= cell / 2 + 1e-6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("بسيمة", "بسيمه"),
        ("وادي بردى", "وادي بردي"),
        ("عَين الفيجة", "عين الفيجة"),
        ("مضـــايا", "مضايا"),
        ("‘Ayn al Fījah", "ayn al fijah"),
        ("`Ayn al-Fijah", "Ayn  al Fijah"),
        ("Dayr Qānūn", "DAYR QANUN"),
        ("Kafr al `Awamid", "kafr al-awamid"),
    ],
)
def test_folds_spellings_of_one_name_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("دير قانون", "دير مقرن"), ("Madaya", "Madama")])
def test_keeps_different_names_apart(one, other):
    assert fold(one) != fold(other)
