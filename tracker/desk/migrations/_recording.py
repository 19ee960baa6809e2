"""Triggers that mark what is changed, so that no transaction ends without its revision.

SQLite drops a table's triggers when a later migration rebuilds the table, and a column that a later
migration adds is in none of them: such a migration ends by `recording()` again, and
tests/desk/workflow/test_recording.py fails where one forgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from tracker.desk.workflow import recording as ledger
from tracker.desk.workflow.recording.kinds import KINDS, Part, columns, parts_of

EVENTS = ("INSERT", "UPDATE", "DELETE")


def recording(why: str) -> migrations.RunPython:
    """The operation after which every change of what the ledger knows is marked.

    What is not in the ledger yet, or is not as it says, is entered, for the reason given.
    """

    def mark(apps: Any, schema_editor: Any) -> None:
        _mark_all(apps, schema_editor, why)

    def unmark(apps: Any, schema_editor: Any) -> None:
        for statement in _dropping(apps, schema_editor):
            schema_editor.execute(statement, params=None)

    return migrations.RunPython(mark, unmark)


def recording_again(why: str) -> migrations.RunPython:
    """The first operation of a migration that ends by `recording`: whoever goes back to before it has
    a ledger that is whole by what the tables hold then, and still keeps it."""

    def mark(apps: Any, schema_editor: Any) -> None:
        _mark_all(apps, schema_editor, why)

    return migrations.RunPython(migrations.RunPython.noop, mark)


def _mark_all(apps: Any, schema_editor: Any, why: str) -> None:
    for statement in [*_dropping(apps, schema_editor), *_making(apps, schema_editor)]:
        schema_editor.execute(statement, params=None)
    unrecorded = apps.get_model("desk", "Unrecorded").objects
    for kind, part, model, _name in _tables(apps):
        if part == KINDS[kind][0]:
            things = model._base_manager.values_list("pk", flat=True)
            unrecorded.bulk_create(
                unrecorded.model(kind=kind, thing=thing, revision_id=0) for thing in things
            )
    ledger.enter(by=None, why=why, apps=apps)


def _tables(apps: Any) -> Iterator[tuple[str, Part, Any, str]]:
    """Each part of each kind, its model, and a name for what marks it."""
    for kind in KINDS:
        for part, model in parts_of(kind, apps):
            yield kind, part, model, f"ledger_{kind}_{part.name or 'itself'}"


def _dropping(apps: Any, schema_editor: Any) -> Iterator[str]:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for _kind, _part, model, name in _tables(apps):
        where = f" ON {model._meta.db_table}" if postgresql else ""
        for event in EVENTS:
            yield f"DROP TRIGGER IF EXISTS {name}_{event.lower()}{where}"
        if postgresql:
            yield f"DROP FUNCTION IF EXISTS {name}()"


def _making(apps: Any, schema_editor: Any) -> Iterator[str]:
    vendor = schema_editor.connection.vendor
    for kind, part, model, name in _tables(apps):
        if vendor == "postgresql":
            yield _function(name, kind, part)
        for event in EVENTS:
            begins = (
                f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {model._meta.db_table} "
                f"FOR EACH ROW{_when(event, part, model, vendor)}"
            )
            if vendor == "postgresql":
                yield f"{begins} EXECUTE FUNCTION {name}()"
            else:
                marks = "; ".join(_mark(kind, part, row) for row in _rows(event))
                yield f"{begins} BEGIN {marks}; END"


def _when(event: str, part: Part, model: Any, vendor: str) -> str:
    if event != "UPDATE":
        return ""
    # As text, for PostgreSQL holds 0.0 and -0.0, and in JSON 1 and 1.0, to be the same.
    differs, text = ("IS DISTINCT FROM", "::text") if vendor == "postgresql" else ("IS NOT", "")
    quoted = [f'"{name}"{text}' for name in (*columns(part, model), part.root, part.key)]
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in dict.fromkeys(quoted))
    return f" WHEN ({changed})"


def _rows(event: str) -> tuple[str, ...]:
    return {"INSERT": ("NEW",), "DELETE": ("OLD",)}.get(event, ("OLD", "NEW"))


def _mark(kind: str, part: Part, row: str) -> str:
    return (
        "INSERT INTO desk_unrecorded (kind, thing, revision_id) "
        f"SELECT '{kind}', {row}.{part.root}, 0 WHERE {row}.{part.root} IS NOT NULL"
    )


def _function(name: str, kind: str, part: Part) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {_mark(kind, part, 'OLD')}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {_mark(kind, part, 'NEW')}; END IF; "
        "RETURN NULL; END $$"
    )
