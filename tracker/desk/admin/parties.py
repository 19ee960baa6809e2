from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.desk.admin.site import DeskInline, SlugAdmin, site
from tracker.desk.models import Party, PartyName
from tracker.desk.workflow import judging


class PartyNameInline(DeskInline):
    model = PartyName
    extra = 0


@admin.register(Party, site=site)
class PartyAdmin(SlugAdmin):
    fields = ["name", "name_ar", "slug", "kind", "parent", ("successor", "succeeded_on")]
    autocomplete_fields = ["parent", "successor"]
    inlines = [PartyNameInline]
    list_display = ["name", "name_ar", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_ar", "folded", "names__folded"]

    def save_model(self, request: HttpRequest, obj: Party, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if {"kind", "parent", "successor", "succeeded_on"} & set(form.changed_data):
            judging.parties_changed(by=request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whom a report accuses stands with it: the database itself would refuse.
        accused = obj is not None and obj.accusing_reports.exists()
        return super().has_delete_permission(request, obj) and not accused

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting many at once would meet accused ones half way.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
