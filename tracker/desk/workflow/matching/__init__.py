"""Which reports tell of which incident, and which tell what another has told already."""

from __future__ import annotations

from tracker.desk.workflow.matching.attaching import attach, detach, open_incident
from tracker.desk.workflow.matching.duplicates import Duplicate, like
from tracker.desk.workflow.matching.suggesting import Suggestion, incidents_for, reports_for

__all__ = [
    "Duplicate",
    "Suggestion",
    "attach",
    "detach",
    "incidents_for",
    "like",
    "open_incident",
    "reports_for",
]
