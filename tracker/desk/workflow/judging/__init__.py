"""Every incident judged against every agreement, under each of its readings."""

from __future__ import annotations

from tracker.desk.workflow.judging.changes import (
    agreements_under_way,
    parties_changed,
    places_changed,
    terms_changed,
)
from tracker.desk.workflow.judging.preview import Change, Preview, preview
from tracker.desk.workflow.judging.saying import AgreementScope, FindingSaid, ReadingScope
from tracker.desk.workflow.judging.verdicts import (
    judge_incident,
    public_scope,
    verdicts_of,
)

__all__ = [
    "AgreementScope",
    "Change",
    "FindingSaid",
    "Preview",
    "ReadingScope",
    "agreements_under_way",
    "judge_incident",
    "parties_changed",
    "places_changed",
    "preview",
    "public_scope",
    "terms_changed",
    "verdicts_of",
]
