from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connection

from tracker import FIRST_SAFE_SQLITE


def refuses_a_sqlite_that_can_corrupt(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Where the newer library could not take the old one's place, nothing may be written."""
    if connection.vendor != "sqlite":
        return []
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    if version >= FIRST_SAFE_SQLITE:
        return []
    return [
        Error(
            "SQLite %d.%d.%d can corrupt its write-ahead log." % version[:3],
            hint="Install pysqlite3 as requirements.txt pins it, or use PostgreSQL.",
            id="tracker.E001",
        )
    ]
