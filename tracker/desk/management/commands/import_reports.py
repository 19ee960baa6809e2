"""A file of reports taken in from the command line, with the same checks as in the admin."""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk import tasks
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.models import ImportRow, ImportRun, Job, Source, User
from tracker.desk.models.imports import ImportKind, RowOutcome
from tracker.desk.models.jobs import UNFINISHED, JobState
from tracker.desk.workflow import importing
from tracker.errors import TrackerError

# Seconds between two looks at a job that another worker has taken.
PAUSE = 1
# How many refused rows are shown; the rest are in the admin.
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Take in a file of reports: CSV, a workbook or GeoJSON. Killed, the same command goes on: "
        "what was taken in is not taken in again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="What to take in.")
        parser.add_argument("--source", required=True, help="The slug of the source whose it is.")
        parser.add_argument("--by", help="The user it is taken in for; else the first superuser.")
        parser.add_argument(
            "--kind", choices=ImportKind.values, default="", help="What its rows are; else told."
        )
        parser.add_argument(
            "--mapping", type=Path, metavar="JSON", help="How its columns are read; else proposed."
        )
        parser.add_argument(
            "--all-or-none", action="store_true", help="Take in nothing where a row is refused."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check it, and take in nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            run = self._received(file, **options)
            importing.ask_to_check(run, by=run.created_by)
            self._await(run)
            self._tell_counts(run)
            self._tell_refused(run)
            if not dry_run:
                importing.ask_to_commit(run, by=run.created_by, all_or_none=options["all_or_none"])
                self._await(run)
                self._tell_counts(run)
        except TrackerError as error:
            raise CommandError(error.message) from error
        if dry_run:
            self.stdout.write("This was a dry run: nothing was taken in.")

    def _received(
        self, path: Path, *, source: str, by: str | None, kind: str, mapping: Path | None, **_: Any
    ) -> ImportRun:
        users = User.objects.filter(username=by) if by else User.objects.filter(is_superuser=True)
        user = users.order_by("pk").first()
        if user is None:
            raise CommandError(f"There is no user {by or 'with all rights: name one by --by'}.")
        found = Source.objects.filter(slug=source).first()
        if found is None:
            raise CommandError(f"There is no source “{source}”.")
        try:
            with path.open("rb") as file:
                run = importing.receive(file, name=path.name, source=found, by=user, kind=kind)
            if mapping:
                importing.remap(run, Mapping.from_json(json.loads(mapping.read_text())))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except json.JSONDecodeError as error:
            raise CommandError(f"{mapping} is no JSON: {error}.") from error
        return run

    def _await(self, run: ImportRun) -> None:
        """Do the run's job here, or wait for the worker that has taken it."""
        worker = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        while run.job and run.job.state in UNFINISHED:
            if not tasks.work_off(worker, only=run.job, tell=self._tell_progress):
                time.sleep(PAUSE)
                self._tell_progress(run.job.pk)
            run.job.refresh_from_db()
        if run.job and run.job.state == JobState.FAILED:
            raise CommandError(run.job.error)
        run.refresh_from_db()

    def _tell_progress(self, number: int) -> None:
        done, total = Job.objects.values_list("done", "total").get(pk=number)
        self.stderr.write(f"{done} of {total} rows" if total else f"{done} rows")

    def _tell_counts(self, run: ImportRun) -> None:
        counts = ", ".join(f"{count} {name}" for name, count in run.counts.items())
        self.stdout.write(f"{run.name} ({run.get_state_display()}): {counts}.")

    def _tell_refused(self, run: ImportRun) -> None:
        rows = ImportRow.objects.filter(run=run, outcome=RowOutcome.REFUSED)
        for row in rows.order_by("line")[:SHOWN]:
            self.stderr.write(f"{run.name}:{row.line}: {' '.join(importing.reasons(row))}")
