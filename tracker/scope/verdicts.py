"""What the judge finds, and what his verdicts come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.codebook import Outcome, ScopeTest, VerdictCode
from tracker.scope.reasons import Reason

# The version of the rules below. A change that may change any verdict changes it.
RULES = "1"


@dataclass(frozen=True)
class Finding:
    """The answer to one question, its reason, what the reason's sentence is filled with, and the facts
    it rests on. Values and facts are plain JSON.

    The facts are for the desk: they hold the position. The values hold neither position nor distance.
    """

    test: ScopeTest
    reason: Reason
    values: Mapping[str, Any] = field(default_factory=dict)
    used: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return self.reason.outcome


@dataclass(frozen=True)
class Verdict:
    """What an incident is to an agreement under one reading. Its code is never contested."""

    agreement: str
    reading: str
    code: VerdictCode
    # One for each question, in the order of codebook.ScopeTest.
    findings: tuple[Finding, ...]
    rules: str = RULES

    @property
    def decided_by(self) -> tuple[ScopeTest, ...]:
        """The questions answered by no, or else those that cannot be answered; none for a violation."""
        for outcome in (Outcome.FAILS, Outcome.UNSAID):
            if found := tuple(each.test for each in self.findings if each.outcome == outcome):
                return found
        return ()


def overall(codes: Iterable[VerdictCode]) -> VerdictCode:
    """What the verdicts under all readings come to: if they are one, that one, else contested."""
    distinct = set(codes) or {VerdictCode.UNDETERMINED}
    return distinct.pop() if len(distinct) == 1 else VerdictCode.CONTESTED
