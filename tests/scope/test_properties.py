"""What is true of every verdict."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.scope import worlds
from tracker.codebook import Outcome, ScopeTest, VerdictCode, ZoneRule
from tracker.scope.days import Span
from tracker.scope.facts import Circle
from tracker.scope.judge import judge
from tracker.scope.parties import Parties
from tracker.scope.verdicts import Verdict
from tracker.scope.words import told

few = settings(max_examples=150, deadline=None)


# Eight incidents at five places each, 250 times: ten thousand inputs.
@given(
    worlds.far_terms,
    st.lists(worlds.far_facts, min_size=8, max_size=8),
    st.lists(worlds.far_circles, min_size=4, max_size=4),
)
@settings(max_examples=250, deadline=None)
def test_judges_and_words_whatever_it_is_given(terms, incidents, circles):
    for incident, circle in itertools.product(incidents, [None, *circles]):
        verdict = judge(replace(incident, circle=circle), terms)

        assert tuple(each.test for each in verdict.findings) == tuple(ScopeTest)
        assert verdict.code != VerdictCode.CONTESTED
        assert all(told(each.reason, each.values) for each in verdict.findings)


@given(worlds.near_terms, worlds.near_facts)
@few
def test_judges_the_same_incident_alike_every_time(terms, incident):
    assert judge(incident, terms) == judge(replace(incident), replace(terms))


@given(worlds.near_terms, worlds.near_facts, st.data())
@few
def test_never_overturns_a_verdict_when_the_days_are_better_known(terms, incident, data):
    wide = judge(incident, terms)
    assume(wide.code != VerdictCode.UNDETERMINED)
    first, last = incident.days.first.toordinal(), incident.days.last.toordinal()
    one, other = sorted(data.draw(st.tuples(*[st.integers(first, last)] * 2)))
    days = {"first": dt.date.fromordinal(one), "last": dt.date.fromordinal(other)}

    assert judge(replace(incident, precision=1, **days), terms).code == wide.code


@given(worlds.near_terms, worlds.near_facts, st.integers(1, 5))
@few
def test_never_overturns_a_verdict_when_the_grade_of_the_days_is_better(terms, incident, grade):
    codes = {judge(replace(incident, precision=each), terms).code for each in range(1, grade + 1)}

    assert len(codes - {VerdictCode.UNDETERMINED}) <= 1


@given(
    worlds.near_terms,
    worlds.near_facts,
    worlds.near_circles,
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 2 * math.pi),
)
@few
def test_never_overturns_a_verdict_when_the_place_is_better_known(
    terms, incident, circle, share, step, bearing
):
    away = circle.radius_m * (1 - share) * step
    # Degrees that are never more metres than that, here between 32 and 35 degrees north.
    north, east = away * math.cos(bearing) / 111_700, away * math.sin(bearing) / (111_700 * 0.85)
    inner = Circle(circle.latitude + north, circle.longitude + east, circle.radius_m * share)

    wide, narrow = (judge(replace(incident, circle=each), terms) for each in (circle, inner))

    assert {wide.code, narrow.code} != {VerdictCode.VIOLATION, VerdictCode.OUTSIDE}
    assert {_inside(wide), _inside(narrow)} != {Outcome.HOLDS, Outcome.FAILS}


def _inside(verdict: Verdict) -> Outcome:
    return verdict.findings[list(ScopeTest).index(ScopeTest.INSIDE)].outcome


@given(worlds.near_terms, worlds.near_facts, worlds.zones(worlds.near_boxes(), worlds.usual_spans))
@few
def test_is_not_moved_by_a_zone_that_the_circle_does_not_touch(terms, incident, zone):
    limited = any(each.rule == ZoneRule.INCLUDE and each.reading != "other" for each in terms.zones)
    # The first zone that is included is no zone more: it ends that the agreement holds everywhere.
    assume(zone.rule == ZoneRule.EXCLUDE or limited)
    alone = replace(terms, zones=(replace(zone, reading=None, days=Span()),))
    assume(not _touches(incident, alone))

    assert judge(incident, replace(terms, zones=(*terms.zones, zone))) == judge(incident, terms)


def _touches(incident, terms) -> bool:
    (ground,) = terms.grounds.during(incident.days)
    circle = incident.circle
    return bool(ground.border_near(circle) or ground.excluding(circle) or ground.including(circle))


@given(worlds.near_terms, worlds.near_facts, st.randoms(use_true_random=False))
@few
def test_does_not_mind_the_order_of_parties_roles_zones_and_provisions(terms, incident, random):
    def mixed(rows):
        return tuple(random.sample(rows, len(rows)))

    parties = Parties(mixed(terms.parties.parties), mixed(terms.parties.names))
    other = replace(
        terms,
        parties=parties,
        zones=mixed(terms.zones),
        adherences=mixed(terms.adherences),
        provisions=mixed(terms.provisions),
    )

    assert judge(incident, other) == judge(incident, terms)
