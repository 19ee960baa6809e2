"""How many incidents there were on an agreement's days, and what they are under each reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tracker.codebook import Act, VerdictCode
from tracker.periods import ONE_DAY
from tracker.public.analytics import counts
from tracker.public.analytics.summary import MOST_VALUES, ranked
from tracker.public.models import Kind
from tracker.public.pages.agreement.view import VERDICTS, Counted, View, selection
from tracker.public.pages.reading import Document, by_id
from tracker.public.rollups import ALL

# Violations are told apart one by one: of more of them no page could wait for it.
MOST_TOLD_APART = 20_000
# How many days before an agreement what lasts into it is looked for.
LONG_BEFORE = 90


@dataclass(frozen=True)
class Line:
    """The incidents under one code or party, and how many of them are violations.

    The label is a code's, the party a party's document; neither: those that have none.
    """

    label: Any
    party: Document | None
    incidents: Counted
    violations: Counted | None


@dataclass(frozen=True)
class UnderReading:
    """What the incidents are under one reading, in the order of VERDICTS."""

    reading: Document
    verdicts: list[Counted]
    is_read: bool


@dataclass(frozen=True)
class Numbers:
    """`are_told_apart` is whether the violations are few enough to be counted by act and by accused.

    `lasting` began in the 90 days before the first and lasted into it.
    """

    are_told_apart: bool
    incidents: Counted
    lasting: Counted
    contested: Counted
    verdicts: list[tuple[VerdictCode, Counted]]
    readings: list[UnderReading]
    by_act: list[Line]
    by_accused: list[Line]


def numbers(view: View) -> Numbers | None:
    """Everything that is counted on the agreement's days; None before the first of them."""
    if view.standing.days is None:
        return None
    named = [ALL, "act", "accused", "verdict", "contested"]
    told = counts.by_value(selection(view.on_its_days()), named)
    violating: dict[str, Counter[str]] = {}
    violation = f"{VerdictCode.VIOLATION}@{view.reading['id']}" if view.reading else ""
    if violation and told["verdict"][violation] <= MOST_TOLD_APART:
        of_violations = selection(view.judged(VerdictCode.VIOLATION))
        violating = counts.by_value(of_violations, ["act", "accused"])
    readings = [
        UnderReading(each, _verdicts(view, each, told["verdict"]), each == view.reading)
        for each in view.agreement["readings"]
    ]
    accused = by_id(Kind.PARTY, filter(None, told["accused"]))
    contested = view.on_its_days(contested="true", agreement=view.slug)
    return Numbers(
        are_told_apart=bool(violating),
        incidents=Counted(told[ALL].total(), view.on_its_days()),
        lasting=_lasting(view),
        contested=Counted(told["contested"][view.slug], contested),
        verdicts=[
            (code, counted)
            for each in readings
            if each.is_read
            for code, counted in zip(VERDICTS, each.verdicts, strict=True)
        ],
        readings=readings,
        by_act=_lines(view, "act", told, violating, {}),
        by_accused=_lines(view, "accused", told, violating, accused),
    )


def _lasting(view: View) -> Counted:
    first = view.standing.first
    before = {
        "date_from": (first - LONG_BEFORE * ONE_DAY).isoformat(),
        "date_to": (first - ONE_DAY).isoformat(),
    }
    query = {"agreement": view.slug, **before}
    return Counted(counts.total(selection(query)), query)


def _verdicts(view: View, reading: Document, counted: Counter[str]) -> list[Counted]:
    return [
        Counted(
            counted[f"{verdict}@{reading['id']}"],
            view.on_its_days(verdict=verdict, reading=reading["id"]),
        )
        for verdict in VERDICTS
    ]


def _lines(
    view: View,
    name: str,
    told: dict[str, Counter[str]],
    violating: dict[str, Counter[str]],
    parties: dict[str, Document],
) -> list[Line]:
    """The most frequent values first; as many as the API tells."""
    lines = []
    for each in ranked(told[name])[:MOST_VALUES]:
        value = each.value or ""
        violations = violating[name][value] if violating else None
        listed = {name: value} if value else None
        lines.append(
            Line(
                label=Act(value).label if name == "act" and value else "",
                party=parties.get(value),
                incidents=Counted(each.incidents, view.on_its_days(**listed) if listed else None),
                violations=None
                if violations is None
                else Counted(
                    violations,
                    view.judged(VerdictCode.VIOLATION, **listed) if listed else None,
                ),
            )
        )
    return lines
