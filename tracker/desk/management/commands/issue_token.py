"""A token for a partner's system."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.models import User
from tracker.desk.workflow import tokens
from tracker.errors import NotAllowed


class Command(BaseCommand):
    help = "Print a fresh API token for a user. It is shown this once; only its hash is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="Whose token it shall be.")
        parser.add_argument(
            "--days", type=int, default=365, help="After how many days it expires; 365 if not said."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']!r}.")
        try:
            self.stdout.write(tokens.issue(user, days=options["days"]))
        except NotAllowed as refusal:
            raise CommandError(refusal.message) from refusal
