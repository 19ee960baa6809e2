"""Bulletins of monitors: a whole one entered as a table on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.site import DeskAdmin, DeskInline, site
from tracker.desk.models import Bulletin, Tally
from tracker.desk.workflow import publishing, tallies


class TallyFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        bulletin: Bulletin = self.instance
        kept = [form for form in self.forms if form not in self.deleted_forms]
        if bulletin.counterpart_id is None and any(
            answer is not None for form in kept for answer in form.instance.answers.values()
        ):
            raise forms.ValidationError(_("There are answers: say whose, as the counterpart."))


class TallyInline(DeskInline):
    model = Tally
    formset = TallyFormSet
    fields = ["place", "accused", "count", *Tally.ANSWERS, "as_written", "note"]
    autocomplete_fields = ["place", "accused"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # The whole country, and a few governorates.
        return 1 if obj else 8


@admin.register(Bulletin, site=site)
class BulletinAdmin(DeskAdmin):
    change_form_template = "admin/desk/publishable_form.html"
    fields = [
        ("monitor", "counterpart"),
        ("date_start", "date_end", "stated_on"),
        "measure",
        "document",
        "url",
        "note",
        "published_on",
    ]
    readonly_fields = ["published_on"]
    autocomplete_fields = ["monitor", "counterpart"]
    inlines = [TallyInline]
    list_display = ["date_end", "date_start", "monitor", "measure", "counterpart", "published_on"]
    list_filter = [("published_on", admin.EmptyFieldListFilter)]
    list_select_related = ["monitor", "counterpart"]
    search_fields = ["monitor__folded", "document", "url"]
    date_hierarchy = "date_end"
    actions = ["publish"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What the public has read does not vanish with a click.
        return super().has_delete_permission(request, obj) and not (obj and obj.published_on)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.publish_bulletin")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        for sentence in tallies.mismatches(form.instance):
            self.message_user(request, sentence, messages.WARNING)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        for bulletin in queryset:
            self._publish(request, bulletin)

    def response_change(self, request: HttpRequest, obj: Bulletin) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Bulletin, *args: Any) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_add(request, obj, *args)

    def _publish(self, request: HttpRequest, bulletin: Bulletin) -> None:
        publishing.publish_bulletin(bulletin)
        self.message_user(request, _("Published: %s") % bulletin)
