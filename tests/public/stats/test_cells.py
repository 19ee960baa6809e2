from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_incident
from tests.public.stats.test_summary_and_timeline import told, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(publish):
    """Two beside one another and one far away, each in a public position of its own, and one nowhere."""
    for latitude, longitude in ((33.604, 36.136), (33.6, 36.2), (51.92, 179.97)):
        publish(make_incident(latitude=latitude, longitude=longitude, geo_precision=1, reports=1))
    publish(make_incident(date_start=dt.date(2017, 2, 3)))


def cells(client, **asked):
    return [
        (each["x"], each["y"], each["incidents"])
        for each in told(client, "cells", **asked)["cells"]
    ]


@pytest.mark.parametrize(
    ("zoom", "expected"),
    [
        (0, [(0, 0, 3)]),
        (1, [(1, 0, 3)]),
        (2, [(2, 1, 2), (3, 1, 1)]),
        (3, [(7, 2, 1), (4, 3, 2)]),
        (8, [(255, 84, 1), (153, 102, 2)]),
    ],
)
def test_counts_what_lies_in_each_tile(client, three, zoom, expected):
    assert cells(client, zoom=zoom) == expected
    # Counted anew it is the same.
    assert cells(client, zoom=zoom, max_date_precision=5) == expected


def test_gives_the_middle_of_each_tile(client, three):
    [cell] = told(client, "cells", zoom=0)["cells"]

    assert (cell["latitude"], cell["longitude"]) == (0, 0)


def test_tells_how_many_have_no_public_position(client, three):
    answer = told(client, "cells")

    assert (answer["incidents"], answer["unlocated"]) == (3, 1)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("36.1,33.5,36.2,33.6", [(153, 102, 2)]),
        # It touches the tile, which is told as a whole.
        ("35.2,33.2,35.3,33.3", [(153, 102, 2)]),
        ("179,51,-179,52", [(255, 84, 1)]),
        ("-10,33,10,34", []),
    ],
)
def test_tells_each_tile_in_view_as_a_whole(client, three, view, expected):
    assert cells(client, view=view) == expected
    assert told(client, "cells", view=view)["unlocated"] is None
    # Counted anew it is the same.
    assert cells(client, view=view, max_date_precision=5) == expected


def test_counts_in_a_box_what_lies_in_it_alone(client, three):
    assert cells(client, bbox="35.2,33.2,35.3,33.3") == []
    assert cells(client, bbox="36,33.5,37,34") == [(153, 102, 2)]


def test_asks_for_a_lower_zoom_where_there_are_too_many_tiles(client, three, monkeypatch):
    monkeypatch.setattr("tracker.public.api.statistics.MOST_CELLS", 1)

    assert wrong(client, "cells", zoom=8) == ["/zoom"]
    assert cells(client, zoom=0) == [(0, 0, 3)]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"zoom": 13}, "/zoom"),
        ({"zoom": -1}, "/zoom"),
        ({"view": "1,2,3"}, "/view"),
        ({"view": "1,2,3,4", "bbox": "1,2,3,4"}, "/view"),
    ],
)
def test_names_what_is_wrong_in_what_is_asked(client, asked, pointer):
    assert wrong(client, "cells", **asked) == [pointer]
