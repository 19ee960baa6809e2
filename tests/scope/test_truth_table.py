"""The judge says what the truth table says."""

from __future__ import annotations

import pytest

from tests.scope.truth_table import CASES, READINGS, facts, terms
from tracker.codebook import Act, ScopeTest, VerdictCode
from tracker.scope.judge import judge
from tracker.scope.verdicts import Verdict, overall


def told(verdict: Verdict) -> str:
    """A verdict as the table writes it."""
    return ": ".join([str(verdict.code), ", ".join(map(str, verdict.decided_by))]).removesuffix(
        ": "
    )


def verdicts(case) -> dict[str, Verdict]:
    return {
        reading: judge(facts(case), terms(case["agreement"], reading))
        for reading in READINGS
        if case[reading]
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_judges_as_the_truth_table_says(case):
    judged = verdicts(case)

    assert {reading: told(verdict) for reading, verdict in judged.items()} == {
        reading: case[reading] for reading in READINGS if case[reading]
    }
    assert overall(each.code for each in judged.values()) == case["overall"]


def test_has_a_case_for_every_way_a_question_can_be_answered():
    met = {
        (finding.test, finding.outcome)
        for case in CASES
        for verdict in verdicts(case).values()
        for finding in verdict.findings
    }

    assert len(met) == len(ScopeTest) * 3


def test_uses_in_the_table_no_code_that_is_none():
    assert {act for case in CASES for act in facts(case).acts} <= set(Act)
    assert {case["overall"] for case in CASES} == set(VerdictCode)


def test_leaves_an_incident_undetermined_that_no_reading_judges():
    assert overall([]) == VerdictCode.UNDETERMINED
