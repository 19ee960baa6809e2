"""What is confidential, encrypted by a newer key."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from tracker.desk.management.refusals import refusals_told
from tracker.desk.models import ciphers
from tracker.desk.workflow import encrypting


class Command(BaseCommand):
    help = (
        "Encrypt all confidential columns by the first key of FIELD_KEY, while everybody goes on "
        "working. The earlier keys stand behind it until this is done. Killed, run it again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter()
        with refusals_told():
            for name, count in encrypting.rotate():
                counts[name] += count
        for name, count in counts.items():
            if count:
                self.stdout.write(f"{count} {name}")
        newest = ciphers.ring()[0].id
        self.stdout.write(
            f"{counts.total()} rows encrypted anew: all is by the key {newest}. Earlier keys are "
            "needed for backups made before now, and for nothing else."
        )
