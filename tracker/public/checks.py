from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connection

from tracker import FIRST_SAFE_SQLITE


def refuses_a_sqlite_that_can_corrupt(*_arguments: Any, **_options: Any) -> list[CheckMessage]:
    """Where the newer library could not take the old one's place, nothing may be written."""
    if connection.vendor != "sqlite":
        return []
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    if version >= FIRST_SAFE_SQLITE:
        return []
    shown = ".".join(str(part) for part in version)
    return [
        Error(
            f"SQLite {shown} can corrupt its write-ahead log.",
            hint="Install pysqlite3 as requirements.txt pins it, or use PostgreSQL.",
            id="tracker.E001",
        )
    ]
