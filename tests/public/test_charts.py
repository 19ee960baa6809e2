from __future__ import annotations

import datetime as dt

import pytest

from tracker.geo.bbox import BBox
from tracker.public.charts import bars
from tracker.public.charts.ground import Ground

DAY = dt.date(2017, 1, 15)


def bucket(after: int, sight: str = "unknown", **counts: int) -> bars.Bucket:
    day = DAY + dt.timedelta(days=after)
    return bars.Bucket(day, day, counts, sight)


def test_piles_what_is_counted_from_the_bottom_up():
    drawn = bars.draw([bucket(0, violation=3, outside=1)])

    assert drawn.top == 4
    assert drawn.columns[0].parts == [
        bars.Part("violation", 25, 75),
        bars.Part("outside", 0, 25),
    ]


def test_draws_nothing_for_what_there_is_none_of():
    assert bars.draw([bucket(0, violation=0)]).columns[0].parts == []
    assert bars.draw([]).first is None


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (7, 10), (11, 20), (21, 40), (61, 100)]
)
def test_ends_its_axis_at_a_number_that_is_read_easily(most, top):
    assert bars.rounded_up(most) == top


def test_tells_days_in_a_row_that_were_watched_alike_as_one():
    drawn = bars.draw([bucket(0, "covered"), bucket(1, "covered"), bucket(2, "partly")])

    assert drawn.strips == [bars.Strip("covered", 0, 20), bars.Strip("partly", 20, 10)]


def test_marks_the_day_before_which_something_turned():
    drawn = bars.draw([bucket(0), bucket(1)], [DAY + dt.timedelta(days=1), dt.date(2020, 1, 1)])

    assert [mark.x for mark in drawn.marks] == [10]


def test_draws_the_corners_of_a_box_at_the_corners_of_its_ground():
    ground = Ground(BBox(35, 32, 43, 38), width=800)

    assert ground.point(38, 35) == (0, 0)
    assert ground.point(32, 43) == (800, ground.height)
    assert ground.height == pytest.approx(733.1, abs=0.1)


def test_draws_a_box_across_the_antimeridian_in_one_piece():
    ground = Ground(BBox(170, -10, -170, 10), width=200)

    assert ground.point(0, 180)[0] == 100
    assert ground.point(0, -175)[0] == 150


def test_draws_points_that_fall_together_once():
    ring = [[35, 32], [35.000001, 32.000001], [43, 32], [43, 38], [35, 32]]
    path = Ground(BBox(35, 32, 43, 38), width=800).path({"type": "Polygon", "coordinates": [ring]})

    assert path.startswith("M0 733.1L800 733.1L800 0L0 733.1Z")


def test_leaves_out_what_is_too_small_to_be_drawn():
    ring = [[35, 32], [35.00001, 32], [35, 32.00001], [35, 32]]
    polygons = {"type": "MultiPolygon", "coordinates": [[ring]]}

    assert Ground(BBox(35, 32, 43, 38)).path(polygons) == ""
