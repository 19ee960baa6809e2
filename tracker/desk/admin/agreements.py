from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.judged import judge_again
from tracker.desk.admin.site import SlugAdmin, site
from tracker.desk.admin.terms import AdherenceInline, ProvisionInline, ReadingInline
from tracker.desk.models import Agreement
from tracker.desk.workflow import publishing


@admin.register(Agreement, site=site)
class AgreementAdmin(SlugAdmin):
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
    actions = ["publish"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What the public has read does not vanish with a click.
        return super().has_delete_permission(request, obj) and not (obj and obj.published_on)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.publish_agreement")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        agreement: Agreement | None = kwargs.get("obj")
        if agreement and request.user.has_perm("desk.view_zone"):
            context["zones"] = agreement.zones.select_related("reading").order_by("rule", "name")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        if any(part.has_changed() for part in (form, *formsets)):
            judge_again(self, request, form.instance)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        for agreement in queryset:
            self._publish(request, agreement)

    def response_change(self, request: HttpRequest, obj: Agreement) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Agreement, *args: Any) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_add(request, obj, *args)

    @transaction.atomic
    def _publish(self, request: HttpRequest, agreement: Agreement) -> None:
        is_new = agreement.published_on is None
        publishing.publish_agreement(agreement)
        if is_new:
            # What was published before says nothing of it yet.
            judge_again(self, request, agreement)
        self.message_user(request, _("Published."))
