"""The installation looked over: a line for each thing, and a status for whoever asks by a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.desk.management.doctor import Level, examine


class Command(BaseCommand):
    help = (
        "Say of the settings, the database, the evidence, the backups and the disks whether they are "
        "ok, to be looked at, or wrong. The exit status is 1 where anything is wrong. Nothing is changed "
        "and nobody is asked."
    )
    # They are among what it tells.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for finding in examine():
            self.stdout.write(str(finding))
            count += finding.level is Level.WRONG
        if count:
            raise CommandError(f"Wrong: {count}.")
