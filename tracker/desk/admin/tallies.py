"""Bulletins of monitors: a whole one entered as a table on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.desk.admin.publishable import PublishableAdmin
from tracker.desk.admin.site import DeskAdmin, DeskInline, site
from tracker.desk.models import Bulletin, Tally
from tracker.desk.workflow import publishing, tallies
from tracker.errors import InvalidInput


class TallyFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        bulletin: Bulletin = self.instance
        kept = [form for form in self.forms if form not in self.deleted_forms]
        answers = [answer for form in kept for answer in form.instance.answers.values()]
        try:
            tallies.refuse_answers_of_nobody(bulletin.counterpart_id, answers)
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class TallyInline(DeskInline):
    model = Tally
    formset = TallyFormSet
    fields = ["place", "accused", "count", *Tally.ANSWERS, "as_written", "note"]
    autocomplete_fields = ["place", "accused"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # The whole country, and a few governorates.
        return 1 if obj else 8


@admin.register(Bulletin, site=site)
class BulletinAdmin(PublishableAdmin, DeskAdmin):
    publish_right = "publish_bulletin"
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        for sentence in tallies.mismatches(form.instance):
            self.message_user(request, sentence, messages.WARNING)

    def publish_one(self, request: HttpRequest, bulletin: Bulletin) -> None:
        publishing.publish_bulletin(bulletin)
        self.message_user(request, _("Published: %s") % bulletin)
