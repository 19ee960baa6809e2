"""Choosing among rows: fields that search as one types, and show each row by its label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.desk.admin import party_names, placing
from tracker.desk.models import Party, Place

# Longer numbers are in no database.
NUMBER = re.compile("[0-9]{1,18}")


def label(row: Any) -> str:
    """What tells a row from others of its name."""
    if isinstance(row, Place):
        return placing.label(row)
    return party_names.label(row) if isinstance(row, Party) else str(row)


class OneField(forms.ModelChoiceField):
    """A row by its label."""

    def label_from_instance(self, obj: Any) -> str:
        return label(obj)


class ManyField(forms.ModelMultipleChoiceField):
    """Rows by their labels."""

    def clean(self, value: Any) -> Any:
        strange = set(map(str, value or [])) - set(numbers(value or []))
        if strange:
            raise forms.ValidationError(
                self.error_messages["invalid_pk_value"],
                code="invalid_pk_value",
                params={"pk": min(strange)},
            )
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return label(obj)


class OneSelect(AutocompleteSelect):
    """Searches as one types; what is no number of a row is not looked for again."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, numbers(value), attr)


class ManySelect(AutocompleteSelectMultiple):
    """The same for several."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, numbers(value), attr)


class PlaceSelect(OneSelect):
    """Of namesakes the place nearest to `near` is first."""

    near: Place | None = None

    def get_url(self) -> str:
        address = super().get_url()
        if self.near is None or self.near.latitude is None:
            return address
        near = f"{self.near.latitude},{self.near.longitude}"
        return f"{address}?{urlencode({placing.NEAR: near})}"


def prefer(form: Any, place: Place | None) -> None:
    """Let the form's search for a place prefer what lies near to this one."""
    if place and "place" in form.base_fields:
        form.base_fields["place"].widget.widget.near = place


class Choosing(admin.options.BaseModelAdmin):
    """For pages and rows whose `autocomplete_fields` refer to other rows."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            select = PlaceSelect if db_field.related_model is Place else OneSelect
            kwargs |= {"form_class": OneField, "widget": select(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"form_class": ManyField, "widget": ManySelect(db_field, self.admin_site)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Autocomplete(AutocompleteJsonView):
    """What a search box is answered with as one types."""

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if rows.model is Party:
            return rows.prefetch_related("names")
        return rows.exclude(boundary=None) if placing.OUTLINED in self.request.GET else rows

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


def numbers(values: Iterable[Any]) -> list[str]:
    """Those that may be a row's number, as text."""
    told = map(str, values)
    return [each for each in told if NUMBER.fullmatch(each)]
