"""A backup put back, once all of it was found whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from tracker.databases import database
from tracker.desk import backups
from tracker.desk.management.refusals import refusals_told


class Command(BaseCommand):
    help = (
        "Put back what `backup` wrote: the database, and the evidence into EVIDENCE_ROOT. All of it is "
        "read first, and where anything is wrong nothing is changed. Stop the server and the worker "
        "before: what came since the backup is gone."
    )
    # The database may be empty, or of an older tracker.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument(
            "--into", metavar="DATABASE_URL", help="Another database than the tracker's own."
        )
        parser.add_argument(
            "--key-file",
            default=settings.BACKUP_KEY_FILE,
            help="Holds what it was encrypted with. Default: BACKUP_KEY_FILE.",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Destroy what the database holds. Evidence that is there stays.",
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        into: str | None,
        key_file: str,
        replace: bool,
        **options: Any,
    ) -> None:
        with refusals_told():
            restored = backups.restore(
                file,
                into=database(into) if into else connection.settings_dict,
                secret=backups.read_key(key_file),
                is_replacing=replace,
                tell=self.stdout.write,
            )
        self._tell(restored)

    def _tell(self, restored: backups.Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(
            f"Restored as it was at {manifest.made_at}. Head of the ledger: {manifest.head}"
        )
        if restored.is_older:
            self.stdout.write(
                f"It is of an older tracker ({manifest.tracker}): run `manage.py migrate`, then "
                "`manage.py verify_ledger`."
            )
        if restored.faults:
            self.stderr.write("\n".join(restored.faults))
            raise CommandError(f"What was restored is not whole: {len(restored.faults)} faults.")
