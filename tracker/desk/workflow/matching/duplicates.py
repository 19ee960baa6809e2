"""Reports that tell again what another of the same origin tells: together they count once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tracker.desk.models import Report, Source, User
from tracker.desk.workflow.matching import accounts, comparing, nearby
from tracker.desk.workflow.matching.accounts import Account
from tracker.desk.workflow.matching.reasons import Finding, Reason

# From this likeness on two texts are the same but for a word or two.
SAME_WORDS = 90
# How many reports of one origin are looked at.
MOST = 1_000


@dataclass(frozen=True)
class Duplicate:
    """A report that tells the same, and why it is held to."""

    report: Report
    likeness: int
    """How alike the words are, from 0 to 100."""
    reasons: list[str]
    """In the reader's language."""


def like(report: Report, *, user: User | AnonymousUser) -> list[Duplicate]:
    """The reports that this one repeats, the likest first, of those the user may read.

    It need not have been saved: what is being typed or imported is compared by its source, days,
    place, acts, words, address and external id; a saved one by its figures as well.
    """
    told = accounts.of_report(report, accounts.wider_places([report]))
    others = Report.objects.visible_to(user).current().exclude(pk=report.pk)
    if report.supersedes_id:
        others = others.exclude(pk=report.supersedes_id)
    rows = others.filter(nearby.begun(told.days), _of_origins(report)).order_by()[:MOST]
    near = [each for each in accounts.with_all(rows) if _have_one_origin(report, each)]
    wider = accounts.wider_places(near)
    found = (_duplicate(report, told, each, accounts.of_report(each, wider)) for each in near)
    return sorted(filter(None, found), key=lambda each: (-each.likeness, each.report.pk))


def _duplicate(report: Report, told: Account, other: Report, its: Account) -> Duplicate | None:
    likeness = 100 if set(told.texts) & set(its.texts) else comparing.alike(told, its)
    found = list(_findings(told, its, likeness))
    if report.external_id and report.external_id == other.external_id:
        found.append(Finding(Reason.SAME_ID, values={"id": other.external_id}))
    if not found:
        return None
    origin = Finding(Reason.SAME_ORIGIN, values={"origin": str(other.claimant)})
    return Duplicate(other, likeness, [str(finding) for finding in (origin, *found)])


def _findings(one: Account, other: Account, likeness: int) -> Iterator[Finding]:
    if comparing.days_between(one, other) > 0 or not _may_be_one_place(one, other):
        return
    if likeness >= SAME_WORDS:
        yield Finding(Reason.SAME_WORDS, values={"likeness": likeness})
    if not (one.place and other.place and one.acts & other.acts):
        return
    if one.page and one.page == other.page:
        yield Finding(Reason.SAME_ADDRESS)
    if _count_alike(one, other):
        yield Finding(Reason.SAME_FACTS)


def _may_be_one_place(one: Account, other: Account) -> bool:
    """One sentence about two villages is entered twice, and rightly so."""
    if not (one.place and other.place):
        return True
    here, there = one.place, other.place
    return here.key in {there.key, *there.within} or there.key in here.within


def _count_alike(one: Account, other: Account) -> bool:
    """Whether all that both count comes to the same."""
    ours, theirs = (
        {(harm, group): number for harm, group, number in account.figures}
        for account in (one, other)
    )
    both = ours.keys() & theirs.keys()
    return bool(both) and all(ours[counted] == theirs[counted] for counted in both)


def _have_one_origin(one: Report, other: Report) -> bool:
    """Whether both make the claim of one claimant, or one relays what the other claims.

    That one outlet relays two claimants makes their claims no duplicates.
    """
    return _group(one.claimant) in {_group(other.claimant), _group(other.source)} or (
        _group(other.claimant) == _group(one.source)
    )


def _group(source: Source) -> str | int:
    """Sources that draw on one another share a group; any other is a group of its own."""
    return source.independence_group or source.pk


def _of_origins(report: Report) -> Q:
    sources = [report.source, report.claimant]
    groups = [source.independence_group for source in sources if source.independence_group]
    found = Q()
    for name in ("source", "relayed_from"):
        found |= Q(**{f"{name}__in": sources}) | Q(**{f"{name}__independence_group__in": groups})
    return found
