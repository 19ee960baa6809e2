"""What an incident is to each agreement: the readings side by side, question by question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.codebook import ScopeTest


@dataclass(frozen=True)
class Question:
    """One of the five questions, and its answer under each reading."""

    test: str
    findings: list[dict[str, Any]]

    @property
    def differs(self) -> bool:
        return len({each["outcome"] for each in self.findings}) > 1


@dataclass(frozen=True)
class Judged:
    """An agreement's verdicts on an incident."""

    agreement: dict[str, Any]
    questions: list[Question]


def judged(scope: dict[str, Any]) -> list[Judged]:
    return [Judged(each, _questions(each["readings"])) for each in scope["agreements"]]


def _questions(readings: list[dict[str, Any]]) -> list[Question]:
    answers = [{each["test"]: each for each in reading["findings"]} for reading in readings]
    return [Question(test, [told[test] for told in answers]) for test in ScopeTest]
