"""Every file of evidence read again, and compared with what was received."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.desk.models import Evidence, ImportRun
from tracker.desk.workflow import evidence


class Command(BaseCommand):
    help = (
        "Read every file of evidence again. Files that are missing, are no longer what was "
        "received, or are named by no evidence are told one by one, and nothing is changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in evidence.faults():
            found += 1
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{found} faults found in the store of evidence.")
        count = Evidence.objects.count() + ImportRun.objects.count()
        self.stdout.write(f"All files are what was received: {count} checked.")
