"""The whole of what a list finds, as a file: /api/v1/incidents.csv and its like."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from tracker.errors import InvalidInput
from tracker.openapi import parameters, refusals
from tracker.problems import problem
from tracker.public.api.exports import about, forms, queries
from tracker.public.api.exports.metadata import metadata
from tracker.public.api.exports.reading import documents
from tracker.public.api.exports.streaming import RETRY_AFTER, Busy, Pieces
from tracker.public.api.views import PublicView
from tracker.public.filters import Query
from tracker.public.formats import parquet
from tracker.public.formats.incidents import INCIDENTS
from tracker.public.formats.reports import REPORTS
from tracker.public.formats.tables import Table
from tracker.public.formats.tallies import TALLIES
from tracker.public.models import Edition, EditionQuerySet, Kind


class Export(PublicView):
    """Published editions of one kind, filtered and whole."""

    resource: ClassVar[str]
    kind: ClassVar[Kind]
    table: ClassVar[Table]
    query: ClassVar[type[Query]]
    form: ClassVar[forms.Form]

    def get(self, request: Request) -> HttpResponseBase:
        asked = self.query.read(request.query_params)
        tag = about.tag(request)
        is_held = about.is_held(request, tag)
        response = self._head() if is_held else self._answer(request, asked)
        name = about.file_name(
            self.resource, self.form.ending, self.query(), request.query_params.dict()
        )
        if response.status_code == 200:
            response["ETag"] = tag
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            response["Content-Language"] = asked["language"]
            # The columns of other datasets are described by those who made them.
            has_own_columns = asked.get("profile") not in {"acled", "ucdp"}
            described_by = f"{self.resource}_columns" if has_own_columns else ""
            response["Link"] = about.links(request, described_by)
            response["Methodology-Version"] = about.METHODOLOGY
            if self.form.is_packed:
                response["Content-Encoding"] = "identity"
        return response

    def _answer(self, request: Request, asked: dict[str, Any]) -> HttpResponseBase:
        if request.method == "HEAD":
            return self._head()
        editions = self.query.apply(Edition.objects.of(self.kind), asked)
        self._refuse_too_many(editions)
        order = self.query.order(asked)
        export = forms.Export(
            rows=documents(self.kind, editions, order, asked),
            table=self.table,
            wording=about.wording(asked["language"]),
            about=about.about(request, asked["language"]),
            profile=asked.get("profile", ""),
        )
        try:
            pieces = Pieces(self.form.pieces(export), self.form.broken)
        except Busy:
            detail = _("Others are being handed out: ask again in a while.")
            return problem(503, detail, headers={"Retry-After": RETRY_AFTER})
        return StreamingHttpResponse(pieces, content_type=self.form.content_type)

    def _head(self) -> HttpResponseBase:
        """The answer without what it says, of which nobody knows the length beforehand."""
        return StreamingHttpResponse([], content_type=self.form.content_type)

    def _refuse_too_many(self, editions: EditionQuerySet) -> None:
        most = self.form.most
        if most and editions.order_by()[: most + 1].count() > most:
            raise InvalidInput(
                _("That is more than the %(most)d rows of a workbook: narrow it, or take the CSV.")
                % {"most": most}
            )


def described(export: type[Export]) -> type[Export]:
    """Describe an export in OpenAPI."""
    ending, content_type = export.form.ending, export.form.content_type.partition(";")[0]
    refused = refusals(400, *([501] if export.form is forms.GEOPARQUET else []), 503)
    return extend_schema_view(
        get=extend_schema(
            tags=[export.resource],
            operation_id=f"{export.resource}_{ending}",
            parameters=parameters(export.query),
            responses={(200, content_type): OpenApiTypes.BINARY, **refused},
        )
    )(export)


class Incidents(Export):
    resource, kind, table = "incidents", Kind.INCIDENT, INCIDENTS
    query = queries.IncidentExportQuery


@described
class IncidentsCsv(Incidents):
    """All incidents that the filters find, a row for each.

    incidents.csv-metadata.json describes its columns. Figures of claimants are in reports.csv.
    """

    form, query = forms.CSV, queries.IncidentTableQuery


@described
class IncidentsGeoJson(Incidents):
    """All incidents that the filters find, as one GeoJSON FeatureCollection."""

    form = forms.GEOJSON


@described
class IncidentsGeoJsonLines(Incidents):
    """All incidents that the filters find, as GeoJSON with one feature a line."""

    form = forms.GEOJSON_LINES


@described
class IncidentsXlsx(Incidents):
    """All incidents that the filters find, as a workbook that tells about itself and its columns."""

    form = forms.XLSX


@described
class IncidentsGeoParquet(Incidents):
    """All incidents that the filters find, as GeoParquet. Not every server can make it."""

    form = forms.GEOPARQUET

    def get(self, request: Request) -> HttpResponseBase:
        if not parquet.IS_INSTALLED:
            return problem(501, _("This server cannot make GeoParquet: pyarrow is not installed."))
        return super().get(request)


class Reports(Export):
    resource, kind, table = "reports", Kind.REPORT, REPORTS
    query = queries.ReportExportQuery


@described
class ReportsCsv(Reports):
    """All reports that the filters find, a row for each, with every figure they give."""

    form = forms.CSV


@described
class ReportsGeoJsonLines(Reports):
    """All reports that the filters find, as GeoJSON with one feature a line, each at its incident."""

    form = forms.GEOJSON_LINES


@described
class TalliesCsv(Export):
    """All counts that the filters find, a row for each. Never add up those of different monitors."""

    resource, kind, table = "tallies", Kind.TALLY, TALLIES
    form, query = forms.CSV, queries.TallyExportQuery


class Columns(PublicView):
    export: ClassVar[type[Export]]

    def get(self, request: Request) -> HttpResponse:
        Query.refuse_any(request.query_params)
        told = metadata(f"{self.export.resource}.csv", self.export.table)
        return HttpResponse(told, content_type="application/csvm+json")


def columns(described: type[Columns]) -> type[Columns]:
    """Describe a description of columns in OpenAPI."""
    resource = described.export.resource
    return extend_schema_view(
        get=extend_schema(
            tags=[resource],
            operation_id=f"{resource}_columns",
            responses={(200, "application/csvm+json"): OpenApiTypes.OBJECT, **refusals(400)},
        )
    )(described)


@columns
class IncidentColumns(Columns):
    """What the columns of incidents.csv hold (CSV on the Web)."""

    export = IncidentsCsv


@columns
class ReportColumns(Columns):
    """What the columns of reports.csv hold (CSV on the Web)."""

    export = ReportsCsv


@columns
class TallyColumns(Columns):
    """What the columns of tallies.csv hold (CSV on the Web)."""

    export = TalliesCsv
