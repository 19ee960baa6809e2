"""A person erased, by two administrators."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.management.refusals import refusals_told
from tracker.desk.models import Erasure, Source, User
from tracker.desk.models.erasures import ErasureReason
from tracker.desk.workflow import erasing


class Command(BaseCommand):
    help = (
        "Erase a confidential source or a user. One administrator asks for it (--source or --user, "
        "--reason), and another confirms (--confirm with the number that was printed)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--source", help="The slug of the source that is to be erased.")
        who.add_argument("--user", help="The name of the user who is to be erased.")
        who.add_argument("--confirm", type=int, help="The number of what was asked for.")
        parser.add_argument("--reason", choices=ErasureReason.values, help="Why, when asking.")
        parser.add_argument("--by", required=True, help="The name of the administrator.")

    def handle(self, *args: Any, by: str, confirm: int | None, **options: Any) -> None:
        administrator = _found(User, username=by)
        with refusals_told():
            if confirm:
                erasing.confirm(_found(Erasure, pk=confirm), by=administrator)
                self.stdout.write("Erased. Backups hold it until they are deleted.")
                return
            if not options["reason"]:
                raise CommandError("Say why: --reason.")
            source, user = options["source"], options["user"]
            asked = erasing.ask(
                source=_found(Source, slug=source) if source else None,
                user=_found(User, username=user) if user else None,
                reason=options["reason"],
                by=administrator,
            )
        self.stdout.write(
            f"Asked for as {asked.pk}. Another administrator erases: erase_person "
            f"--confirm {asked.pk} --by NAME"
        )


def _found(model: Any, **named: Any) -> Any:
    try:
        return model.objects.get(**named)
    except model.DoesNotExist as error:
        ((_name, value),) = named.items()
        raise CommandError(f"There is no {model.__name__.lower()} {value!r}.") from error
