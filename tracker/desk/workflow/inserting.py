"""Many new rows of one table, written in the quickest way the database has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from tracker.desk.models.encrypted import Encrypted

# What no database takes as Python has it. Date and time are among the dates.
_OTHERWISE = (Encrypted, models.JSONField, models.DateField, models.UUIDField, models.BooleanField)


def numbers(model: type[models.Model], count: int) -> list[int]:
    """So many numbers for new rows, the lowest first: none was ever given to another row.

    On SQLite within a transaction that holds the database, as all of ours do.
    """
    table = model._meta.db_table  # noqa: SLF001 - public by custom
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        given = cursor.fetchone()
        first = (given[0] if given else 0) + 1
        return list(range(first, first + count))


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows that hold these columns in this order; what no column tells is null.

    Nothing is worked out or checked but by the database itself.
    """
    fields = [model._meta.get_field(column) for column in columns]  # noqa: SLF001
    prepared = _prepared(fields, rows)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001
    names = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(prepared))  # noqa: S608


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """The rows as the database is given them: most values are as they are."""
    special = [(at, each) for at, each in enumerate(fields) if isinstance(each, _OTHERWISE)]
    if not special:
        yield from rows
        return
    for row in rows:
        prepared = list(row)
        for at, field in special:
            prepared[at] = field.get_db_prep_save(prepared[at], connection)
        yield prepared
