from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    site_header = _("Ceasefire incident tracker: desk")
    site_title = _("Desk")
    index_title = _("Desk")


site = DeskSite(name="admin")


class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What all our admin pages share: text runs the way it is written, whatever the page's language."""

    list_per_page = 50
    save_on_top = True
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.CharField: {"widget": forms.TextInput(attrs={"dir": "auto", "class": "vTextField"})},
        models.TextField: {
            "widget": forms.Textarea(attrs={"dir": "auto", "class": "vLargeTextField", "rows": 4})
        },
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        visible_to = getattr(rows, "visible_to", None)
        return visible_to(request.user) if visible_to else rows


class SlugAdmin(DeskAdmin):
    """For what the public knows by its slug: made from the name, then never changed."""

    slug_from = "name"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": (self.slug_from,)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "slug") if obj else fixed
