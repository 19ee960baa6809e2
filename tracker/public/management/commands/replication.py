"""What a database administrator enters so that public nodes follow what is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.public import replication

DESK = """\
-- In the desk's database, which runs with wal_level=logical.
-- Every table has a primary key, which is its replica identity: none has to be set.
-- Sequences and django_migrations are not replicated. A node never numbers a row itself, and
-- migrate brings its tables to the same version: run it on the nodes first, then at the desk.
-- Whoever may replicate from this database can read all that is written to it, the desk's tables
-- included. Let a server inside subscribe to it, and the nodes outside to that server."""
NODE = """\
-- In the node's database, after TRACKER_ROLE=public manage.py migrate, while it is empty.
-- The node is complete when every row of pg_subscription_rel has srsubstate 'r'."""


class Command(BaseCommand):
    help = (
        "Print the SQL by which public nodes follow what is published through PostgreSQL's logical "
        "replication. Nothing is changed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--node",
            metavar="CONNINFO",
            help="Print the node's side too; it reads from here, as in 'host=… dbname=… user=…'.",
        )

    def handle(self, *args: Any, node: str | None, **options: Any) -> None:
        for line in self._lines(node):
            self.stdout.write(line)

    def _lines(self, node: str | None) -> Iterator[str]:
        yield DESK
        yield from replication.publishing()
        if node is not None:
            yield NODE
            yield from replication.subscribing(node)
