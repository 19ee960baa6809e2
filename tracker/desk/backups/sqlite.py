"""How a SQLite database is copied while it is written, and put in another's place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from tracker.desk.backups.looking import looking_at
from tracker.errors import Conflict


def workplace(database: dict[str, Any]) -> Path:
    """Where copies in plain may lie for a while: beside the database, which does as well."""
    return Path(database["NAME"]).absolute().parent


def size() -> int:
    """How many bytes the database has, at most."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return pages * cursor.fetchone()[0]


@contextmanager
def snapshot(copy: Path) -> Iterator[None]:
    """A copy of the database of one moment, which is looked at within; writers do not wait."""
    connection.ensure_connection()
    with closing(sqlite3.connect(str(copy))) as target:
        connection.connection.backup(target)
    with looking_at({**connection.settings_dict, "NAME": str(copy)}):
        yield


@contextmanager
def scratch(copy: Path) -> Iterator[None]:
    """The copy as a database that is looked at within."""
    with looking_at({**connection.settings_dict, "NAME": str(copy)}):
        yield


def load(copy: Path, database: dict[str, Any]) -> None:
    """Put the copy in the place of all that the database holds: whole, or not at all."""
    workplace(database).mkdir(mode=0o700, parents=True, exist_ok=True)
    Path(database["NAME"]).touch(mode=0o600)
    with looking_at(database) as other, closing(sqlite3.connect(str(copy))) as source:
        try:
            # Whoever writes there is waited for no longer than any other writer is.
            with other.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.execute("ROLLBACK")
            source.backup(other.connection)
        except (DatabaseError, sqlite3.Error) as error:
            raise Conflict(f"The database cannot be written: {error}.") from error
