"""Tables whose rows stand once they are written: the database itself refuses to change or delete one.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration ends by
keeping the table again, and tests/desk/test_append_only.py fails where one forgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations

FUNCTION = "desk_refuse_change"


def keeping(
    table: str, *, events: tuple[str, ...] = ("UPDATE", "DELETE"), columns: tuple[str, ...] = ()
) -> migrations.RunPython:
    """The operation after which a table takes new rows and no changes of those it has.

    With `columns`, a row may be updated as long as these stay what they are.
    """

    def keep(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in _statements(vendor, table, events, columns):
            schema_editor.execute(statement, params=None)

    def let_go(apps: Any, schema_editor: Any) -> None:
        where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in events:
            schema_editor.execute(f"DROP TRIGGER {_name(table, event)}{where}")

    return migrations.RunPython(keep, let_go)


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event.lower()}"


def _statements(
    vendor: str, table: str, events: tuple[str, ...], columns: tuple[str, ...]
) -> Iterator[str]:
    refusal = f"the rows of {table} stand once written: add another"
    if vendor == "postgresql":
        # Its arguments are the table's own words, so one function serves every such table.
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation'; END $$"
        )
    for event in events:
        begins = f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} FOR EACH ROW"
        if event == "UPDATE" and columns:
            changed = " OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in columns)
            begins += f" WHEN ({changed})"
        if vendor == "postgresql":
            yield f"{begins} EXECUTE FUNCTION {FUNCTION}('{refusal}')"
        else:
            yield f"{begins} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
