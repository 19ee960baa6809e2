"""The claims of an incident side by side: a row for what is told, a column for each claimant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.codebook import Group, Harm
from tracker.public import claims

Report = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What a claimant told of a thing, and the days it said so; None where the day is not known."""

    value: Any
    days: list[str | None]


@dataclass(frozen=True)
class Row:
    """`form` says how its values are written; of codes, `of` names the list they are from."""

    name: Any
    form: str
    cells: list[list[Said]]
    differs: bool
    of: str = ""


@dataclass(frozen=True)
class Table:
    claimants: list[dict[str, Any]]
    statements: list[Row]
    figures: list[Row]


# Title, form, code list, the members it is differed on, and the value; nothing told is falsy.
_TOLD: tuple[tuple[Any, str, str, tuple[str, ...], Callable[[Report], Any]], ...] = (
    (_("Stance"), "code", "stance", ("stance",), lambda each: each["stance"]),
    (_("When"), "days", "", ("date_start", "date_end"), lambda each: _days(each)),
    (_("Where"), "place", "", ("place",), lambda each: each["place"]),
    (_("Acts"), "codes", "act", ("acts",), lambda each: each["acts"]),
    (_("Means"), "codes", "means", ("means",), lambda each: each["means"]),
    (_("Accused"), "parties", "", ("accused",), lambda each: each["accused"]),
    (
        _("Justification"),
        "code",
        "justification",
        ("justification",),
        lambda each: each["justification"],
    ),
)


def side_by_side(reports: list[Report]) -> Table:
    """The table of these claims, which are in the order they were stated."""
    columns: dict[str, list[Report]] = {}
    for report in reports:
        columns.setdefault(claims.claimant(report), []).append(report)
    differing = claims.differs(reports)
    return Table(
        claimants=[stated[0]["claimant"] for stated in columns.values()],
        statements=[*_statements([*columns.values()], differing)],
        figures=[*_figures([*columns.values()], differing)],
    )


def _statements(columns: list[list[Report]], differing: list[str]) -> Iterator[Row]:
    for name, form, of, members, value in _TOLD:
        cells = [_said(stated, value) for stated in columns]
        if any(cells):
            yield Row(name, form, cells, any(each in differing for each in members), of)


def _figures(columns: list[list[Report]], differing: list[str]) -> Iterator[Row]:
    """A row for each harm and group that anybody gave a number of: none is added to another."""
    for harm in Harm:
        for group in Group:
            cells = [_said(stated, _figure_of(harm, group)) for stated in columns]
            if any(cells):
                differs = f"figures.{harm}.{group}" in differing
                yield Row((harm, group), "figure", cells, differs)


def _said(stated: list[Report], value: Callable[[Report], Any]) -> list[Said]:
    """What one claimant told, in order; what it repeats is written once."""
    told: list[Said] = []
    for report in stated:
        now = value(report)
        if now and not (told and told[-1].value == now):
            told.append(Said(now, []))
        if now and report["stated_on"] not in told[-1].days:
            told[-1].days.append(report["stated_on"])
    return told


def _days(report: Report) -> tuple[str, str]:
    return report["date_start"], report["date_end"]


def _figure_of(harm: Harm, group: Group) -> Callable[[Report], Any]:
    def given(report: Report) -> Any:
        told = (each for each in report["figures"] if each["harm"] == harm)
        return next((each for each in told if each["group"] == group), None)

    return given
