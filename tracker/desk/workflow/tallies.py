"""What a bulletin's counts say of one another. A difference is told, never mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.desk.models import Bulletin, Tally


def mismatches(bulletin: Bulletin) -> list[str]:
    """Where the counts of a bulletin do not come to its totals, or answers to more than a count.

    In words, one sentence each. Monitors publish such totals: none of them is an error of the desk.
    """
    tallies = list(bulletin.tallies.select_related("place", "accused"))
    return [*_by_area(tallies), *_by_accused(tallies), *_by_answer(tallies)]


def _by_area(tallies: list[Tally]) -> Iterable[str]:
    totals = {tally.accused: tally for tally in tallies if tally.place is None}
    parts = defaultdict(list)
    for tally in tallies:
        if tally.place is not None:
            parts[tally.accused].append(tally.count)
    for accused, counts in parts.items():
        if accused in totals and _differ(totals[accused].count, counts):
            yield _(
                "%(who)s: the areas come to %(parts)s, the whole country is given as %(total)s."
            ) % {
                "who": accused or _("Accused not told"),
                "parts": _sum(counts),
                "total": totals[accused].count,
            }


def _by_accused(tallies: list[Tally]) -> Iterable[str]:
    totals = {tally.place: tally for tally in tallies if tally.accused is None}
    parts = defaultdict(list)
    for tally in tallies:
        if tally.accused is not None:
            parts[tally.place].append(tally.count)
    for place, counts in parts.items():
        if place in totals and _differ(totals[place].count, counts):
            yield _("%(where)s: the accused come to %(parts)s, all are given as %(total)s.") % {
                "where": place or _("Whole country"),
                "parts": _sum(counts),
                "total": totals[place].count,
            }


def _by_answer(tallies: list[Tally]) -> Iterable[str]:
    for tally in tallies:
        answered = _sum(tally.answers.values())
        if tally.count is not None and answered > tally.count:
            yield _("%(tally)s: the answers come to %(parts)s, more than were counted.") % {
                "tally": tally,
                "parts": answered,
            }


def _differ(total: int | None, counts: list[int | None]) -> bool:
    # Of what is not told nothing can be said.
    return total is not None and None not in counts and _sum(counts) != total


def _sum(counts: Iterable[int | None]) -> int:
    return sum(count or 0 for count in counts)
