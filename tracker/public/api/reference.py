"""Reference data: what incidents and reports refer to."""

from __future__ import annotations

from tracker.public.api.describe import listing, single
from tracker.public.api.documents import (
    AgreementDocument,
    PartyDocument,
    SourceDocument,
)
from tracker.public.api.views import EditionDetail, EditionList
from tracker.public.filters import AgreementQuery, PartyQuery, SourceQuery
from tracker.public.models import Kind


@listing("agreements", AgreementDocument, AgreementQuery)
class AgreementList(EditionList):
    """Published agreements, by title."""

    kind = Kind.AGREEMENT
    query = AgreementQuery


@single("agreements", AgreementDocument)
class AgreementDetail(EditionDetail):
    """One agreement."""

    kind = Kind.AGREEMENT


@listing("parties", PartyDocument, PartyQuery)
class PartyList(EditionList):
    """Parties named in published reports, by name."""

    kind = Kind.PARTY
    query = PartyQuery


@single("parties", PartyDocument)
class PartyDetail(EditionDetail):
    """One party."""

    kind = Kind.PARTY


@listing("sources", SourceDocument, SourceQuery)
class SourceList(EditionList):
    """Sources of published reports that are not confidential, by name."""

    kind = Kind.SOURCE
    query = SourceQuery


@single("sources", SourceDocument)
class SourceDetail(EditionDetail):
    """One source."""

    kind = Kind.SOURCE
