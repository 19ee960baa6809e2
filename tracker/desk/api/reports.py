"""Reports as the desk holds them; submitting.py takes them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from tracker.codebook import Act, Means, SetAside
from tracker.desk.api.describe import listing, reading
from tracker.desk.api.filters import HappenedQuery
from tracker.desk.api.references import (
    PartyAtDesk,
    PlaceAtDesk,
    PositionField,
    SourceAtDesk,
    code_list,
    numbered,
    own_number,
    public_id,
)
from tracker.desk.api.rights import DeskRequest, MayReadReports, readable_reports
from tracker.desk.api.views import ThingList, ThingView
from tracker.desk.models import Figure, Report
from tracker.desk.models.reports import ReportQuerySet
from tracker.paging import Order


class FigureAtDesk(serializers.ModelSerializer[Figure]):
    class Meta:
        model = Figure
        fields = ["harm", "group", "low", "best", "high", "as_written"]


class DeskReportDocument(serializers.ModelSerializer[Report]):
    """One source's statement about one alleged event, as the desk holds it."""

    number = own_number()
    id = public_id()
    incident = numbered(
        _("Number of its incident; null while it waits for one."),
        source="incident_id",
        allow_null=True,
    )
    source = SourceAtDesk(help_text=_("Where the statement was read, seen or heard."))  # type: ignore[assignment]
    relayed_from = SourceAtDesk(
        allow_null=True, help_text=_("Who made it, where the source only passes it on.")
    )
    stated_on = serializers.DateField(
        source="published_on", allow_null=True, help_text=_("Day the statement was made.")
    )
    place = PlaceAtDesk(allow_null=True, help_text=_("The place of the gazetteer that is meant."))
    position = PositionField()
    acts = code_list(Act, _("What is said to have been done."))
    means = code_list(Means, _("The weapons or methods named."))
    accused = PartyAtDesk(many=True, help_text=_("Parties named; the order means nothing."))
    figures = FigureAtDesk(many=True, help_text=_("The numbers it gives."))
    supersedes = numbered(
        _("Number of the report that this one corrects."), source="supersedes_id", allow_null=True
    )
    set_aside = serializers.ChoiceField(
        SetAside.choices,
        allow_blank=True,
        read_only=True,
        help_text=_("Why it waits for no incident; empty where it does, or has one."),
    )
    duplicate_of = numbered(
        _("Number of the report that holds the same statement."),
        source="duplicate_of_id",
        allow_null=True,
    )
    claimed_by = serializers.CharField(
        source="claimed_by.username",
        allow_null=True,
        help_text=_("Who is looking at it now; its version does not tell of this."),
    )

    class Meta:
        model = Report
        fields = [
            *("number", "id", "incident", "source", "relayed_from", "external_id"),
            *("url", "archive_url", "stated_on", "language", "text", "translation"),
            *("date_start", "date_end", "date_precision", "place", "place_as_written"),
            *("position", "geo_precision", "radius_m", "acts", "means", "accused"),
            *("accused_as_written", "stance", "justification", "figures", "note"),
            *("supersedes", "set_aside", "set_aside_because", "duplicate_of"),
            *("claimed_by", "entered_at"),
        ]


class DeskReportQuery(HappenedQuery):
    """What the desk's reports can be asked."""

    attached = serializers.BooleanField(
        required=False, help_text=_("Whether it belongs to an incident.")
    )
    source = serializers.SlugField(  # type: ignore[assignment]
        required=False, max_length=64, help_text=_("Slug of the source, or of who it relays.")
    )


def with_all(reports: ReportQuerySet) -> ReportQuerySet:
    """Reports with all that their documents show, however many, in three queries."""
    related = reports.select_related("source", "relayed_from", "place", "claimed_by")
    return related.prefetch_related("accused", "figures")


class ReportList(ThingList):
    rights = {"GET": MayReadReports}
    query = DeskReportQuery
    order = Order("-date", ("date_start", "id"))

    def selected(self, asked: dict[str, Any]) -> ReportQuerySet:
        reports = with_all(readable_reports(self.request.user))
        if "attached" in asked:
            reports = reports.filter(incident__isnull=not asked["attached"])
        if "source" in asked:
            by = asked["source"]
            reports = reports.filter(Q(source__slug=by) | Q(relayed_from__slug=by))
        return self.query.happened(reports, asked)

    def documents(self, things: Sequence[Report]) -> Any:
        return DeskReportDocument(things, many=True).data

    @listing("reports", DeskReportDocument, DeskReportQuery)
    def get(self, request: DeskRequest) -> Response:
        """Reports, newest first: a confidential source's only for who may know of it."""
        return self.page(request)


class ReportThing(ThingView):
    """A report: whatever is done with it is answered with it as it is then."""

    kind = "report"

    def things(self) -> ReportQuerySet:
        return readable_reports(self.request.user)

    def document(self, number: int) -> Any:
        return DeskReportDocument(with_all(self.things()).get(pk=number)).data


class ReportView(ReportThing):
    rights = {"GET": MayReadReports}

    @reading("reports_retrieve", DeskReportDocument)
    def get(self, request: DeskRequest, key: int | UUID) -> Response:
        """One report."""
        return self.read(request, key)
