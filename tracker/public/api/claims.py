"""The claims ledger of one incident, worked out from what its edition tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.claims import Statement, differing, oldest_first
from tracker.public.api.documents import ClaimDocument, CorroborationDocument, Published

# Members of a report that are compared as they are, those that are sets, and those known by their id.
PLAIN = ("stance", "justification", "date_start", "date_end")
SETS = ("acts", "means")


class LedgerDocument(Published):
    """Who says what about an incident, and when. Nothing is added up."""

    incident = serializers.UUIDField(help_text=_("Id of the incident."))
    corroboration = CorroborationDocument(
        allow_null=True, help_text=_("Who independently says so; null where not counted yet.")
    )
    differs = serializers.ListField(
        child=serializers.CharField(),
        help_text=_(
            "Members on which the claimants who tell of them differ, such as"
            " figures.killed.all. What each said last is compared; a confidential claimant's every"
            " report is compared by itself; words as written are not compared."
        ),
    )
    reports = ClaimDocument(
        many=True, help_text=_("By the day they were stated; without a day last.")
    )


def ledger(incident: dict[str, Any]) -> dict[str, Any]:
    """The ledger of an incident's document."""
    reports = oldest_first(incident["reports"], day=_day)
    return {
        "incident": incident["id"],
        # Editions of before it was counted have none.
        "corroboration": incident.get("corroboration"),
        "differs": sorted(differing(map(_statement, reports))),
        "reports": reports,
        **{name: incident[name] for name in ("revision", "published_on", "updated_on")},
    }


def _day(report: dict[str, Any]) -> dt.date | None:
    return dt.date.fromisoformat(report["stated_on"]) if report["stated_on"] else None


def _statement(report: dict[str, Any]) -> Statement:
    told: dict[str, Hashable] = {name: report[name] for name in PLAIN}
    told |= {name: frozenset(report[name]) for name in SETS}
    told["accused"] = frozenset(party["id"] for party in report["accused"])
    told["place"] = report["place"] and report["place"]["id"]
    for figure in report["figures"]:
        numbers = (figure["low"], figure["best"], figure["high"])
        told[f"figures.{figure['harm']}.{figure['group']}"] = (
            None if numbers == (None, None, None) else numbers
        )
    # A masked report is a claimant by itself: nothing tells whether two are of one source.
    claimant = report["claimant"]["id"] or report["id"]
    return Statement(claimant, _day(report), {name: value for name, value in told.items() if value})
