from __future__ import annotations

import pytest

from tracker.geo import outlines
from tracker.geo.bbox import BBox

SQUARE = {"type": "Polygon", "coordinates": [[[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]]]}
EDGE = {"type": "Polygon", "coordinates": [[[170, 0], [180, 0], [180, 5], [170, 5], [170, 0]]]}


@pytest.mark.parametrize(
    ("geometry", "box", "meet"),
    [
        (SQUARE, (12, 12, 13, 13), True),
        (SQUARE, (0, 0, 50, 50), True),
        (SQUARE, (20, 20, 30, 30), True),
        (SQUARE, (20.1, 10, 30, 30), False),
        (SQUARE, (15, 0, 15, 50), True),
        (SQUARE, (15, 15, 15, 15), True),
        (SQUARE, (25, 15, 25, 15), False),
        (SQUARE, (15, 0, -170, 50), True),
        (SQUARE, (25, 0, 5, 50), False),
        (EDGE, (-180, 0, -170, 5), True),
        (EDGE, (175, 0, -170, 5), True),
        (EDGE, (-179, 0, -170, 5), False),
    ],
)
def test_tells_whether_an_outline_and_a_box_meet(geometry, box, meet):
    assert outlines.meet(geometry, BBox(*box)) is meet
