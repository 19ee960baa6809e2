"""The one door between the wings: the only code that writes editions."""

from __future__ import annotations

from tracker.desk.workflow.publishing.agreements import publish_agreement, reissue_agreement
from tracker.desk.workflow.publishing.counting import counted
from tracker.desk.workflow.publishing.counting import rebuild as rebuild_counts
from tracker.desk.workflow.publishing.counting import wrong as wrong_counts
from tracker.desk.workflow.publishing.coverage import publish_coverage
from tracker.desk.workflow.publishing.incidents import (
    difference,
    missing,
    publish,
    refuse_unready,
    withdraw,
)
from tracker.desk.workflow.publishing.places import replace_place, restore_place
from tracker.desk.workflow.publishing.replacing import part_incident, replace_incident
from tracker.desk.workflow.publishing.scopes import reissue_scope
from tracker.desk.workflow.publishing.situation import correct_situation, issue_situation
from tracker.desk.workflow.publishing.sources import hide_source
from tracker.desk.workflow.publishing.tallies import publish_bulletin

__all__ = [
    "correct_situation",
    "counted",
    "difference",
    "hide_source",
    "issue_situation",
    "missing",
    "part_incident",
    "publish",
    "publish_agreement",
    "publish_bulletin",
    "publish_coverage",
    "rebuild_counts",
    "refuse_unready",
    "reissue_agreement",
    "reissue_scope",
    "replace_incident",
    "replace_place",
    "restore_place",
    "withdraw",
    "wrong_counts",
]
