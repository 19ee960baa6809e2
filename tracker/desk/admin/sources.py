from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.desk.admin.site import SlugAdmin, site
from tracker.desk.models import Source
from tracker.desk.models.sources import SEE_CONFIDENTIAL
from tracker.desk.workflow import publishing


@admin.register(Source, site=site)
class SourceAdmin(SlugAdmin):
    fields = [
        "name",
        "name_ar",
        "slug",
        "kind",
        "alignment",
        "language",
        "url",
        "independence_group",
        "reliability",
        "is_confidential",
        "note",
    ]
    autocomplete_fields = ["alignment"]
    list_display = ["name", "name_ar", "kind", "alignment", "reliability", "is_confidential"]
    list_filter = ["kind", "reliability", "is_confidential"]
    list_select_related = ["alignment"]
    search_fields = ["name", "name_ar", "folded"]

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if obj.is_confidential and "is_confidential" in form.changed_data:
            publishing.hide_source(obj)
            if not request.user.has_perm(SEE_CONFIDENTIAL):
                self.message_user(
                    request,
                    _("The source is now confidential: you no longer have the right to see it."),
                    messages.WARNING,
                )
