"""What monitors could see, so that no report is not read as no violation."""

from __future__ import annotations

from tracker.public.api.coverage_documents import CoverageDocument
from tracker.public.api.describe import listing, single
from tracker.public.api.views import EditionDetail, EditionList
from tracker.public.coverage import CoverageQuery
from tracker.public.models import Kind


@listing("coverage", CoverageDocument, CoverageQuery)
class CoverageList(EditionList):
    """How far monitors could see, newest first. Where nothing is told, nothing is known."""

    kind = Kind.COVERAGE
    query = CoverageQuery


@single("coverage", CoverageDocument)
class CoverageDetail(EditionDetail):
    """How far one monitor could see one area in one period."""

    kind = Kind.COVERAGE
