"""How far two accounts tell of one incident: what speaks for and against it, added up from 0 to 100.

The points were chosen by looking at the published reports of Wadi Barada (2016 and 2017). Place, day and
act count most, and where one of them differs the others do not outweigh it: on one day two villages are
shelled, and one village on two days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.desk.workflow.matching import comparing
from tracker.desk.workflow.matching.accounts import Account
from tracker.desk.workflow.matching.places import places
from tracker.desk.workflow.matching.reasons import Finding, Reason

# From the first score on it is held to be the incident, from the second on it may be.
STRONG, LEAST = 75, 30

Compare = Callable[[Account, Account], Finding | None]

COARSE: tuple[Compare, ...] = (places, comparing.days, comparing.acts, comparing.means)
FULL: tuple[Compare, ...] = (
    *COARSE,
    comparing.accused,
    comparing.stances,
    comparing.figures,
    comparing.words,
    comparing.pages,
    comparing.collections,
)


@dataclass(frozen=True)
class Match:
    """How well two fit, and why."""

    findings: tuple[Finding, ...]

    @property
    def score(self) -> int:
        return max(0, min(100, sum(finding.points for finding in self.findings)))


def match(one: Account, other: Account) -> Match:
    """All that speaks for and against two accounts telling of one incident."""
    return Match(tuple(_findings(one, other, FULL)))


def coarse(one: Account, other: Account) -> int:
    """What place, days and act alone come to: quick, to choose whom to compare in full."""
    return sum(finding.points for finding in _findings(one, other, COARSE))


def best(one: Account, others: Sequence[Account]) -> Match:
    """The match with whichever of an incident's accounts fits best.

    That a dataset counts this apart from one of them holds against all.
    """
    matches = [match(one, other) for other in others]
    found = max(matches, key=lambda each: sum(finding.points for finding in each.findings))
    apart = [finding for each in matches for finding in each.findings if _is_apart(finding)]
    if apart and not any(map(_is_apart, found.findings)):
        return Match((*found.findings, apart[0]))
    return found


def _findings(one: Account, other: Account, questions: Iterable[Compare]) -> Iterable[Finding]:
    return filter(None, (compare(one, other) for compare in questions))


def _is_apart(finding: Finding) -> bool:
    return finding.reason == Reason.COUNTED_APART
