"""The public record in one file, for nodes that serve it elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.public import nodes


class Command(BaseCommand):
    help = (
        "Write what is published, as it is at one moment, into a SQLite file, while others go on working. "
        "A node that serves it (TRACKER_ROLE=public, DATABASE_URL=sqlite:///FILE?immutable=1) reads the "
        "new file from its next request on. Let a timer run it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Where to write it, in the place of what is there."
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            rows = nodes.write(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{file}: {rows} rows, {file.stat().st_size / 1_000_000:.1f} MB.")
