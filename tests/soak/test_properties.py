"""What must hold of whatever is written, tried so often that a rare exception shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.codebook import GeoPrecision, Sensitivity
from tracker.desk.models import Revision
from tracker.desk.workflow.recording.entering import hash_of
from tracker.desk.workflow.recording.states import digest
from tracker.geo import tiles
from tracker.geo.distance import box_around
from tracker.geo.masking import cell_of, public_position
from tracker.periods import Period
from tracker.tables import guard

pytestmark = pytest.mark.soak

often = settings(max_examples=2000, deadline=None)
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"))
ALTERED = {
    "number": 2,
    "previous": "1" * 64,
    "kind": "report",
    "thing": 2,
    "by_id": 2,
    "at": dt.datetime(2017, 1, 2, tzinfo=dt.UTC),
    "why": "another",
    "is_step": True,
    "before": '{"a":1}',
    "after": '{"a":2}',
}


@given(latitudes, longitudes, st.sampled_from(GeoPrecision), st.sampled_from(Sensitivity))
@often
def test_masks_a_position_to_itself_and_within_half_a_cell(latitude, longitude, precision, how):
    shown, side = public_position(latitude, longitude, precision, how), cell_of(precision, how)

    assert (shown is None) == (side is None)
    if shown and side:
        assert abs(shown[0] - latitude) <= side / 2 + 1e-6
        assert abs(shown[1] - longitude) <= side / 2 + 1e-6
        assert public_position(*shown, precision, how) == shown


@given(latitudes, longitudes, st.floats(0.001, 2000))
@often
def test_finds_a_position_among_the_tiles_of_any_box_around_it(latitude, longitude, kilometres):
    touched = tiles.tiles_of(box_around(latitude, longitude, kilometres))

    assert touched is None or tiles.tile_of(latitude, longitude) in touched


@given(st.sampled_from(Period), st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
@often
def test_puts_each_day_into_one_period(period: Any, day: dt.date):
    first = period.begun(day)

    assert first <= day
    assert period.begun(first) == first


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
@often
def test_reads_back_from_csv_what_was_written(rows: list[list[str]]):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[guard.marked(each) for each in row] for row in rows])
    text.seek(0)

    read = [[guard.lifted(each) for each in row] for row in csv.reader(text)]

    assert read == rows


@given(
    st.sampled_from(sorted(ALTERED)), st.text(), st.text(), st.integers(3, 2**40), st.datetimes()
)
@often
def test_hashes_a_revision_unlike_one_that_differs_in_anything(name, why, text, thing, moment):
    said = {
        "number": 1,
        "previous": "0" * 64,
        "kind": "incident",
        "thing": thing,
        "by_id": None,
        "at": moment.replace(tzinfo=dt.UTC),
        "why": why + "!",
        "is_step": False,
        "before": text + " ",
        "after": text + " ",
    }
    altered = {**said, name: ALTERED[name]}

    if said[name] != altered[name]:
        assert hash_of(Revision(**said)) != hash_of(Revision(**altered))
    assert hash_of(Revision(**said)) == hash_of(Revision(**said))


@given(st.text(), st.text(), st.text(), st.text())
@often
def test_digests_no_two_pairs_of_salt_and_value_alike(salt, value, other_salt, other_value):
    is_same = (salt, value) == (other_salt, other_value)

    assert (digest(salt, value) == digest(other_salt, other_value)) == is_same
