"""What a backup says of itself: whence it is, and what is to be found in it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tracker.desk.backups.sealing import DAMAGED
from tracker.desk.workflow import recording
from tracker.errors import InvalidInput

# Rows that are read together.
AT_ONCE = 2000


@dataclass
class Manifest:
    """Of one backup."""

    tracker: str
    """The version of the tracker that made it."""
    engine: str
    made_at: str
    migrations: list[str]
    """Those the database had, each app.name."""
    head: str
    """Of the ledger, as NUMBER:HASH."""
    tables: dict[str, int]
    """How many rows each has."""
    members: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of all that lies beside the manifest, by name."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of each table a digest of what its rows hold, in any order; none in backups of before."""
    missing: list[str] = field(default_factory=list)
    """The SHA-256 of the evidence that was already missing, or no longer what was received."""

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise InvalidInput(DAMAGED % "its manifest cannot be read") from error


def describe() -> Manifest:
    """The database that is looked at."""
    rows = _rows()
    return Manifest(
        tracker=_version(),
        engine=connection.vendor,
        made_at=timezone.now().isoformat(timespec="seconds"),
        migrations=sorted(f"{app}.{name}" for app, name in _applied()),
        head=str(recording.head()),
        tables={table: count for table, (count, _digest) in rows.items()},
        digests={table: digest for table, (_count, digest) in rows.items()},
    )


def unlike(manifest: Manifest) -> Iterator[str]:
    """What the database that is looked at holds otherwise, a sentence each."""
    rows = _rows()
    for table in sorted({*manifest.tables, *rows}):
        told, (found, digest) = manifest.tables.get(table), rows.get(table, (None, ""))
        if told != found:
            yield f"The table {table} has {_number(found)} rows, and had {_number(told)}."
        elif manifest.digests and manifest.digests.get(table) != digest:
            yield f"The table {table} holds something else than it held."
    head = str(recording.head())
    if head != manifest.head:
        yield f"The head of the ledger is {head}, and was {manifest.head}."


def unknown_migrations(manifest: Manifest) -> list[str]:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return [name for name in manifest.migrations if name not in known]


def is_older() -> bool:
    """Whether the database that is looked at lacks migrations."""
    return not {*MigrationLoader(None).disk_migrations} <= {*_applied()}


def _applied() -> Iterator[tuple[str, str]]:
    yield from MigrationRecorder(connection).applied_migrations()


def _rows() -> dict[str, tuple[int, str]]:
    """Of each table how many rows it has, and a digest of them."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
    return {table: _read(table) for table in tables}


def _read(table: str) -> tuple[int, str]:
    # No order is the same in every database, so the digests of the rows are added up.
    count = total = 0
    # The names are those that the database itself tells.
    query = f"SELECT * FROM {connection.ops.quote_name(table)}"  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(AT_ONCE):
            count += len(rows)
            for row in rows:
                told = repr([bytes(each) if isinstance(each, memoryview) else each for each in row])
                total += int.from_bytes(hashlib.sha256(told.encode()).digest())
    return count, f"{total % 2**256:064x}"


def _number(count: Any) -> str:
    return "no" if count is None else str(count)


def _version() -> str:
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]
