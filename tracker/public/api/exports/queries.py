"""What an export can be asked: all that its list can be, but for pages, and in which words it answers."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.public.filters import IncidentQuery, ReportQuery
from tracker.public.tallies import TallyQuery


def _language() -> serializers.ChoiceField:
    # A parameter and no header: under one address everyone is answered alike.
    return serializers.ChoiceField(
        [code for code, _name in settings.LANGUAGES],
        default="en",
        help_text=_("The language of labels and names; codes are the same in both."),
    )


class IncidentExportQuery(IncidentQuery):
    page_size = cursor = None  # type: ignore[assignment]
    language = _language()


class IncidentTableQuery(IncidentExportQuery):
    profile = serializers.ChoiceField(
        ["acled", "ucdp", "hxl"],
        required=False,
        help_text=_("In the columns of another dataset, or with a row of HXL hashtags."),
    )


class ReportExportQuery(ReportQuery):
    page_size = cursor = None  # type: ignore[assignment]
    language = _language()


class TallyExportQuery(TallyQuery):
    page_size = cursor = None  # type: ignore[assignment]
    language = _language()
