"""The counts of published incidents, made anew or checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.workflow import publishing


class Command(BaseCommand):
    help = (
        "Count the published incidents anew, for the statistics. With --check nothing is changed: "
        "counts that are not what counting anew gives are an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Compare the counts held, and change nothing."
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            self.stdout.write(f"{publishing.rebuild_counts()} counts were wrong and are set right.")
        elif wrong := publishing.wrong_counts():
            raise CommandError(f"{wrong} counts are wrong: rebuild_rollups sets them right.")
        else:
            self.stdout.write("Every count is what counting anew gives.")
