"""Every field of the desk's models: who reads and writes it in the admin, and where it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.urls import reverse

from tests.rights.endpoints import Asking
from tests.rights.world import USUAL
from tracker.desk.admin import site

Key = tuple[str, ...]
READS, WRITES = "reads", "writes"
# What stands on a page for fields of another name.
STANDS_FOR = {
    "position": ("latitude", "longitude"),
    "area": ("geometry",),
    "corrects": ("supersedes",),
    "password1": ("password",),
    "acts_named": ("acts",),
    "means_named": ("means",),
    "claimant_name": ("source", "relayed_from"),
    "incident_link": ("incident",),
    "received": ("received_by", "received_at"),
    "work": ("kind",),
    "progress": ("done", "total"),
}
STANDS_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "assessment": dict.fromkeys(
        ("verification", "attribution", "intent", "geolocation"), ("value",)
    ),
    "evidence": {"file": ("sha256", "size", "content_type")},
    "importrun": {
        "file": ("name", "sha256", "size"),
        **dict.fromkeys(("encoding", "delimiter", "sheet"), ("choices",)),
        "size_told": ("size",),
        "counted": ("counts",),
    },
}


def desk_models() -> Iterable[type[models.Model]]:
    return apps.get_app_config("desk").get_models()


def fields(chosen: Iterable[type[models.Model]] | None = None) -> list[Key]:
    """Model and name of each; the numbers that the database gives to its rows are none."""
    return sorted(
        (model._meta.model_name or "", field.name)
        for model in chosen or desk_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if not field.auto_created and field.name != "id"
    )


def on_pages(asking: Asking, role: str) -> dict[Key, str]:
    """What this role reads and writes in the lists, and in the forms of new and of kept things."""
    found: dict[Key, str] = {}
    for model, names, how in _shown(asking, role):
        kind = model._meta.model_name or ""
        own = {field.name for field in model._meta.get_fields()}
        for name in names:
            for field in STANDS_IN.get(kind, {}).get(name) or STANDS_FOR.get(name, (name,)):
                if field in own and found.get((kind, field)) != WRITES:
                    found[kind, field] = how
    return found


def _shown(asking: Asking, role: str) -> Iterator[tuple[type[models.Model], Iterable[str], str]]:
    for model in site._registry:
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        key = asking.world.key(model._meta.model_name or "", USUAL)
        listed = asking.get(role, reverse(f"{page}_changelist"))
        if listed.status_code == 200:
            yield model, listed.context_data["cl"].list_display, READS
        for where in (reverse(f"{page}_add"), reverse(f"{page}_change", args=[key])):
            answer = asking.get(role, where)
            if answer.status_code == 200:
                yield from _on_form(model, answer.context_data)


def _on_form(
    model: type[models.Model], context: dict[str, Any]
) -> Iterator[tuple[type[models.Model], Iterable[str], str]]:
    form, is_open = context["adminform"], context["add"] or context["has_change_permission"]
    yield model, form.readonly_fields, READS
    for name, field in form.form.fields.items():
        yield model, [name], WRITES if is_open and not field.disabled else READS
    for inline in context["inline_admin_formsets"]:
        shown = flatten_fieldsets(inline.fieldsets)
        takes = inline.has_add_permission or inline.has_change_permission
        entered = set(inline.formset.form.base_fields) - set(inline.readonly_fields)
        yield inline.opts.model, shown, READS
        yield inline.opts.model, entered if takes else (), WRITES


def searched() -> set[Key]:
    return {key for page in _pages() for name in page.search_fields for key in _reached(page, name)}


def filtered() -> set[Key]:
    names = [
        (page, each if isinstance(each, str) else each[0])
        for page in _pages()
        for each in [*page.list_filter, page.date_hierarchy or ""]
        if isinstance(each, str | tuple)
    ]
    return {key for page, name in names if name for key in _reached(page, name)}


def ordered() -> set[Key]:
    found: set[Key] = set()
    for page in _pages():
        for name in page.list_display:
            shown = getattr(page, name, None)
            column = getattr(shown, "admin_order_field", None) if callable(shown) else name
            found |= _reached(page, column or "")
    return found


def _pages() -> list[Any]:
    return [page for page in site._registry.values() if page.opts.app_label == "desk"]


def _reached(page: Any, lookup: str) -> set[Key]:
    """The field at the end of a lookup, and the relations on the way to it."""
    found: set[Key] = set()
    model = page.model
    for name in lookup.lstrip("^=@-").split("__"):
        field = next((each for each in model._meta.get_fields() if each.name == name), None)
        if field is None:
            break
        if not field.auto_created:
            found.add((model._meta.model_name, name))
        model = field.related_model or model
    return found if lookup else set()
