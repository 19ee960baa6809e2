"""The claims in published incidents."""

from __future__ import annotations

from tracker.public.api.describe import listing, single
from tracker.public.api.documents import MeasuredReportDocument, ReportDocument
from tracker.public.api.views import EditionDetail, EntryList
from tracker.public.filters import ReportQuery
from tracker.public.models import Kind


@listing("reports", MeasuredReportDocument, ReportQuery)
class ReportList(EntryList):
    """Reports in published incidents, newest first."""

    kind = Kind.REPORT
    query = ReportQuery


@single("reports", ReportDocument)
class ReportDetail(EditionDetail):
    """One report."""

    kind = Kind.REPORT
