"""Revisions in words: which field was what, and is what since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from tracker.desk.models import Revision, User
from tracker.desk.models.fields import CodesField
from tracker.desk.workflow.recording.entering import opened
from tracker.desk.workflow.recording.hiding import shown_to
from tracker.desk.workflow.recording.kinds import KINDS, Part, model_of
from tracker.desk.workflow.recording.states import SEALED, is_sealed

MOST = 200
# What stands where nothing does.
NOTHING = "–"


class Subject(NamedTuple):
    """What revisions are of: a thing, or those of its rows whose paths begin alike."""

    kind: str
    thing: int
    within: str = ""


@dataclass(frozen=True)
class Difference:
    """One field of a thing, its name, and its values in words; None where it did not exist."""

    path: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Told:
    revision: Revision
    differences: list[Difference]


def version(subject: Subject) -> int:
    """The number of the last revision of a thing; 0 where there is none."""
    last = Revision.objects.of(subject.kind, subject.thing).order_by("-number")
    return last.values_list("number", flat=True).first() or 0


def since(subject: Subject, *, user: User | AnonymousUser, after: int = 0) -> list[Told]:
    """What became of a thing after the revision of this number, oldest first: the last MOST.

    As far as the user may know.
    """
    found = Revision.objects.of(subject.kind, subject.thing).filter(number__gt=after)
    revisions = list(found.select_related("by").order_by("-number")[:MOST])[::-1]
    sides = [(json.loads(each.before), json.loads(each.after)) for each in revisions]
    values = opened(side for pair in sides for side in pair)
    paths = {path for pair in sides for side in pair for path in side}
    shown = shown_to(
        user, subject.kind, (each for each in paths if each.startswith(subject.within))
    )
    told = [
        Told(revision, list(_differences(subject.kind, before, now, values, shown)))
        for revision, (before, now) in zip(revisions, sides, strict=True)
    ]
    return [each for each in told if each.differences]


def _differences(
    kind: str,
    before: dict[str, Any],
    after: dict[str, Any],
    values: dict[str, Any],
    shown: set[str],
) -> Iterable[Difference]:
    for path in sorted({*before, *after} & shown):
        part = _part(kind, path)
        told = [
            _value(part, path, side[path], values) if path in side else None
            for side in (before, after)
        ]
        # A thing that is made has many fields of which nothing is told.
        if not {*told} <= {None, NOTHING}:
            yield Difference(path, _name(part, path), *told)


def _part(kind: str, path: str) -> Part:
    name = path.partition("/")[0] if "/" in path else ""
    return next(part for part in KINDS[kind] if part.name == name)


def _name(part: Part, path: str) -> str:
    """How a path is called: the field, and of which of the rows that belong to the thing."""
    model = model_of(part, apps)
    if part.shown == ():
        link = _link_field(part)
        return str(link.verbose_name if link else model._meta.verbose_name_plural)
    field = _field(model, path)
    called = str(field.verbose_name) if field else path.rpartition("/")[2]
    if not part.name:
        return called
    return f"{model._meta.verbose_name} {path.split('/')[1]}: {called}"


def _field(model: Any, path: str) -> Any:
    column = path.rpartition("/")[2]
    return next((each for each in model._meta.concrete_fields if each.attname == column), None)


def _link_field(part: Part) -> Any:
    app, model, *name = part.model.split(".")
    return apps.get_model(app, model)._meta.get_field(name[0]) if name else None


def _value(part: Part, path: str, value: Any, values: dict[str, Any]) -> str:
    if is_sealed(value):
        if value[SEALED] not in values:
            return _("(destroyed)")
        value = values[value[SEALED]]
    model = model_of(part, apps)
    if part.shown == ():
        return _linked(part, path.rpartition("/")[2])
    return _in_words(_field(model, path), value)


def _in_words(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, CodesField) and field.codes:
        labels = dict(field.codes.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    if field is not None and field.is_relation:
        return _called(field.related_model, value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _linked(part: Part, key: str) -> str:
    field = _link_field(part)
    return _called(field.related_model if field else model_of(part, apps), key)


def _called(model: Any, key: Any) -> str:
    found = model._base_manager.filter(pk=key).first()
    return str(found) if found else f"{model._meta.verbose_name} {key}"
