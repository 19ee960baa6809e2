from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from tracker.desk.management import administrator


class Command(BaseCommand):
    help = "Give the user admin a new random password, making the user if need be, and show it."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = administrator.make_or_renew()
        except DatabaseError as error:
            raise CommandError(
                f"The database is not ready, `make run` makes it so: {str(error).splitlines()[0]}"
            ) from error
        self.stdout.write(f"User {administrator.USERNAME}, password {password} (shown this once)")
