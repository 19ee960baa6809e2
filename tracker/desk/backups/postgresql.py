"""How a PostgreSQL database is copied while it is written, and put in another's place."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from tracker.desk.backups.looking import looking_at
from tracker.errors import Conflict


class CannotTry(Conflict):
    """This user may make no database to try a backup in."""


# Before what is loaded, in its transaction: what a newer tracker has added goes too.
CLEARED = "SET lock_timeout = '20s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


def workplace(_database: dict[str, Any]) -> Path:
    """Where copies in plain may lie for a while: where TMPDIR says."""
    return Path(tempfile.gettempdir())


def size() -> int:
    """How many bytes the database has, at most."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


@contextmanager
def snapshot(copy: Path) -> Iterator[None]:
    """A copy of the database of one moment; within, that very moment is looked at."""
    with looking_at(connection.settings_dict), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
        dumping = ["--format=custom", "--snapshot", moment, "--file", str(copy)]
        _run("pg_dump", *dumping, database=connection.settings_dict)
        yield


@contextmanager
def scratch(copy: Path) -> Iterator[None]:
    """The copy as a database of its own, which is looked at within and gone after it."""
    name = f"tracker_scratch_{secrets.token_hex(6)}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        except DatabaseError as error:
            said = str(error).partition("\n")[0]
            raise CannotTry(f"no database to try it in can be made ({said})") from error
    database = {**connection.settings_dict, "NAME": name}
    try:
        load(copy, database)
        with looking_at(database):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def load(copy: Path, database: dict[str, Any]) -> None:
    """Put the copy in the place of all that the database holds: whole, or not at all."""
    with looking_at(database) as other:
        database = other.settings_dict
        clearing = ["--command", CLEARED] if connection.introspection.table_names() else []
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        script = Path(folder) / "script.sql"
        plain = ["--no-owner", "--no-acl", "--file", str(script), str(copy)]
        _run("pg_restore", *plain, database=database)
        quietly = ["--no-psqlrc", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1"]
        loading = [*clearing, "--file", str(script)]
        _run("psql", "--single-transaction", *quietly, *loading, database=database)


def _run(program: str, *arguments: str, database: dict[str, Any]) -> None:
    """One of PostgreSQL's own programs, let into that database as the tracker is."""
    path = shutil.which(program)
    if path is None:
        raise Conflict(
            f"{program} is not here. Install the client programs of PostgreSQL (Debian: "
            "postgresql-client), of the server's version or newer."
        )
    told, access = DatabaseClient.settings_to_cmd_args_env(database, [])
    # The program it names first is psql, and the database's name comes last.
    where = [] if program == "pg_restore" else [*told[1:-1], "--dbname", told[-1]]
    done = subprocess.run(  # noqa: S603 - no shell, and nothing of what a user wrote
        [path, *where, *arguments],
        env={**os.environ, **(access or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # Only what names the error: lines after it may quote rows.
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise Conflict(f"{program} failed: {said[0] if said else done.returncode}")
