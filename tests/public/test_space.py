"""Boxes and radii find exactly what measuring every single position finds."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import uuid

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker.geo.bbox import BBox
from tracker.geo.distance import haversine_km
from tracker.public.models import Edition, Entry, Facet, Kind

pytestmark = pytest.mark.django_db

DAY = dt.date(2017, 1, 15)
QUERIES = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
latitudes = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 0.0, 33.6, 90.0]))
longitudes = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 0.0, 36.1, 180.0]))
radii = st.one_of(st.floats(0.001, 2000), st.floats(0.001, 50))


def positions() -> list[tuple[float, float]]:
    """2,000 positions: all over the earth, many in one valley, and at every edge."""
    drawn = random.Random(2017)
    edges = itertools.product((-90.0, -89.9, 0.0, 89.9, 90.0), (-180.0, -179.9, 0.0, 179.9, 180.0))
    earth = [(drawn.uniform(-90, 90), drawn.uniform(-180, 180)) for _ in range(900)]
    valley = [(drawn.uniform(33, 34.2), drawn.uniform(35.5, 36.7)) for _ in range(700)]
    pacific = [(drawn.uniform(-5, 5), 180 - drawn.uniform(0, 3)) for _ in range(190)]
    pacific += [(drawn.uniform(-5, 5), -180 + drawn.uniform(0, 3)) for _ in range(185)]
    return [*edges, *earth, *valley, *pacific]


@pytest.fixture
def spread(db) -> dict[str, tuple[float, float]]:
    """An incident at each position, by its public id."""
    spots = {str(uuid.UUID(int=number)): spot for number, spot in enumerate(positions())}
    Edition.objects.bulk_create(
        Edition(
            kind=Kind.INCIDENT,
            public_id=public_id,
            label="",
            search="",
            revision=1,
            document="{}",
            digest="",
            published_on=DAY,
            updated_on=DAY,
        )
        for public_id in spots
    )
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            kind=Kind.INCIDENT,
            public_id=uuid.UUID(edition.public_id),
            date_start=DAY,
            date_end=DAY,
            date_precision=1,
            latitude=spots[edition.public_id][0],
            longitude=spots[edition.public_id][1],
            verification="reported",
            updated_on=DAY,
        )
        for edition in Edition.objects.all()
    )
    return spots


def on_the_ellipsoid(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres, by another library than the tracker's own."""
    return Geodesic.WGS84.Inverse(*one, *other)["s12"] / 1000


def found(editions) -> set[str]:
    return set(editions.values_list("public_id", flat=True))


def lies_in(spot: tuple[float, float], box: BBox) -> bool:
    # -180 and 180 are one line.
    names = {spot[1], -180.0, 180.0} if abs(spot[1]) == 180 else {spot[1]}
    tall = box.south <= spot[0] <= box.north
    if box.crosses_antimeridian:
        return tall and any(name >= box.west or name <= box.east for name in names)
    return tall and any(box.west <= name <= box.east for name in names)


def lies_within(spot: tuple[float, float], centre: tuple[float, float], km: float) -> bool:
    sphere = haversine_km(centre, spot)
    # A hundred times as quick where the sphere's error of 0.6 % cannot matter.
    if sphere > km * 1.01 + 0.001:
        return False
    return sphere < km * 0.99 - 0.001 or on_the_ellipsoid(centre, spot) <= km


def test_finds_in_a_box_what_lies_in_it(spread):
    assert len(spread) == 2000

    @QUERIES
    @given(latitudes, latitudes, longitudes, longitudes)
    @example(-90, 90, -180, 180)
    @example(-5, 5, 179, -179)
    @example(-5, 5, 180, -180)
    @example(-5, 5, -180, -179)
    @example(-5, 5, 179, 180)
    @example(33.5, 33.7, 36.0, 36.2)
    def check(one, other, west, east):
        box = BBox(west, min(one, other), east, max(one, other))

        inside = found(Edition.objects.of(Kind.INCIDENT).inside(box))

        assert inside == {public_id for public_id, spot in spread.items() if lies_in(spot, box)}

    check()


def test_finds_around_a_position_what_lies_within_the_radius(spread):
    @QUERIES
    @given(latitudes, longitudes, radii)
    @example(90, 0, 12)
    @example(-90, 77, 2000)
    @example(89.95, 10, 20)
    @example(0, 180, 500)
    @example(0, -180, 300)
    @example(33.6, 36.1, 25)
    def check(latitude, longitude, km):
        near = found(Edition.objects.of(Kind.INCIDENT).near(latitude, longitude, within_km=km))

        assert near == {
            public_id
            for public_id, spot in spread.items()
            if lies_within(spot, (latitude, longitude), km)
        }

    check()


def test_finds_under_a_place_all_that_lies_in_it(spread):
    line = {public_id: number % 7 for number, public_id in enumerate(spread)}
    Facet.objects.bulk_create(
        Facet(edition=edition, name="place", value=f"place {wider}")
        for edition in Edition.objects.all()
        for wider in range(line[edition.public_id] + 1)
    )

    for narrow in range(7):
        under = found(Edition.objects.of(Kind.INCIDENT).with_facet("place", [f"place {narrow}"]))

        assert under == {public_id for public_id, depth in line.items() if depth >= narrow}
