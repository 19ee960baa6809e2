"""What differs from one kind of database to the other, chosen by its settings."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from tracker.desk.backups import postgresql, sqlite


def engine_of(database: dict[str, Any]) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor_of(database)]


def vendor_of(database: dict[str, Any]) -> str:
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"
