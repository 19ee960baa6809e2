"""The evidence of a report or an incident, on its page: what is kept, and what is brought."""

from __future__ import annotations

from typing import IO, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.site import DeskForm, DeskInline
from tracker.desk.models import Evidence
from tracker.desk.workflow import evidence
from tracker.errors import Conflict, InvalidInput

CAPTURED = ("url", "captured_at")
EDITABLE = ("is_graphic", "is_confidential", "note")


class KeptInline(DeskInline):
    """What is kept: its marks and its note may be changed, the rest stands."""

    model = Evidence
    verbose_name_plural = gettext_lazy("Evidence kept")
    readonly_fields = ["file", "name", *CAPTURED, "received"]
    fields = ["file", *EDITABLE, "name", *CAPTURED, "received"]
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = cast("Any", super().get_queryset(request)).visible_to(request.user)
        return visible.select_related("received_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("file"))
    def file(self, kept: Evidence) -> str:
        # Whoever clicks shall know beforehand, wherever on the page the mark has its column.
        name = _("Download evidence %d (graphic)") if kept.is_graphic else _("Download evidence %d")
        return format_html(
            '<a href="{}">{}</a><br><bdi>{}, {}</bdi><code dir="ltr">{}</code>',
            reverse("admin:evidence", args=[kept.pk]),
            name % kept.pk,
            kept.content_type,
            filesizeformat(kept.size),
            kept.sha256,
        )

    @admin.display(description=gettext_lazy("received"))
    def received(self, kept: Evidence) -> str:
        at = display_for_value(kept.received_at, "")
        return format_html("<bdi>{}</bdi><br>{}", kept.received_by, at)


class BroughtForm(DeskForm):
    """A file, and what is told of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"aria-label": gettext_lazy("File")}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            evidence.check(cast("IO[bytes]", file))
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return file


class BroughtFormSet(BaseInlineFormSet):
    by: Any

    @classmethod
    def get_default_prefix(cls) -> str:
        return "brought"

    def save_new(self, form: Any, commit: bool = True) -> Evidence:  # noqa: FBT001, FBT002
        file, kept_for = form.cleaned_data["file"], {self.fk.name: self.instance}
        told = {name: form.cleaned_data[name] for name in (*CAPTURED, *EDITABLE)}
        return evidence.keep(file, name=file.name, by=self.by, **kept_for, **told)


class BroughtInline(DeskInline):
    """What is brought to be kept."""

    model = Evidence
    form = BroughtForm
    formset = BroughtFormSet
    verbose_name = gettext_lazy("file")
    verbose_name_plural = gettext_lazy("Evidence to add")
    fields = ["file", *CAPTURED, *EDITABLE]
    extra = 1
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).none()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset


class EvidencedAdmin(admin.ModelAdmin):
    """For what evidence is kept for."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        kept = [KeptInline] if obj else []
        return [*super().get_inlines(request, obj), *kept, BroughtInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        super().save_formset(request, form, formset, change)
        for kept in formset.new_objects if isinstance(formset, BroughtFormSet) else []:
            if said := evidence.contradiction(kept.name, kept.content_type):
                self.message_user(request, f"{kept}: {said}", messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.FILES:
            said = _("Nothing is saved yet, and a file is sent but once: choose each file again.")
            self.message_user(request, said, messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Conflict as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
