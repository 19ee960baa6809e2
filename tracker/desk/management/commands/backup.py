"""The database and its evidence in one file, tried before it is called a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.desk import backups
from tracker.desk.management.refusals import refusals_told


class Command(BaseCommand):
    help = (
        "Write the database as it is at one moment, and all the evidence it names, into one file, while "
        "others go on working; then restore it to a scratch database and compare. With a key it is "
        "encrypted. Without one, damage is noticed all the same, but whoever has the file reads it, "
        "and can write another: keep it as you keep the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="Where to write it. Default: tracker-DATE.backup in BACKUP_ROOT.",
        )
        parser.add_argument(
            "--key-file",
            default=settings.BACKUP_KEY_FILE,
            help="Holds the passphrase or random bytes to encrypt it with. Default: BACKUP_KEY_FILE.",
        )
        parser.add_argument(
            "--no-verify", action="store_true", help="Do not restore it to a scratch database."
        )

    def handle(
        self, *args: Any, file: Path | None, key_file: str, no_verify: bool, **options: Any
    ) -> None:
        path = file or settings.BACKUP_ROOT / f"tracker-{timezone.now():%Y-%m-%dT%H%M%SZ}.backup"
        with refusals_told():
            secret = backups.read_key(key_file)
            made = backups.make(
                path, secret=secret, is_verified=not no_verify, tell=self.stdout.write
            )
        self.stdout.write(
            f"{path}: {path.stat().st_size / 1_000_000:.1f} MB, "
            f"{'encrypted' if secret else 'not encrypted'}.\n"
            f"Head of the ledger in it: {made.manifest.head}"
        )
        if made.faults:
            self.stderr.write("\n".join(made.faults))
            raise CommandError(
                f"The backup is written, and holds what is wrong already: {len(made.faults)} faults."
            )
