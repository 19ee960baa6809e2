from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.desk.demo import loading
from tracker.desk.models import Report


class Command(BaseCommand):
    help = "Load the demo: Wadi Barada in the ceasefire of 30 December 2016. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Load only where there is no report at all."
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if if_empty and Report.objects.exists():
            self.stdout.write("There are reports already: the demo was not loaded.")
            return
        new = ", ".join(f"{count} {name}" for name, count in loading.load().items())
        self.stdout.write(f"Demo loaded. New: {new}.")
