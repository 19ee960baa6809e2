"""/api/desk/v1/: what staff and partners' systems work with, by rights."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import path, re_path, register_converter
from django.urls.converters import UUIDConverter

from tracker.desk.api.assessments import IncidentAssessments
from tracker.desk.api.coverage import CoverageList, CoveragePublication, CoverageView
from tracker.desk.api.evidence import EvidenceFile, IncidentEvidence, ReportEvidence
from tracker.desk.api.incident_work import (
    IncidentHistory,
    IncidentReport,
    IncidentReports,
    IncidentSteps,
)
from tracker.desk.api.incidents import IncidentList, IncidentView
from tracker.desk.api.reports import ReportList, ReportView
from tracker.desk.api.tallies import BulletinList, BulletinPublication, BulletinView
from tracker.desk.api.triage import ReportSuggestions, ReportTriage
from tracker.problems import not_found


class Key:
    """What a thing is asked for by: the desk's own number, or its public id."""

    regex = rf"[0-9]{{1,18}}|{UUIDConverter.regex}"

    def to_python(self, value: str) -> int | UUID:
        return int(value) if value.isdecimal() else UUID(value)

    def to_url(self, value: Any) -> str:
        return str(value)


register_converter(Key, "key")

urlpatterns = [
    path("incidents/", IncidentList.as_view(), name="desk_incidents"),
    path("incidents/<key:key>/", IncidentView.as_view(), name="desk_incident"),
    path("incidents/<key:key>/steps/", IncidentSteps.as_view(), name="desk_incident_steps"),
    path("incidents/<key:key>/reports/", IncidentReports.as_view(), name="desk_incident_reports"),
    path(
        "incidents/<key:key>/reports/<int:report>/",
        IncidentReport.as_view(),
        name="desk_incident_report",
    ),
    path("incidents/<key:key>/history/", IncidentHistory.as_view(), name="desk_incident_history"),
    path(
        "incidents/<key:key>/assessments/",
        IncidentAssessments.as_view(),
        name="desk_incident_assessments",
    ),
    path(
        "incidents/<key:key>/evidence/", IncidentEvidence.as_view(), name="desk_incident_evidence"
    ),
    path("reports/", ReportList.as_view(), name="desk_reports"),
    path("reports/<key:key>/", ReportView.as_view(), name="desk_report"),
    path("reports/<key:key>/triage/", ReportTriage.as_view(), name="desk_report_triage"),
    path(
        "reports/<key:key>/suggestions/",
        ReportSuggestions.as_view(),
        name="desk_report_suggestions",
    ),
    path("reports/<key:key>/evidence/", ReportEvidence.as_view(), name="desk_report_evidence"),
    path("evidence/<int:number>/file/", EvidenceFile.as_view(), name="desk_evidence_file"),
    path("tallies/", BulletinList.as_view(), name="desk_bulletins"),
    path("tallies/<key:key>/", BulletinView.as_view(), name="desk_bulletin"),
    path(
        "tallies/<key:key>/publish/",
        BulletinPublication.as_view(),
        name="desk_bulletin_publication",
    ),
    path("coverage/", CoverageList.as_view(), name="desk_coverage"),
    path("coverage/<key:key>/", CoverageView.as_view(), name="desk_coverage_period"),
    path(
        "coverage/<key:key>/publish/",
        CoveragePublication.as_view(),
        name="desk_coverage_publication",
    ),
    re_path("", not_found),
]
