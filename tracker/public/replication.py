"""The public record kept up to date in another database, by PostgreSQL's logical replication."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from psycopg import sql

from tracker.public.models import LastChange

PUBLICATION = sql.Identifier("tracker_public")


def tables() -> list[str]:
    """The tables of what is public and no other, sorted."""
    models = apps.get_app_config("public").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models)  # noqa: SLF001 - public by custom


def publishing() -> Iterator[str]:
    """The statements for the database that others read from, in their order."""
    yield _told("CREATE PUBLICATION {} FOR TABLE {};", PUBLICATION, _named())


def subscribing(conninfo: str) -> Iterator[str]:
    """The statements for a node's migrated and empty database; it reads from this address."""
    # The one row that migrations make; copied rows may not meet one of the same key.
    begun = LastChange._meta.db_table  # noqa: SLF001 - public by custom
    yield _told("DELETE FROM {};", sql.Identifier(begun))
    yield _told(
        "CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {};",
        PUBLICATION,
        sql.Literal(conninfo),
        PUBLICATION,
    )


def _named() -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, tables()))


def _told(statement: str, *parts: sql.Composable) -> str:
    return sql.SQL(statement).format(*parts).as_string(None)
