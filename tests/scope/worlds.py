"""Incidents and agreements of every sort, for hypothesis to draw."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.scope.truth_table import box
from tracker.codebook import Act, DatePrecision, PartyKind, Role, Target, ZoneRule
from tracker.scope.adherence import Adherence
from tracker.scope.days import Span
from tracker.scope.facts import Circle, Facts
from tracker.scope.parties import Parties, Party, PartyName
from tracker.scope.terms import Provision, Reading, Terms
from tracker.scope.zones import Zone

IDS = ("a", "b", "c", "d", "e")
READINGS = ("one", "other")
EARLY = dt.datetime(2016, 12, 18, tzinfo=dt.UTC)
LATEST = dt.datetime.max.replace(tzinfo=dt.UTC)
LATE = LATEST - dt.timedelta(hours=2)

readings = st.none() | st.sampled_from(READINGS)

usual_days = st.dates(dt.date(2016, 12, 20), dt.date(2017, 2, 10))
days = usual_days | st.sampled_from([dt.date.min, dt.date.max]) | st.dates()
spans = st.builds(lambda one, other: Span(min(one, other), max(one, other)), days, days)
usual_spans = st.builds(
    lambda one, other: Span(min(one, other), max(one, other)), usual_days, usual_days
)
ids = st.sampled_from(IDS)
names = st.sampled_from(["", "A", "ألف", "100 %(zone)s", "Jabhat"])


edges = st.sampled_from([-90.0, -180.0, 180.0, 90.0]) | st.floats(-180, 180)


@st.composite
def far_boxes(draw):
    """A box anywhere on the earth, at its edges more often than not."""
    west, east = sorted(draw(st.tuples(edges, edges)))
    south, north = sorted(edge / 2 for edge in draw(st.tuples(edges, edges)))
    west, south = min(west, 179), min(south, 89)
    return box(south, west, max(north, south + 1), max(east, west + 1))


@st.composite
def near_boxes(draw):
    """A box of some kilometres, among others it may touch, overlap or share an edge with."""
    south, west = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return box(
        33 + south / 10, 36 + west / 10, 33 + (south + height) / 10, 36 + (west + width) / 10
    )


def circles(latitudes, longitudes, most):
    return st.builds(Circle, latitudes, longitudes, st.just(0.0) | st.floats(0, most))


near_circles = circles(st.floats(33, 34.5), st.floats(36, 37.5), 60_000.0)
far_circles = circles(
    st.floats(-90, 90) | st.sampled_from([-90.0, 90.0]),
    st.floats(-180, 180) | st.sampled_from([-180.0, 180.0]),
    5e7,
)


def zones(shapes, when):
    return st.builds(
        Zone, ids, names, st.sampled_from(ZoneRule), shapes, when | st.just(Span()), names, readings
    )


def adherences(when):
    return st.builds(Adherence, ids, st.sampled_from(Role), when | st.just(Span()), names, readings)


provisions = st.builds(
    Provision, names, names, st.none() | st.frozensets(st.sampled_from(list(Act)), max_size=8)
)
parties = st.builds(
    Party,
    ids,
    names,
    st.sampled_from(["", *PartyKind]),
    st.none() | ids,
    st.none() | ids,
    st.none() | days,
)


def several(rows, most):
    return st.lists(rows, max_size=most).map(tuple)


def _terms(begins, lasts, **rest):
    ends = lasts and begins + min(lasts, LATEST - begins)
    return Terms("agreement", Reading("one", "one"), begins, ends, **rest)


def _read_terms(begins, **rows):
    return st.builds(
        _terms,
        begins,
        st.none() | st.timedeltas(dt.timedelta(hours=1), dt.timedelta(days=60)),
        time_zone=st.sampled_from(["UTC", "Asia/Damascus", "Pacific/Kiritimati", "Etc/GMT+12"]),
        parties=st.builds(
            Parties, several(parties, 6), several(st.builds(PartyName, ids, names, spans), 4)
        ),
        **rows,
    )


# Agreements and incidents that belong together, so that much of what can be said is said.
near_terms = _read_terms(
    st.integers(0, 24 * 10).map(lambda hours: EARLY + dt.timedelta(hours=hours)),
    provisions=several(provisions, 2).map(lambda some: (Provision("all", "all"), *some)),
    adherences=st.tuples(
        *[
            st.builds(
                Adherence, st.just(party), st.sampled_from(Role), usual_spans | st.just(Span())
            )
            for party in IDS[:3]
        ],
        adherences(usual_spans),
    ),
    zones=several(zones(near_boxes(), usual_spans), 4),
)
near_facts = st.builds(
    lambda first, lasted, *rest, **more: Facts(first, first + dt.timedelta(lasted), *rest, **more),
    usual_days,
    st.sampled_from([0, 0, 0, 1, 3, 9]),
    st.sampled_from([DatePrecision.DAY, *DatePrecision]),
    near_circles,
    acts=st.frozensets(st.sampled_from(list(Act)), min_size=1, max_size=3),
    accused=st.frozensets(ids, min_size=1, max_size=2),
    targets=st.frozensets(st.sampled_from(list(Target)), max_size=2),
    target_parties=st.frozensets(ids, max_size=2),
)
# Anything that the dataclasses admit.
far_terms = _read_terms(
    st.datetimes(timezones=st.just(dt.UTC)).map(lambda moment: min(moment, LATE))
    | st.sampled_from([dt.datetime.min.replace(tzinfo=dt.UTC), LATE]),
    provisions=several(provisions, 3),
    adherences=several(adherences(spans), 6),
    zones=several(zones(far_boxes() | near_boxes(), spans), 3),
)
far_facts = st.builds(
    lambda span, precision, **rest: Facts(span.first, span.last, precision, **rest),
    spans,
    st.sampled_from(DatePrecision),
    acts=st.frozensets(st.sampled_from([*Act, "unheard_of"]), max_size=3),
    accused=st.frozensets(st.sampled_from([*IDS, "unheard_of"]), max_size=3),
    targets=st.frozensets(st.sampled_from([*Target, "unheard_of"]), max_size=3),
    target_parties=st.frozensets(ids, max_size=2),
)
