"""Situation reports issued, as the desk's page does it."""

from __future__ import annotations

from tracker.desk.models import SituationReport
from tracker.desk.workflow import publishing
from tracker.public.models import Edition
from tracker.public.situation.numbers import digest, report
from tracker.scope.days import Span


def issue(draft: SituationReport) -> Edition:
    """With the numbers that the public reads now."""
    about = draft.agreement.slug if draft.agreement else None
    numbers = report(Span(draft.date_start, draft.date_end), about)
    return publishing.issue_situation(draft, numbers=numbers, sha256=digest(numbers))
