"""The fields that a column of a file may feed, as a select shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.desk.importers.records.fields import FIELDS, Field


def label(field: Field) -> str:
    """What a field is called in the reader's language."""
    return _(field.label) % {name: str(value) for name, value in field.values.items()}


def fields_by_group(kind: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The fields for a select: what is stated of an event first, then the figures by the harm."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS[kind]:
        group = str(field.values["harm"]) if "harm" in field.values else _("What a row states")
        needed = _("%s (needed)") if field.is_required else "%s"
        groups.setdefault(group, []).append((field.name, needed % label(field)))
    yield from groups.items()


class FieldSelect(forms.Select):
    """A select of one of some two hundred fields, made once and written for each of many columns."""

    def __init__(self, kind: str) -> None:
        super().__init__(attrs={"dir": "auto"})
        self._groups = [
            (
                name,
                [(code, format_html('value="{}">{}</option>', code, said)) for code, said in told],
            )
            for name, told in fields_by_group(kind)
        ]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = forms.utils.flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        blank = format_html('<option value="">{}</option>', _("– nothing –"))
        groups = format_html_join("", "{}", ((self._group(*each, value),) for each in self._groups))
        return format_html("<select{}>{}{}</select>", given, blank, groups)

    def _group(self, name: str, options: list[tuple[str, SafeString]], value: Any) -> SafeString:
        told = (("selected " if code == value else "", option) for code, option in options)
        shown = format_html_join("", "<option {}{}", told)
        return format_html('<optgroup label="{}">{}</optgroup>', name, shown)
