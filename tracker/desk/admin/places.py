from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.desk.admin.site import DeskAdmin, DeskInline, site
from tracker.desk.models import Place, PlaceName


class PlaceNameInline(DeskInline):
    model = PlaceName
    extra = 0


@admin.register(Place, site=site)
class PlaceAdmin(DeskAdmin):
    fields = [
        "name",
        "name_ar",
        "kind",
        "parent",
        ("latitude", "longitude"),
        "pcode",
        "external_id",
        "public_id",
    ]
    readonly_fields = ["public_id"]
    autocomplete_fields = ["parent"]
    inlines = [PlaceNameInline]
    list_display = ["name", "name_ar", "kind", "parent", "latitude", "longitude"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    # The search itself is by folded names: naming a field here switches the search box on.
    search_fields = ["name"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.named(search_term), False  # type: ignore[attr-defined]
