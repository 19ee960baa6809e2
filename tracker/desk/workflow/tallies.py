"""Bulletins entered with their counts, and what these say of one another: told, never mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.desk.models import Bulletin, Tally, User
from tracker.errors import InvalidInput, NotAllowed


@transaction.atomic
def take_in(stated: dict[str, Any], counts: Iterable[dict[str, Any]]) -> Bulletin:
    """Keep a bulletin with its counts, in this order; both hold the models' own fields."""
    bulletin = Bulletin.objects.create(**stated)
    for count in counts:
        Tally.objects.create(bulletin=bulletin, **count)
    return bulletin


@transaction.atomic
def rewrite(
    bulletin: Bulletin, stated: dict[str, Any], counts: Iterable[dict[str, Any]], *, by: User
) -> None:
    """Put a bulletin and its counts as they are given. A count with a `public_id` is that one again.

    Raises InvalidInput for a count that is none of this bulletin's, or is given twice; NotAllowed
    where one is left out that this user may not delete.
    """
    for name, value in stated.items():
        setattr(bulletin, name, value)
    bulletin.save(update_fields=list(stated))
    held = {tally.public_id: tally for tally in bulletin.tallies.all()}
    for count in counts:
        if "public_id" not in count:
            Tally.objects.create(bulletin=bulletin, **count)
        elif tally := held.pop(count["public_id"], None):
            _put(tally, count)
        else:
            raise InvalidInput(
                _("%(id)s is no count of this bulletin, or is given twice.")
                % {"id": count["public_id"]}
            )
    if held and not by.has_perm("desk.delete_tally"):
        raise NotAllowed(_("You may not delete counts: give all that the bulletin has."))
    bulletin.tallies.filter(public_id__in=held).delete()


def _put(tally: Tally, count: dict[str, Any]) -> None:
    for name, value in count.items():
        setattr(tally, name, value)
    tally.save(update_fields=list(count))


def refuse_answers_of_nobody(counterpart: object, answers: Iterable[int | None]) -> None:
    """Raises InvalidInput for answers without a counterpart that gives them."""
    if counterpart is None and any(answer is not None for answer in answers):
        raise InvalidInput(_("There are answers: say whose, as the counterpart."))


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
