"""Findings in words."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, replace

import pytest

from tests.scope.truth_table import CASES, READINGS, box, facts, terms
from tracker.codebook import Role, ScopeTest, ZoneRule
from tracker.scope.adherence import Adherence
from tracker.scope.judge import judge
from tracker.scope.reasons import Reason
from tracker.scope.words import Voice, told
from tracker.scope.zones import Zone

SHELLING = next(case for case in CASES if case["case"] == "Shelling of Deir Qanun")


def worded(case, reading, **changes):
    verdict = judge(facts(case), replace(terms(case["agreement"], reading), **changes))
    return {each.test: told(each.reason, each.values) for each in verdict.findings}


def test_says_of_wadi_barada_why_the_government_holds_it_to_be_outside():
    basis = "an excluded group holds the area, says the government"
    zone = Zone("1", "Wadi Barada", ZoneRule.EXCLUDE, box(33.58, 36.07, 33.67, 36.22), basis=basis)

    assert worded(SHELLING, "government", zones=(zone,)) == {
        ScopeTest.IN_FORCE: "It was in force: from 30 December 2016.",
        ScopeTest.INSIDE: "The place lies in a zone left out of it: Wadi Barada."
        " Basis: an excluded group holds the area, says the government.",
        ScopeTest.PERPETRATOR_BOUND: "It binds the accused: syrian-government-forces.",
        ScopeTest.TARGET_PROTECTED: "It protects, whoever holds the place: Civilians.",
        ScopeTest.ACT_PROHIBITED: "It prohibits this (Shelling) by:"
        " paragraph 1: all attacks cease.",
    }


def test_says_on_what_it_is_based_that_a_party_is_bound():
    signed = Adherence("syrian-government", Role.SIGNATORY, basis="S/2016/1133, annex I")

    said = worded(SHELLING, "text", adherences=(signed,))

    assert said[ScopeTest.PERPETRATOR_BOUND].endswith(" Basis: S/2016/1133, annex I.")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_finds_words_for_every_case_of_the_truth_table(case):
    for reading in READINGS:
        verdict = judge(facts(case), terms(case["agreement"], reading))
        for finding in verdict.findings:
            assert re.fullmatch(r"[A-Z][^%{}]+\.", told(finding.reason, finding.values))
        assert json.loads(json.dumps(asdict(verdict)))["findings"]


def test_meets_every_reason_in_some_case_of_the_truth_table():
    met = {
        finding.reason
        for case in CASES
        for reading in READINGS
        for finding in judge(facts(case), terms(case["agreement"], reading)).findings
    }

    assert set(Reason) - met == {
        Reason.ON_BORDER,
        Reason.TARGET_UNIDENTIFIED,
        Reason.TARGET_CHANGED,
    }


def test_speaks_another_language():
    arabic = Voice(
        translate={Reason.IN_FORCE_SINCE.sentence: "كان ساريًا: من %(start)s."}.__getitem__,
        day=lambda day: f"{day.day}/{day.month}/{day.year}",
    )

    said = told("in_force_since", {"start": str(dt.date(2016, 12, 30))}, arabic)

    assert said == "كان ساريًا: من 30/12/2016."


def test_keeps_position_and_distance_out_of_what_a_sentence_is_filled_with():
    for case in CASES:
        for finding in judge(facts(case), terms(case["agreement"])).findings:
            assert not {"latitude", "longitude", "distance"} & set(finding.values)
