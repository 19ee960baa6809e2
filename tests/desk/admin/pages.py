"""Filling in the desk's forms as a browser does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.test import Client
from django.urls import reverse


def address(page: str, *args: Any) -> str:
    return reverse(f"admin:desk_{page}", args=args)


def filled(form: Any) -> dict[str, Any]:
    """What a form shows, as the browser would send it back."""
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.MultiWidget):
            # A day and an hour are sent apart, and come back apart.
            value = values.pop(form.add_prefix(name))
            parts = value if isinstance(value, list) else field.widget.decompress(value)
            values |= {f"{form.add_prefix(name)}_{n}": part for n, part in enumerate(parts or [])}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def shown(response: Any) -> dict[str, Any]:
    """Everything a change page shows in its fields, its inline rows with it."""
    data = filled(response.context["adminform"].form)
    if "version" in response.context:
        data["_version"] = response.context["version"]
    for inline in response.context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            data |= filled(form)
    return data


def save(desk: Client, url: str, /, *, button: str = "_save", **changes: Any) -> Any:
    """Open the page, change these fields, press the button. A field set to None is left out."""
    data = {**shown(desk.get(url)), **changes, button: "1"}
    return desk.post(url, {name: value for name, value in data.items() if value is not None})


def errors(response: Any) -> dict[str, list[str]]:
    """The messages at the fields of a form that came back."""
    return dict(response.context["adminform"].form.errors)


def messages(response: Any) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def autocomplete(desk: Client, *, term: str, model: str, field: str) -> list[str]:
    """The names the search field offers."""
    query = {"term": term, "app_label": "desk", "model_name": model, "field_name": field}
    answer = desk.get(reverse("admin:autocomplete"), query).json()
    return [result["text"] for result in answer["results"]]
