"""The ledger checked: whether it is whole, and whether the tables are what it says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.workflow import recording
from tracker.errors import InvalidInput


class Command(BaseCommand):
    help = (
        "Find every revision that was altered, removed, inserted or put elsewhere, and every change "
        "that passed the ledger by. Prints its head, to be published: NUMBER:HASH."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--published",
            metavar="NUMBER:HASH",
            help="A head printed earlier and kept elsewhere: what was before it must still stand.",
        )

    def handle(self, *args: Any, published: str | None, **options: Any) -> None:
        try:
            told = recording.read_head(published) if published else None
        except InvalidInput as refusal:
            raise CommandError(refusal.message) from refusal
        # Before it is looked at: what others write meanwhile is not vouched for.
        head = recording.head()
        faults = list(recording.faults(told))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The ledger is not whole: {len(faults)} faults.")
        self.stdout.write(f"The ledger is whole. Head: {head}")
