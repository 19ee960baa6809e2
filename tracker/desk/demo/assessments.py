"""Writes what the demo holds of an incident."""

from __future__ import annotations

from typing import Any

from tracker.desk.models import Incident, Party, Report, User
from tracker.desk.workflow.assessing import assess

Row = dict[str, Any]


def load(incident: Incident, told: list[Row], *, by: User) -> None:
    """Assess an incident that is new, by the rows about it; each may rest on one of its reports."""
    for row in told:
        numbers: Row = {name: int(row.pop(name)) for name in ("low", "best", "high") if name in row}
        if "party" in row:
            row["party"] = Party.objects.get(slug=row["party"])
        if "source" in row:
            row["basis_report"] = Report.objects.get(
                source__slug=row.pop("source"), external_id=row.pop("external_id")
            )
        assess(incident, **row, **numbers, by=by)
