"""The public record as one SQLite file, for nodes that hold nothing else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model, QuerySet
from django.db.utils import ConnectionHandler

FETCHED = 1000


def write(path: Path) -> int:
    """Put the public record as it is at one moment in the place of the file; how many rows it has.

    Readers of the file have the old one or the new one, whole. Whoever writes to the database is not
    waited for, and does not wait. Raises OSError where the folder cannot be written.
    """
    path = path.absolute()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    unfinished = Path(name)
    try:
        with _node(unfinished) as node, _one_moment():
            _make_tables(node)
            rows = sum(_copy(model, node) for model in _models())
        _keep(unfinished)
        unfinished.replace(path)
        _keep(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("public").get_models())


@contextmanager
def _node(path: Path) -> Iterator[BaseDatabaseWrapper]:
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    node = ConnectionHandler({"default": {}, "node": settings})["node"]
    # What makes the tables finds their database by this name.
    connections["node"] = node
    try:
        yield node
    finally:
        del connections["node"]
        node.close()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within, all reads see the database of one moment, and lock nobody out of it.

    `atomic` would not do: on SQLite it takes the lock of whoever writes, and on PostgreSQL each of its
    statements sees a moment of its own.
    """
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin if connection.vendor == "postgresql" else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _make_tables(node: BaseDatabaseWrapper) -> None:
    """The tables as the models have them: steps that mend old rows have none to mend here."""
    with node.schema_editor() as editor:
        for model in _models():
            editor.create_model(model)
    recorder = MigrationRecorder(node)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations or {}:
        if app == "public":
            recorder.record_applied(app, name)


def _copy(model: type[Model], node: BaseDatabaseWrapper) -> int:
    options = model._meta  # noqa: SLF001 - public by custom
    fields: Any = options.concrete_fields
    quoted = ", ".join(node.ops.quote_name(field.column) for field in fields)
    table, marks = node.ops.quote_name(options.db_table), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608 - names of our own
    told: QuerySet[Any, Any] = (
        QuerySet(model).order_by("pk").values_list(*(field.attname for field in fields))
    )
    rows, copied = told.iterator(FETCHED), 0
    with node.cursor() as cursor:
        cursor.execute("BEGIN")
        while batch := [*islice(rows, FETCHED)]:
            cursor.executemany(insert, [_stored(fields, row, node) for row in batch])
            copied += len(batch)
        cursor.execute("COMMIT")
    return copied


def _stored(fields: Any, row: tuple[Any, ...], node: BaseDatabaseWrapper) -> list[Any]:
    """A row's values as SQLite keeps them, whichever engine they come from."""
    pairs = zip(fields, row, strict=True)
    return [field.get_db_prep_value(value, node) for field, value in pairs]


def _keep(path: Path) -> None:
    """On the disk, not only on its way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
