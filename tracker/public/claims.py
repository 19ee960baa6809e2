"""What the claims in an incident's document say against one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from typing import Any

from tracker.claims import Statement, differing, oldest_first

# Members of a report that are compared as they are, and those that are sets.
PLAIN = ("stance", "justification", "date_start", "date_end")
SETS = ("acts", "means")


def by_day(reports: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By the day they were stated; without a day last."""
    return oldest_first(reports, day=_day)


def differs(reports: Iterable[dict[str, Any]]) -> list[str]:
    """The members on which the claimants who tell of them differ, such as figures.killed.all."""
    return sorted(differing(map(_statement, reports)))


def claimant(report: dict[str, Any]) -> str:
    """Whose statement it is. A masked one is by itself: nothing tells whether two are of one source."""
    return report["claimant"]["id"] or report["id"]


def numbers(figure: dict[str, Any]) -> tuple[int, ...] | None:
    """Low, best and high of a figure; None where none of them is known."""
    told = (figure["low"], figure["best"], figure["high"])
    return None if told == (None, None, None) else told


def _day(report: dict[str, Any]) -> dt.date | None:
    return dt.date.fromisoformat(report["stated_on"]) if report["stated_on"] else None


def _statement(report: dict[str, Any]) -> Statement:
    told: dict[str, Hashable] = {name: report[name] for name in PLAIN}
    told |= {name: frozenset(report[name]) for name in SETS}
    told["accused"] = frozenset(party["id"] for party in report["accused"])
    told["place"] = report["place"] and report["place"]["id"]
    for figure in report["figures"]:
        told[f"figures.{figure['harm']}.{figure['group']}"] = numbers(figure)
    return Statement(
        claimant(report), _day(report), {name: value for name, value in told.items() if value}
    )
