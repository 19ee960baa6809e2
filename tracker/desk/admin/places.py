from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.desk.admin import placing
from tracker.desk.admin.merging import MergingAdmin
from tracker.desk.admin.positions import PositionedAdmin, PositionForm
from tracker.desk.admin.site import DeskInline, site
from tracker.desk.models import Place, PlaceCode, PlaceName
from tracker.desk.workflow import judging


class PlaceNameInline(DeskInline):
    model = PlaceName
    extra = 0


class PlaceCodeInline(DeskInline):
    model = PlaceCode
    extra = 0


@admin.register(Place, site=site)
class PlaceAdmin(MergingAdmin, PositionedAdmin):
    form = PositionForm
    fields = [
        "name",
        "name_ar",
        "kind",
        "parent",
        "position",
        "pcode",
        "population",
        "public_id",
    ]
    readonly_fields = ["public_id"]
    autocomplete_fields = ["parent"]
    inlines = [PlaceNameInline, PlaceCodeInline]
    list_display = ["name", "name_ar", "kind", "parent", "position"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    # The search itself is ranked: naming a field here switches the search box on.
    search_fields = ["name"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset.select_related(placing.WIDER), False
        return placing.found(queryset, search_term, request.GET.get(placing.NEAR, "")), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        if any(part.has_changed() for part in (form, *formsets)):
            form.instance.is_edited = True
            form.instance.save(update_fields=["is_edited"])
            judging.places_changed([form.instance.pk])
