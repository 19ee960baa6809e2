"""Which addresses this process serves: the public's, the desk's, or both (TRACKER_ROLE)."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext as _
from django.views import defaults

from tracker import outages, problems
from tracker.public.api.reports import ReportList
from tracker.public.urls import health_urls
from tracker.public.urls import urlpatterns as public_urls

urlpatterns: list[Any] = []

if settings.HAS_DESK:
    from tracker.desk import tasks
    from tracker.desk.admin import site
    from tracker.desk.api.metrics import metrics
    from tracker.desk.api.submitting import SubmitReport

    class Reports(SubmitReport, ReportList):
        """The one address both wings share: the public reads it, partners submit to it."""

    both = settings.TRACKER_ROLE == "all"
    urlpatterns += [
        *health_urls(tasks.trouble),
        path("metrics", metrics, name="metrics"),
        path(settings.ADMIN_PATH, site.urls),
        path("api/desk/v1/", include("tracker.desk.api.urls")),
        path("api/v1/reports/", (Reports if both else SubmitReport).as_view(), name="reports"),
    ]
else:
    urlpatterns += health_urls()

if settings.TRACKER_ROLE != "desk":
    urlpatterns += public_urls


def _is_api(request: HttpRequest) -> bool:
    return f"{request.path}/".startswith(("/api/", "/feeds/", "/health/", "/metrics/", "/ogc/"))


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return problems.problem(400, _("The request cannot be read."))
    return defaults.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return (
        problems.not_found(request)
        if _is_api(request)
        else defaults.page_not_found(request, exception)
    )


def handler500(request: HttpRequest) -> HttpResponse:
    if outage := outages.of(sys.exc_info()[1]):
        return outages.answer(outage, as_page=not _is_api(request))
    if _is_api(request):
        return problems.problem(500, _("Something went wrong here; it has been logged."))
    return defaults.server_error(request)
