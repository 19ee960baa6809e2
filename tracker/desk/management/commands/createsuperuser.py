from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from tracker.desk.workflow.recording import recorded


class Command(createsuperuser.Command):
    """Django's own, entered in the ledger like every change of who may do what."""

    def handle(self, *args: Any, **options: Any) -> None:
        with recorded(by=None, why="createsuperuser"):
            super().handle(*args, **options)
