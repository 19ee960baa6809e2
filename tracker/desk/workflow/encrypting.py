"""What the database holds encrypted, encrypted by the newest key: what is in plain, or by an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps as installed
from django.db import connection
from django.db.models import JSONField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Substr

from tracker.desk.models import ciphers
from tracker.desk.models.encrypted import Hidden, encrypted_columns
from tracker.desk.workflow.recording import recorded

BATCH = 500


def encrypted_models(apps: Any) -> list[Any]:
    """The models, in a registry of models, that have encrypted columns."""
    models = apps.get_app_config("desk").get_models()
    return [model for model in models if encrypted_columns(model)]


def waiting(model: Any) -> QuerySet[Any]:
    """The rows that hold something in plain which is to be encrypted, or by another than the newest key."""
    rows, either = model._base_manager.order_by("pk"), Q()  # noqa: SLF001 - public by custom
    for field in encrypted_columns(model):
        held, newest = f"{field.name}_held", f"{ciphers.PREFIX}{ciphers.ring()[0].id}:"
        rows = rows.annotate(**{held: Cast(field.name, TextField())})
        # JSON holds a text between quotes.
        done = Q(**{f"{held}__startswith": newest}) | Q(**{f"{held}__startswith": f'"{newest}'})
        asked = Q(**{f"{held}__gt": ""}) & ~done
        if where := getattr(field, "where", ""):
            asked &= Q(**{where: True}) | Q(**{f"{held}__startswith": ciphers.PREFIX})
        either |= asked
    return rows.filter(either)


def rotate() -> Iterator[tuple[str, int]]:
    """Encrypt by the newest key all that is not, batch by batch: what rows, and how many.

    Killed, it goes on where it stopped. Raises Undecipherable where the key of a row is not here.
    """
    for model in encrypted_models(installed):
        last: int | str | None = first_key(model)
        while last is not None:
            with recorded(by=None, why="Encrypted by a newer key."):
                count, last = encrypt_next(model, last)
            yield str(model._meta.verbose_name_plural), count  # noqa: SLF001
    clear_traces()


def keys_needed() -> set[str]:
    """The ids of all keys by which anything in the database is encrypted."""
    found: set[str] = set()
    for model in encrypted_models(installed):
        for field in encrypted_columns(model):
            held = model._base_manager.annotate(held=Cast(field.name, TextField()))  # noqa: SLF001
            begins = held.filter(held__contains=ciphers.PREFIX).values_list(
                Substr("held", 1, len(ciphers.PREFIX) + 10), flat=True
            )
            found |= {each.strip('"').split(":")[1] for each in begins.order_by().distinct()}
    return found


def encrypt_next(model: Any, after: int | str) -> tuple[int, int | str | None]:
    """Encrypt the next rows that wait, behind this key: how many, and the key of the last, if any.

    Needs a transaction. Raises Undecipherable where the key of one is not here.
    """
    columns = encrypted_columns(model)
    rows = list(waiting(model).filter(pk__gt=after)[:BATCH])
    with unguarded(model._meta.db_table):  # noqa: SLF001
        for row in rows:
            told = {
                field.name: Hidden(value) if isinstance(value, str) else value
                for field in columns
                if (value := getattr(row, field.attname)) and _is_hidden(field, row, value)
            }
            _write(model, row, told)
    return len(rows), rows[-1].pk if rows else None


def decrypt_next(model: Any, after: int | str) -> tuple[int, int | str | None]:
    """The same, into plain: for whoever goes back to a version that encrypts nothing."""
    columns = encrypted_columns(model)
    rows = list(model._base_manager.filter(pk__gt=after).order_by("pk")[:BATCH])  # noqa: SLF001
    with unguarded(model._meta.db_table):  # noqa: SLF001
        for row in rows:
            told = {each: getattr(row, each.attname) for each in columns}
            _write(model, row, {each.name: _plain(each, told[each]) for each in told if told[each]})
    return len(rows), rows[-1].pk if rows else None


def first_key(model: Any) -> int | str:
    """What comes before the keys of all rows."""
    return "" if model._meta.pk.get_internal_type() == "CharField" else -(2**63)  # noqa: SLF001


def clear_traces() -> None:
    """Leave no page behind on which something stood in plain; on PostgreSQL that is its operator's."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        clear_log()


def clear_log() -> None:
    """Leave nothing in SQLite's log of what the database does not hold any more; it may be in use."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_hidden(field: Any, row: Any, value: Any) -> bool:
    where = getattr(field, "where", "")
    return not where or getattr(row, where) or ciphers.is_encrypted(value)


def _plain(field: Any, value: Any) -> Value:
    return Value(value, output_field=JSONField() if isinstance(field, JSONField) else TextField())


def _write(model: Any, row: Any, told: dict[str, Any]) -> None:
    model._base_manager.filter(pk=row.pk).update(**told)  # noqa: SLF001


@contextmanager
def unguarded(table: str) -> Iterator[None]:
    """Let rows be written anew that otherwise stand.

    The ledger goes on watching. Needs a transaction, so that nobody else finds them unguarded.
    """
    of_engine = _unguarded_postgresql if connection.vendor == "postgresql" else _unguarded_sqlite
    with connection.cursor() as cursor, of_engine(cursor, table):
        yield


@contextmanager
def _unguarded_sqlite(cursor: Any, table: str) -> Iterator[None]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s "
        "AND sql LIKE '%%BEFORE UPDATE%%RAISE(ABORT%%'",
        [table],
    )
    guards = cursor.fetchall()
    for name, _made in guards:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, made in guards:
        cursor.execute(made)


@contextmanager
def _unguarded_postgresql(cursor: Any, table: str) -> Iterator[None]:
    cursor.execute(
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgrelid = %s::regclass AND proname LIKE 'desk_refuse%%' AND NOT tgisinternal",
        [table],
    )
    guards = [name for (name,) in cursor.fetchall()]
    cursor.execute(
        "SELECT quote_ident(conname) FROM pg_constraint "
        "WHERE condeferrable AND %s::regclass IN (conrelid, confrelid)",
        [table],
    )
    asked_at_the_end = ", ".join(name for (name,) in cursor.fetchall())
    if asked_at_the_end:
        # No table can be altered while it has something left to be asked.
        cursor.execute(f"SET CONSTRAINTS {asked_at_the_end} IMMEDIATE")
    for name in guards:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    for name in guards:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
    if asked_at_the_end:
        cursor.execute(f"SET CONSTRAINTS {asked_at_the_end} DEFERRED")
