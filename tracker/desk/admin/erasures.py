"""People to be erased: one administrator asks for it, another confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.site import DeskAdmin, DeskForm, site
from tracker.desk.models import Erasure
from tracker.desk.models.erasures import ERASE
from tracker.desk.workflow import erasing
from tracker.errors import TrackerError


class ErasureForm(DeskForm):
    """Who is to be erased, and why."""

    by: Any = None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        try:
            erasing.refuse(by=self.by, source=given.get("source"), user=given.get("user"))
        except TrackerError as refusal:
            self.add_error(None, refusal.message)
        return given


@admin.register(Erasure, site=site)
class ErasureAdmin(DeskAdmin):
    form = ErasureForm
    fields = ["source", "user", "reason"]
    autocomplete_fields = ["source", "user"]
    list_display = [
        *("__str__", "source", "user", "reason"),
        *("asked_by", "asked_at", "confirmed_by", "confirmed_at"),
    ]
    list_select_related = ["source", "user", "asked_by", "confirmed_by"]
    actions = ["confirm"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ERASE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ERASE)

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ["asked_by", "asked_at", "confirmed_by", "confirmed_at"] if obj else []
        return [*super().get_fields(request, obj), *told]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        asked = erasing.ask(
            source=obj.source,
            user=obj.user,
            reason=obj.reason,
            by=request.user,  # type: ignore[arg-type]
        )
        obj.pk = asked.pk
        self.message_user(request, _("Nothing is erased until another administrator confirms."))

    @admin.action(permissions=["erase"], description=gettext_lazy("Confirm, and erase for good"))
    def confirm(self, request: HttpRequest, erasures: QuerySet[Erasure]) -> None:
        for erasure in erasures:
            try:
                erasing.confirm(erasure, by=request.user)  # type: ignore[arg-type]
            except TrackerError as refusal:
                self.message_user(request, f"{erasure}: {refusal.message}", messages.ERROR)
            else:
                self.message_user(request, _("%s: erased.") % erasure)
