from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.desk.admin.judged import judge_again
from tracker.desk.admin.publishable import PublishableAdmin
from tracker.desk.admin.site import SlugAdmin, site
from tracker.desk.admin.terms import AdherenceInline, ProvisionInline, ReadingInline
from tracker.desk.models import Agreement
from tracker.desk.workflow import publishing


@admin.register(Agreement, site=site)
class AgreementAdmin(PublishableAdmin, SlugAdmin):
    change_form_template = "admin/desk/agreement/change_form.html"
    publish_right = "publish_agreement"
    slug_from = "title"
    fields = [
        "title",
        "title_ar",
        "slug",
        "classification",
        "parent",
        ("effective_from", "effective_to", "time_zone"),
        "end_reason",
        "summary",
        "summary_ar",
        "document",
        "document_url",
        "published_on",
    ]
    readonly_fields = ["published_on"]
    autocomplete_fields = ["parent"]
    inlines = [ReadingInline, ProvisionInline, AdherenceInline]
    list_display = ["title", "classification", "effective_from", "effective_to", "published_on"]
    list_filter = ["classification"]
    search_fields = ["title", "title_ar"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        agreement: Agreement | None = kwargs.get("obj")
        if agreement and request.user.has_perm("desk.view_zone"):
            context["zones"] = agreement.zones.select_related("reading").order_by("rule", "name")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        if any(part.has_changed() for part in (form, *formsets)):
            judge_again(self, request, form.instance)

    def publish_one(self, request: HttpRequest, agreement: Agreement) -> None:
        is_new = agreement.published_on is None
        publishing.publish_agreement(agreement)
        if is_new:
            # What was published before says nothing of it yet.
            judge_again(self, request, agreement)
        self.message_user(request, _("Published."))
