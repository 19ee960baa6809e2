from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.codebook import GeoPrecision, Sensitivity
from tracker.geo.masking import CELLS, GUARDED_CELL, public_position

masked = st.sampled_from(sorted(CELLS))
within = st.floats(0.001, 0.999)


@given(st.data(), masked, within, within, within, within)
def test_tells_apart_no_two_positions_of_one_cell(data, precision, up, right, up_too, right_too):
    cell = CELLS[precision]
    row = data.draw(st.integers(0, round(180 / cell) - 1))
    column = data.draw(st.integers(0, round(360 / cell) - 1))

    one, other = (
        public_position(
            (row + north) * cell - 90,
            (column + east) * cell - 180,
            GeoPrecision(precision),
            Sensitivity.OPEN,
        )
        for north, east in ((up, right), (up_too, right_too))
    )

    assert one == other


@given(st.floats(-90, 90), st.floats(-180, 180), masked)
def test_shows_a_guarded_position_no_finer_than_its_cell(latitude, longitude, precision):
    shown = public_position(latitude, longitude, GeoPrecision(precision), Sensitivity.GUARDED)

    assert shown is not None
    cell = max(CELLS[precision], GUARDED_CELL)
    assert (shown[0] + 90) / cell % 1 == pytest.approx(0.5)
    assert (shown[1] + 180) / cell % 1 == pytest.approx(0.5)


@pytest.mark.parametrize("precision", GeoPrecision)
def test_shows_no_position_that_is_withheld(precision):
    assert public_position(33.6, 36.1, precision, Sensitivity.WITHHELD) is None


@pytest.mark.parametrize("precision", [GeoPrecision.COUNTRY, GeoPrecision(7)])
def test_shows_no_position_where_none_is_known(precision):
    assert public_position(33.6, 36.1, precision, Sensitivity.OPEN) is None


@pytest.mark.parametrize("latitude", [-90, 90])
@pytest.mark.parametrize("longitude", [-180, 180])
@pytest.mark.parametrize("precision", sorted(CELLS))
def test_stays_on_the_earth_at_its_edges(latitude, longitude, precision):
    shown = public_position(latitude, longitude, GeoPrecision(precision), Sensitivity.OPEN)

    assert shown is not None
    assert abs(shown[0]) < 90
    assert abs(shown[1]) < 180
