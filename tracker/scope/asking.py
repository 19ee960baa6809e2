"""What the judge asks of several parties, on several days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.codebook import Outcome, PartyKind, Role
from tracker.scope.days import Span
from tracker.scope.reasons import Reason
from tracker.scope.terms import Terms


@dataclass(frozen=True)
class Question:
    """A question to which a party's role is the answer."""

    # The answer by role; under None, where no record says what the party is.
    by_role: Mapping[Role | None, Reason]
    unidentified: Reason
    # The answer where it was yes on one day and no on another.
    changed: Reason

    def asked(self, parties: Iterable[str], terms: Terms, days: Span) -> dict[str, Reason]:
        """The answer for each party, in the order of their ids."""
        return {party: self._answer(party, terms, days) for party in sorted(parties)}

    def _answer(self, party: str, terms: Terms, days: Span) -> Reason:
        if terms.parties[party].kind == PartyKind.UNIDENTIFIED:
            return self.unidentified
        standings = terms.standings.during(party, days)
        return on_all_days([self.by_role[each.role] for each in standings], self.changed)


def on_all_days(answers: list[Reason], changed: Reason) -> Reason:
    """One answer for all days: the first that leaves it open; else theirs, if they are alike."""
    for answer in answers:
        if answer.outcome == Outcome.UNSAID:
            return answer
    alike = len({answer.outcome for answer in answers}) == 1
    return answers[0] if alike else changed


def having(answers: Mapping[str, Reason], wanted: Outcome | Reason) -> list[str]:
    """The parties whose answer is this one, or has this outcome."""
    return [party for party, each in answers.items() if wanted in (each, each.outcome)]


def about(parties: list[str], terms: Terms, days: Span) -> dict[str, Any]:
    """The parties by name, and what their roles are based on, as a finding's values."""
    standings = [each for party in parties for each in terms.standings.during(party, days)]
    bases = sorted({basis for standing in standings for basis in standing.bases})
    values = {"parties": named(parties, terms), **dated(days)}
    return values | {"basis": bases} if bases else values


def named(parties: Iterable[str], terms: Terms) -> list[dict[str, str]]:
    return [{"id": party, "name": terms.parties[party].name} for party in parties]


def dated(days: Span) -> dict[str, str]:
    return {"first": str(days.first), "last": str(days.last)}
