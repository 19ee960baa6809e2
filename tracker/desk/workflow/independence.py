"""How many say that an incident happened, independently of one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracker.claims import latest_first
from tracker.codebook import Stance
from tracker.desk.models import Report, Source
from tracker.desk.workflow import telling

SUPPORTING = frozenset({Stance.ALLEGES, Stance.CONFIRMS})


def groups(reports: Iterable[Report], *, saying: Collection[Stance] = SUPPORTING) -> set[str]:
    """The independent groups that say of one incident that it happened: count them, never reports.

    Who claims it counts, not who passes it on: two outlets that relay one claimant are one. Claimants
    of the same independence group are one; a claimant without a group is one by itself. What a
    claimant said last counts, and only if it alleges or confirms: who withdrew it since does not
    count, nor does who denies, cannot confirm or admits, unless `saying` names other stances. Give
    the incident's current reports, in any order, with their sources and those they are relayed from.
    """
    said_last: dict[Source, Report] = {}
    for report in latest_first(telling.in_order(reports), day=lambda each: each.published_on):
        said_last.setdefault(report.claimant, report)
    return {_group(claimant) for claimant, report in said_last.items() if report.stance in saying}


def _group(claimant: Source) -> str:
    # No slug holds a space, so that a group's name is never taken for a source's.
    group = claimant.independence_group.casefold()
    return f"group {group}" if group else claimant.slug
