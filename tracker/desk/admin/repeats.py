"""A warning where a report that is typed may have been entered before. It keeps nobody from saving."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from tracker.desk.models import Report
from tracker.desk.workflow import matching
from tracker.desk.workflow.matching import Duplicate

# How many are named; the inbox shows more.
NAMED = 3


def warn(page: admin.ModelAdmin, request: HttpRequest, report: Report) -> None:
    """Name the reports that say the same, with reasons; a person decides whether it is a duplicate."""
    found = matching.like(report, user=request.user)
    if not found:
        return
    said = format_html(
        '{} {}. <a href="{}">{}</a>',
        _("This may have been entered before:"),
        format_html_join("; ", '<a href="{}"><bdi>{}</bdi></a> ({})', map(_told, found[:NAMED])),
        reverse("admin:inbox_report", args=[report.pk]),
        _("Look at it in the inbox"),
    )
    page.message_user(request, said, messages.WARNING)


def _told(found: Duplicate) -> tuple[str, Report, str]:
    address = reverse("admin:desk_report_change", args=[found.report.pk])
    return address, found.report, " · ".join(found.reasons)
