"""The claims ledger of one incident, worked out from what its edition tells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.public import claims
from tracker.public.api.documents import ClaimDocument, CorroborationDocument, Published


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
    reports = claims.by_day(incident["reports"])
    return {
        "incident": incident["id"],
        # Editions of before it was counted have none.
        "corroboration": incident.get("corroboration"),
        "differs": claims.differs(reports),
        "reports": reports,
        **{name: incident[name] for name in ("revision", "published_on", "updated_on")},
    }
