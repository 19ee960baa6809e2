"""Other people's gazetteers and boundaries, taken into the desk's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tracker.desk.importers import formats
from tracker.desk.importers.drafts import Refusal, Row
from tracker.desk.importers.formats import Source
from tracker.desk.workflow import gazetteer
from tracker.errors import TrackerError

PROGRESS_EVERY = 5_000


class Command(BaseCommand):
    help = (
        f"Load gazetteers and boundaries into the desk. Read are: {formats.READ}. Each may be "
        "gzipped. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="What to load.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would come of it, and keep nothing."
        )

    def handle(self, *args: Any, files: list[Path], dry_run: bool, **options: Any) -> None:
        sources = self._recognised(files)
        loaded = 0
        # A dry run is kept until its end: what one file brings, the next one refers to.
        with transaction.atomic() if dry_run else nullcontext():
            for source in sorted(sources, key=lambda source: source.rank):
                loaded += self._load(source)
            if dry_run:
                transaction.set_rollback(True)
        if dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")
        if loaded < len(files):
            raise CommandError(f"{len(files) - loaded} of {len(files)} files could not be loaded.")

    def _recognised(self, files: list[Path]) -> list[Source]:
        sources = []
        for path in files:
            try:
                sources.append(formats.recognise(path))
            except TrackerError as error:
                self.stderr.write(error.message)
        return sources

    def _load(self, source: Source) -> bool:
        """Load one file. Answers whether it could be."""

        def refuse(refusal: Refusal) -> None:
            self.stderr.write(f"{source.path.name}:{refusal.line}: {refusal.reason}")

        try:
            outcome = gazetteer.load(self._counted(source), refuse=refuse)
        except TrackerError as error:
            self.stderr.write(error.message)
            return False
        counts = dataclasses.asdict(outcome).items()
        said = ", ".join(f"{count} {name}" for name, count in counts)
        self.stdout.write(f"{source.path.name} ({source.label}): {said}.")
        return True

    def _counted(self, source: Source) -> Iterator[Row]:
        for number, row in enumerate(source.rows(), start=1):
            if number % PROGRESS_EVERY == 0:
                self.stderr.write(f"{source.path.name}: {number} rows read.")
            yield row
