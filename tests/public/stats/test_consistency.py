"""What statistics count is what the list holds, whatever is asked."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.public.stats import world

pytestmark = pytest.mark.django_db
SPLITS = [{}, {"by": "act"}, {"by": "accused"}, {"by": "verification"}]
SPLITS += [{"by": "verdict", "under": reading} for reading in world.READINGS]


@pytest.fixture
def published():
    world.make()


def told(client, name, asked):
    response = client.get(f"/api/v1/stats/{name}/", asked)

    assert response.status_code == 200, response.content
    return response.json()


def listed(client, asked):
    page = client.get("/api/v1/incidents/", {**asked, "page_size": 1000}).json()
    return len(page["results"])


def found(client, permalink):
    asked = parse_qs(urlsplit(permalink).query)
    return listed(client, {name: value for name, [value] in asked.items()})


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    world.asked(),
    st.sampled_from(["day", "week", "month", "year"]),
    st.sampled_from(SPLITS),
    st.integers(0, 12),
)
@example({}, "month", {"by": "act"}, 8)
@example({"date_from": "2016-12-05", "date_to": "2017-02-14"}, "week", {"by": "accused"}, 12)
def test_counts_in_every_chart_as_many_as_the_list_holds(
    client, published, asked, interval, split, zoom
):
    length = listed(client, asked)

    summary = told(client, "summary", asked)
    timeline = told(client, "timeline", {**asked, **split, "interval": interval})
    cells = told(client, "cells", {**asked, "zoom": zoom})

    assert summary["incidents"] == timeline["incidents"] == length
    assert cells["incidents"] + cells["unlocated"] == length
    for counted in (timeline, *timeline["series"]):
        buckets = counted.get("counts") or [each["incidents"] for each in counted["buckets"]]
        assert sum(buckets) + counted["imprecise"] == counted["incidents"]
    assert sum(each["incidents"] for each in summary["by"]["verification"]) == length
    for each in timeline["series"][:1]:
        by = split["by"]
        if by in {"act", "accused"} and by not in asked and each["value"]:
            assert listed(client, {**asked, by: each["value"]}) == each["incidents"]


@pytest.fixture
def published_over_years():
    world.make(years=3)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    world.one_code(),
    st.sampled_from(["month", "year"]),
    st.sampled_from(SPLITS),
    st.integers(0, 12),
)
@example({"act": "siege", "date_from": "2016-12-24"}, "month", {}, 12)
@example({"bbox": "-180,-90,180,90", "date_to": "2018-12-24"}, "year", {}, 8)
def test_tells_of_one_code_what_counting_anew_tells(
    client, published_over_years, asked, interval, split, zoom
):
    # All are dated so well: nothing is left out by it, but nothing is counted ahead with it.
    anew = {**asked, "max_date_precision": 5}

    for name, more in (
        ("summary", {}),
        ("timeline", {"interval": interval, **split}),
        ("cells", {"zoom": zoom}),
        *([("cells", {"zoom": zoom, "view": world.BOXES[0]})] if "bbox" not in asked else []),
    ):
        ahead, counted = told(client, name, asked | more), told(client, name, anew | more)
        assert ahead | {"permalink": ""} == counted | {"permalink": ""}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["", "2016-12-05", "2017-01-01"]),
    st.integers(0, 12),
    st.sampled_from([*world.BOXES, "37,33,36,34", "-180,33,-170,52", "170,-1,180,52"]),
)
def test_links_from_whole_cells_to_a_list_that_holds_as_many(client, published, first, zoom, view):
    asked = {"date_from": first} if first else {}

    cells = told(client, "cells", {**asked, "zoom": zoom, "view": view})

    assert found(client, cells["permalink"]) == cells["incidents"]
