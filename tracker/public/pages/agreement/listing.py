"""Agreements in a list: each with what it is today, and how many incidents there were on its days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Sum

from tracker.codebook import AgreementClass, VerdictCode
from tracker.periods import Period
from tracker.public.analytics import counts
from tracker.public.models import Rollup
from tracker.public.pages.agreement.standing import Standing
from tracker.public.pages.agreement.terms import all_agreements
from tracker.public.pages.agreement.view import Counted, Filters, selection, view_of
from tracker.public.pages.reading import Document
from tracker.public.rollups import ALL


@dataclass(frozen=True)
class Listed:
    """One of them. Its violations are those under its first reading, the text's; None without any."""

    agreement: Document
    classification: AgreementClass
    standing: Standing
    incidents: Counted
    violations: Counted | None


@dataclass(frozen=True)
class Family:
    """An agreement that stands under none that is published, and all that stand under it."""

    head: Listed
    local: list[Listed]


def families() -> list[Family]:
    """The newest first; within each the oldest first."""
    told = all_agreements()
    listed = _listed(told)
    heads = {each["id"]: _head(each, {one["id"]: one for one in told}) for each in told}
    return [
        Family(
            listed[slug],
            [listed[other] for other in heads if heads[other] == slug and other != slug],
        )
        for slug in reversed(heads)
        if heads[slug] == slug
    ]


def heads() -> list[Document]:
    """The agreements that stand under none that is published, the oldest first."""
    told = all_agreements()
    by_slug = {each["id"]: each for each in told}
    return [each for each in told if _head(each, by_slug) == each["id"]]


def _head(agreement: Document, told: Mapping[str, Document]) -> str:
    """The one at the top of those that an agreement stands under."""
    passed = [agreement["id"]]
    while (above := told[passed[-1]]["parent"]) in told and above not in passed:
        passed.append(above)
    return passed[-1]


def _listed(agreements: list[Document]) -> dict[str, Listed]:
    begun = _Begun()
    verdicts = counts.by_value(selection({}), ["verdict"])["verdict"]
    listed = {}
    for each in agreements:
        view = view_of(each, {})
        violations = None
        if view.reading:
            found = {"verdict": str(VerdictCode.VIOLATION), "reading": view.reading["id"]}
            number = verdicts[f"{VerdictCode.VIOLATION}@{view.reading['id']}"]
            violations = Counted(number, found)
        incidents = begun.counted(view.on_its_days())
        kind = AgreementClass(each["class"])
        listed[each["id"]] = Listed(each, kind, view.standing, incidents, violations)
    return listed


class _Begun:
    """How many incidents begin on any days: worked out once, for many agreements."""

    def __init__(self) -> None:
        held = Rollup.objects.filter(period=Period.DAY, name=ALL).order_by("start")
        told = held.values_list("start").annotate(number=Sum("incidents"))
        rows = [*told]
        self._days: list[dt.date] = [day for day, _number in rows]
        self._sums = [0, *accumulate(number for _day, number in rows)]

    def counted(self, filters: Filters) -> Counted:
        """How many the list holds that is asked for days alone; it is open to the future."""
        ends = filters.get("date_to", dt.date.max.isoformat())
        first = bisect_left(self._days, dt.date.fromisoformat(filters["date_from"]))
        last = bisect_right(self._days, dt.date.fromisoformat(ends))
        return Counted(self._sums[last] - self._sums[first], filters)
