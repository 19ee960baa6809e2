from __future__ import annotations

from django.contrib import admin

from tracker.desk.admin.site import DeskInline, SlugAdmin, site
from tracker.desk.models import Party, PartyName


class PartyNameInline(DeskInline):
    model = PartyName
    extra = 0


@admin.register(Party, site=site)
class PartyAdmin(SlugAdmin):
    fields = ["name", "name_ar", "slug", "kind", "parent", "successor"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [PartyNameInline]
    list_display = ["name", "name_ar", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_ar", "folded", "names__folded"]
