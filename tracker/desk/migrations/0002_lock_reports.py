"""What a report states stands once it is attached or published: the database itself refuses changes.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration ends by
running `locking` again, and tests/desk/test_locking.py fails where one forgets.
"""

from __future__ import annotations

from django.db import migrations

COLUMNS = (
    "source_id relayed_from_id external_id url archive_url published_on language text translation "
    "date_start date_end date_precision place_as_written place_id geo_precision acts means "
    "accused_as_written stance justification raw supersedes_id"
).split()
CHILDREN = ("desk_figure", "desk_report_accused")
REFUSAL = "a report that is attached or published cannot be changed: correct it by a new one"

LOCKED = "(OLD.incident_id IS NOT NULL OR OLD.public_id IS NOT NULL)"
PARENT_LOCKED = (
    "EXISTS (SELECT 1 FROM desk_report WHERE id = {row}.report_id"
    " AND (incident_id IS NOT NULL OR public_id IS NOT NULL))"
)


def _sqlite_trigger(name, event, table, condition):
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _postgresql_trigger(name, event, table, condition):
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({condition}) "
        "EXECUTE FUNCTION desk_refuse_locked()"
    )


def _postgresql_child_trigger(name, event, table, row):
    # PostgreSQL allows no subquery in WHEN, so the function looks for itself.
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION desk_refuse_locked_child_{row.lower()}()"
    )


def _postgresql_functions():
    error = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'"
    yield (
        "CREATE FUNCTION desk_refuse_locked() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {error}; END $$"
    )
    for row in ("NEW", "OLD"):
        yield (
            f"CREATE FUNCTION desk_refuse_locked_child_{row.lower()}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN IF {PARENT_LOCKED.format(row=row)} THEN {error}; END IF; "
            f"RETURN {row}; END $$"
        )


def _statements(vendor, columns):
    sqlite = vendor == "sqlite"
    trigger = _sqlite_trigger if sqlite else _postgresql_trigger
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    if not sqlite:
        yield from _postgresql_functions()
    yield trigger("desk_report_keep", "UPDATE", "desk_report", f"{LOCKED} AND ({changed})")
    yield trigger("desk_report_hold", "DELETE", "desk_report", LOCKED)
    for table in CHILDREN:
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            name = f"{table}_{event.lower()}"
            if sqlite:
                yield trigger(name, event, table, PARENT_LOCKED.format(row=row))
            else:
                yield _postgresql_child_trigger(name, event, table, row)


def locking(columns):
    """What locks these columns; a later migration that adds one calls it with all of them."""

    def lock(apps, schema_editor):
        for statement in _statements(schema_editor.connection.vendor, columns):
            schema_editor.execute(statement, params=None)

    return lock


def unlock(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    names = [("desk_report_keep", "desk_report"), ("desk_report_hold", "desk_report")]
    names += [(f"{table}_{event}", table) for table in CHILDREN for event in ("insert", "update", "delete")]
    for name, table in names:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        for function in ("", "_child_new", "_child_old"):
            schema_editor.execute(f"DROP FUNCTION desk_refuse_locked{function}()")


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [migrations.RunPython(locking(COLUMNS), unlock)]
