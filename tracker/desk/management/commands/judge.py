"""Every incident judged again, or every verdict checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.models import Agreement
from tracker.desk.workflow import judging, rejudging


class Command(BaseCommand):
    help = (
        "Have a worker judge every incident against every agreement again. With --check nothing is "
        "changed: every verdict is worked out anew, and those that differ are named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Compare the stored verdicts, and change nothing."
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self._check()
            return
        for agreement in Agreement.objects.order_by("pk"):
            judging.terms_changed(agreement, by=None)
        self.stdout.write("The incidents are to be judged again: `manage.py work` does it.")

    def _check(self) -> None:
        differ = 0
        for verdict in rejudging.differing():
            differ += 1
            self.stdout.write(
                f"incident {verdict.incident_id}, {verdict.reading}: should be {verdict.code}."
            )
        if differ:
            raise CommandError(f"{differ} stored verdicts differ from what they should be.")
        self.stdout.write("Every stored verdict is what it should be.")
