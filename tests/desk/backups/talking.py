"""What the commands say, and what a database holds."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tracker.databases import database
from tracker.desk.backups.looking import looking_at


def run(command: str, file: Path, **options: Any) -> str:
    said = StringIO()
    call_command(command, str(file), stdout=said, stderr=said, **options)
    return said.getvalue()


def refusal(command: str, file: Path, **options: Any) -> str:
    with pytest.raises(CommandError) as refused:
        run(command, file, **options)
    return str(refused.value)


def held(url: str = "") -> dict[str, str]:
    """Of each table, a digest of its rows: in the database at that address, else in our own."""
    with looking_at(database(url) if url else connection.settings_dict), connection.cursor() as at:
        found = {}
        for table in connection.introspection.table_names(at):
            at.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = "\n".join(sorted(repr(row) for row in at.fetchall()))
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
        return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
