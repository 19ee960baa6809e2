"""What monitors could see: one period on each page, the next begun from the last."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.desk.admin.publishable import PublishableAdmin
from tracker.desk.admin.site import PLACE_NAMES, DeskAdmin, site
from tracker.desk.models import Coverage
from tracker.desk.workflow import coverage, publishing


@admin.register(Coverage, site=site)
class CoverageAdmin(PublishableAdmin, DeskAdmin):
    publish_right = "publish_coverage"
    fields = [
        ("monitor", "place"),
        ("date_start", "date_end"),
        ("access", "obstructed_by", "means"),
        "as_written",
        ("document", "stated_on"),
        "url",
        "note",
        "published_on",
    ]
    readonly_fields = ["published_on"]
    autocomplete_fields = ["monitor", "place", "obstructed_by"]
    kept_for_the_next = ["monitor", "date_start", "date_end", "document", "stated_on", "url"]
    list_display = [
        "date_start",
        "date_end",
        "monitor",
        "place",
        "access",
        "obstructed_by",
        "published_on",
    ]
    list_filter = ["access", ("published_on", admin.EmptyFieldListFilter)]
    list_select_related = ["monitor", "place", "obstructed_by"]
    search_fields = ["monitor__folded", "document", "url", *PLACE_NAMES]
    date_hierarchy = "date_start"

    def save_model(self, request: HttpRequest, obj: Coverage, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        for sentence in coverage.contradictions(obj):
            self.message_user(request, sentence, messages.WARNING)

    def publish_one(self, request: HttpRequest, obj: Coverage) -> None:
        publishing.publish_coverage(obj)
        self.message_user(request, _("Published: %s") % obj)
