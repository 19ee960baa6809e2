"""For what the ledger knows: saved as one change by one person, and only over what that person saw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import Told, recorded

# What a page tells of the version it shows, and of the reason for a change.
VERSION = "_version"
WHY = "_why"


class FreshForm(forms.ModelForm):
    """Refuses to save over what someone else has changed since the page was opened."""

    meanwhile: list[Any] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for refusal in self.meanwhile:
            self.add_error(None, refusal)
        return given


class RecordedAdmin(admin.ModelAdmin):
    """A subclass's form is a FreshForm."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_one_change(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_one_change(request, super().changelist_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_one_change(request, super().delete_view, *args, **kwargs)

    def recorded_as(self, obj: Any) -> recording.Subject | None:
        """What the ledger calls a thing of this page; None where it does not know such things."""
        name = self.opts.model_name or ""
        return recording.Subject(name, obj.pk) if name in recording.KINDS else None

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found: Any = super().get_object(request, *args, **kwargs)
        subject = self.recorded_as(found) if found else None
        if subject is None:
            return found
        if request.method == "POST":
            # Held until it is saved: two who save at once do so in turn.
            list(self.model.objects.select_for_update(no_key=True).filter(pk=found.pk))
        # Read again after its version was: what is shown is never older than the page says.
        version = recording.version(subject)
        if found := super().get_object(request, *args, **kwargs):
            found.version_shown = version
        return found

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, **kwargs)
        if obj and request.method == "POST" and (subject := self.recorded_as(obj)):
            form.meanwhile = _meanwhile(request, subject)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if (obj := kwargs.get("obj")) and self.recorded_as(obj):
            context["version"] = obj.version_shown
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        subject = self.recorded_as(obj) if obj else None
        if subject is None:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "object": obj,
            "opts": self.opts,
            "media": self.media,
            "revisions": recording.since(subject, user=request.user)[::-1],
        }
        return TemplateResponse(request, "admin/desk/history.html", context)


def as_one_change(request: HttpRequest, view: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer by this view, within one change by whoever asks."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with recorded(by=request.user, why=typed(request, WHY)):
        return view(request, *args, **kwargs)


def typed(request: HttpRequest, name: str) -> str:
    """What stands in a field that belongs to no form, without NUL, which PostgreSQL does not keep."""
    return request.POST.get(name, "").replace("\0", "").strip()


def _meanwhile(request: HttpRequest, subject: recording.Subject) -> list[Any]:
    """What others did to the thing since the page was opened, as refusals of the form."""
    seen = request.POST.get(VERSION, "")
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 19):
        return [_("The page did not say which version it shows: open it again.")]
    told = recording.since(subject, user=request.user, after=int(seen))
    if not told:
        return []
    kept = _(
        "Someone else has changed this since you opened it. What you typed is kept below: "
        "compare, and save again to save over it."
    )
    return [kept, *(line for each in told for line in _lines(each))]


def _lines(told: Told) -> list[Any]:
    by = told.revision.by or _("the tracker itself")
    return [
        format_html(
            "<bdi>{}</bdi>, <bdi>{}</bdi>: <bdi>{}</bdi> → <bdi>{}</bdi>",
            by,
            each.name,
            each.before or "–",
            each.after or "–",
        )
        for each in told.differences
    ]
