"""On which side of a border a circle lies, anywhere on the earth."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.scope.truth_table import box
from tracker.codebook import Outcome, ScopeTest, ZoneRule
from tracker.errors import InvalidInput
from tracker.geo.distance import geodesic_km
from tracker.scope.days import Span
from tracker.scope.facts import Circle, Facts
from tracker.scope.judge import judge
from tracker.scope.reasons import Reason
from tracker.scope.terms import Reading, Terms
from tracker.scope.zones import Zone

HOLDS, FAILS, UNSAID = Outcome.HOLDS, Outcome.FAILS, Outcome.UNSAID
DAY = dt.date(2017, 1, 15)


def zone(geometry, rule=ZoneRule.INCLUDE, id="zone", **rest):
    return Zone(id, id, rule, geometry, **rest)


def inside(circle: Circle | None, *zones: Zone):
    terms = Terms(
        "agreement", Reading("text", "Text"), dt.datetime(2017, 1, 1, tzinfo=dt.UTC), zones=zones
    )
    findings = {each.test: each for each in judge(Facts(DAY, DAY, circle=circle), terms).findings}
    return findings[ScopeTest.INSIDE]


@pytest.mark.parametrize("latitude", [0.04, 33.64, 60.04, 85.04])
@pytest.mark.parametrize("km", [0.1, 5, 25, 75, 400])
def test_measures_to_the_border_as_on_the_ground(latitude, km):
    # The border is a meridian, so the nearest point lies due west but for the earth's curvature.
    west = zone(box(-89, 0, 89.5, 120))
    degrees = 5.0
    away = geodesic_km((latitude, 0), (latitude, degrees))
    longitude = degrees * km / away
    nearest = min(
        geodesic_km((latitude + step / 200, 0), (latitude, longitude)) for step in range(880)
    )

    assert inside(Circle(latitude, longitude, 985 * nearest), west).outcome == HOLDS
    assert inside(Circle(latitude, -longitude, 985 * nearest), west).outcome == FAILS
    for side in (longitude, -longitude):
        assert inside(Circle(latitude, side, 1001 * nearest), west).outcome == UNSAID


def test_measures_to_a_corner_as_on_the_ground():
    corner, place = (34, 37), (34.3, 37.4)
    away = 1000 * geodesic_km(corner, place)

    assert inside(Circle(*place, 0.985 * away), zone(box(33, 36, *corner))).outcome == FAILS
    assert inside(Circle(*place, 1.001 * away), zone(box(33, 36, *corner))).outcome == UNSAID


def test_says_nothing_of_a_point_on_the_border():
    finding = inside(Circle(33.5, 36, 0), zone(box(33, 36, 34, 37)))

    assert finding.reason == Reason.ON_BORDER


FIJI = {
    "type": "MultiPolygon",
    "coordinates": [
        box(-19, 177, -16, 180)["coordinates"],
        box(-19, -180, -16, -178)["coordinates"],
    ],
}


@pytest.mark.parametrize("longitude", [180, -180, 179.9, -179.9])
def test_sees_no_border_where_the_map_is_cut_at_the_antimeridian(longitude):
    assert inside(Circle(-17.5, longitude, 50_000), zone(FIJI)).outcome == HOLDS
    assert inside(Circle(-15.5, longitude, 60_000), zone(FIJI)).outcome == UNSAID
    assert inside(Circle(-15.5, longitude, 50_000), zone(FIJI)).outcome == FAILS


def test_sees_a_border_that_lies_beyond_the_antimeridian():
    east = zone(box(-19, 177, -16, 179.9))

    assert inside(Circle(-17.5, -179.9, 25_000), east).outcome == UNSAID
    assert inside(Circle(-17.5, -179.9, 20_000), east).outcome == FAILS


@pytest.mark.parametrize("longitude", [-180, -45, 0, 180])
def test_sees_no_border_at_a_pole_that_a_zone_surrounds(longitude):
    arctic = zone(box(66, -180, 90, 180))

    assert inside(Circle(90, longitude, 100_000), arctic).outcome == HOLDS
    assert inside(Circle(89.9, longitude, 100_000), arctic).outcome == HOLDS
    assert inside(Circle(67, longitude, 200_000), arctic).outcome == UNSAID


def test_holds_within_zones_that_meet_and_not_within_zones_that_leave_a_gap():
    one, other = zone(box(33, 36, 34, 37), id="one"), zone(box(33, 37, 34, 38), id="other")
    apart = zone(box(33, 37.01, 34, 38), id="other")

    assert inside(Circle(33.5, 37, 20_000), one, other).outcome == HOLDS
    assert inside(Circle(33.5, 36.9, 20_000), one, apart).outcome == UNSAID


def test_lets_an_excluded_zone_win_over_an_included_one():
    wide, hole = (
        zone(box(33, 36, 35, 38)),
        zone(box(33.5, 36.5, 34.5, 37.5), ZoneRule.EXCLUDE, "hole"),
    )

    assert inside(Circle(34, 37, 5000), wide, hole).reason == Reason.ZONE_LEFT_OUT
    assert inside(Circle(33.2, 36.2, 5000), wide, hole).reason == Reason.IN_ZONE
    assert inside(Circle(33.5, 36.7, 5000), wide, hole).reason == Reason.ACROSS_BORDER


def test_is_outside_for_sure_where_one_part_is_beyond_and_the_rest_left_out():
    wide, edge = zone(box(33, 36, 35, 38)), zone(box(33, 37.5, 35, 38), ZoneRule.EXCLUDE, "edge")

    # The border of the included zone runs through the circle, but it holds on neither side of it.
    assert inside(Circle(34, 38, 5000), wide, edge).outcome == FAILS


def test_holds_nowhere_on_a_day_on_which_none_of_its_zones_is_valid():
    past = zone(box(33, 36, 34, 37), days=Span(last=dt.date(2017, 1, 14)))

    assert inside(Circle(33.5, 36.5, 100), past).reason == Reason.BEYOND_ZONES


def test_tells_of_the_border_where_a_zone_both_changed_and_is_near():
    terms = Terms(
        "agreement",
        Reading("text", "Text"),
        dt.datetime(2017, 1, 1, tzinfo=dt.UTC),
        zones=(zone(box(33, 36, 34, 37), days=Span(last=DAY)),),
    )
    facts = Facts(DAY, DAY + dt.timedelta(days=1), circle=Circle(33.99, 36.5, 5000))

    assert judge(facts, terms).findings[1].reason == Reason.ACROSS_BORDER


def test_needs_no_position_only_where_it_holds_everywhere():
    assert inside(None).outcome == HOLDS
    assert inside(None, zone(box(33, 36, 34, 37), ZoneRule.EXCLUDE)).outcome == UNSAID
    assert inside(None, zone(box(33, 36, 34, 37))).outcome == UNSAID


def test_mends_an_outline_that_crosses_itself():
    bow = {"type": "Polygon", "coordinates": [[[36, 33], [38, 35], [38, 33], [36, 35], [36, 33]]]}

    assert inside(Circle(34, 36.2, 5000), zone(bow)).outcome == HOLDS
    assert inside(Circle(33.2, 37, 5000), zone(bow)).outcome == FAILS


@pytest.mark.parametrize(
    "geometry", [{}, {"type": "Point", "coordinates": [36, 33]}, box(133, 36, 134, 37)]
)
def test_refuses_what_is_no_area_on_the_earth(geometry):
    with pytest.raises(InvalidInput):
        zone(geometry)


def test_refuses_a_rule_that_is_none_and_a_circle_that_is_none():
    with pytest.raises(InvalidInput, match="'maybe'"):
        zone(box(33, 36, 34, 37), "maybe")
    for latitude, longitude, radius in [(91, 0, 0), (0, 181, 0), (0, 0, -1), (0, 0, float("nan"))]:
        with pytest.raises(InvalidInput):
            Circle(latitude, longitude, radius)
