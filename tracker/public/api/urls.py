"""/api/v1/: what everyone may read."""

from __future__ import annotations

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from tracker.problems import not_found
from tracker.public.api.boundaries import Boundaries
from tracker.public.api.codebook import Codebook
from tracker.public.api.coverage import CoverageDetail, CoverageList
from tracker.public.api.deleted import DeletedList
from tracker.public.api.exports.views import (
    IncidentColumns,
    IncidentsCsv,
    IncidentsGeoJson,
    IncidentsGeoJsonLines,
    IncidentsGeoParquet,
    IncidentsXlsx,
    ReportColumns,
    ReportsCsv,
    ReportsGeoJsonLines,
    TalliesCsv,
    TallyColumns,
)
from tracker.public.api.incidents import (
    IncidentDetail,
    IncidentHistory,
    IncidentList,
    IncidentReports,
    IncidentScope,
)
from tracker.public.api.index import Index
from tracker.public.api.places import PlaceDetail, PlaceList, PlacesAround
from tracker.public.api.reference import (
    AgreementDetail,
    AgreementList,
    PartyDetail,
    PartyList,
    SourceDetail,
    SourceList,
)
from tracker.public.api.reports import ReportDetail, ReportList
from tracker.public.api.situation import SituationReportDetail, SituationReportList
from tracker.public.api.statistics import (
    Accusations,
    BeforeAfter,
    Cells,
    QuietDays,
    Summary,
    Timeline,
)
from tracker.public.api.tallies import Concordance, TallyDetail, TallyList

# A page of HTML has no answer to OPTIONS. The package's own template holds a style.
reference = csp_update({"style-src": [UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(url_name="schema", http_method_names=["get", "head"])
)

urlpatterns = [
    path("", Index.as_view(), name="api"),
    path("incidents/", IncidentList.as_view(), name="incidents"),
    path("incidents/<uuid:public_id>/", IncidentDetail.as_view(), name="incident"),
    path("incidents/<uuid:public_id>/reports/", IncidentReports.as_view(), name="incident_reports"),
    path("incidents/<uuid:public_id>/history/", IncidentHistory.as_view(), name="incident_history"),
    path("incidents/<uuid:public_id>/scope/", IncidentScope.as_view(), name="incident_scope"),
    path("reports/", ReportList.as_view(), name="reports"),
    path("reports/<uuid:public_id>/", ReportDetail.as_view(), name="report"),
    path("agreements/", AgreementList.as_view(), name="agreements"),
    path("agreements/<slug:public_id>/", AgreementDetail.as_view(), name="agreement"),
    path("parties/", PartyList.as_view(), name="parties"),
    path("parties/<slug:public_id>/", PartyDetail.as_view(), name="party"),
    path("places/", PlaceList.as_view(), name="places"),
    path("places/reverse/", PlacesAround.as_view(), name="places_around"),
    path("places/<uuid:public_id>/", PlaceDetail.as_view(), name="place"),
    path("boundaries/", Boundaries.as_view(), name="boundaries"),
    path("sources/", SourceList.as_view(), name="sources"),
    path("sources/<slug:public_id>/", SourceDetail.as_view(), name="source"),
    path("tallies/", TallyList.as_view(), name="tallies"),
    path("tallies/concordance/", Concordance.as_view(), name="concordance"),
    path("tallies/<uuid:public_id>/", TallyDetail.as_view(), name="tally"),
    path("coverage/", CoverageList.as_view(), name="coverage"),
    path("coverage/<uuid:public_id>/", CoverageDetail.as_view(), name="coverage_period"),
    path("situation-reports/", SituationReportList.as_view(), name="situation_reports"),
    path(
        "situation-reports/<slug:public_id>/",
        SituationReportDetail.as_view(),
        name="situation_report",
    ),
    path("codebook/", Codebook.as_view(), name="codebook"),
    path("deleted/", DeletedList.as_view(), name="deleted"),
    path("incidents.csv", IncidentsCsv.as_view(), name="incidents_csv"),
    path("incidents.geojson", IncidentsGeoJson.as_view(), name="incidents_geojson"),
    path("incidents.geojsonl", IncidentsGeoJsonLines.as_view(), name="incidents_geojsonl"),
    path("incidents.xlsx", IncidentsXlsx.as_view(), name="incidents_xlsx"),
    path("incidents.parquet", IncidentsGeoParquet.as_view(), name="incidents_parquet"),
    path("reports.csv", ReportsCsv.as_view(), name="reports_csv"),
    path("reports.geojsonl", ReportsGeoJsonLines.as_view(), name="reports_geojsonl"),
    path("tallies.csv", TalliesCsv.as_view(), name="tallies_csv"),
    path("incidents.csv-metadata.json", IncidentColumns.as_view(), name="incidents_columns"),
    path("reports.csv-metadata.json", ReportColumns.as_view(), name="reports_columns"),
    path("tallies.csv-metadata.json", TallyColumns.as_view(), name="tallies_columns"),
    path("stats/summary/", Summary.as_view(), name="stats_summary"),
    path("stats/timeline/", Timeline.as_view(), name="stats_timeline"),
    path("stats/cells/", Cells.as_view(), name="stats_cells"),
    path("stats/accusations/", Accusations.as_view(), name="stats_accusations"),
    path("stats/quiet-days/", QuietDays.as_view(), name="stats_quiet_days"),
    path("stats/before-after/", BeforeAfter.as_view(), name="stats_before_after"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", reference, name="docs"),
    re_path("", not_found),
]
