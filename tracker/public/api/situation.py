"""Situation reports that were issued: numbers as they were then, and their corrections since."""

from __future__ import annotations

from tracker.public.api.describe import listing, single
from tracker.public.api.situation_documents import SituationReportDocument
from tracker.public.api.views import EditionDetail, EditionList
from tracker.public.models import Kind
from tracker.public.situation.asked import SituationReportQuery


@listing("situation-reports", SituationReportDocument, SituationReportQuery)
class SituationReportList(EditionList):
    """The reports that were issued, newest first."""

    kind = Kind.SITUATION
    query = SituationReportQuery


@single("situation-reports", SituationReportDocument)
class SituationReportDetail(EditionDetail):
    """One report as it was issued."""

    kind = Kind.SITUATION
