"""The numbers by which readers keep up: each change of the public record has the next one.

A number is drawn last of all in a transaction, and no other is drawn before that one ends. So numbers
can be read in the order in which they were drawn, and who has read up to one has missed none below
it. Drawn earlier, it would make writers wait for each other's rows in a circle.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.db.models import F

from tracker.desk.workflow import recording
from tracker.public.models import Edition, LastChange, Tombstone

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def numbered(write: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let what writes for the public do so whole or not at all, under the number of its change."""

    @wraps(write)
    def whole(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        with transaction.atomic():
            answer = write(*args, **kwargs)
            recording.at_the_end(_number)
            return answer

    return whole


def _number() -> None:
    """Give all that this transaction has written, and that has no number yet, the next one."""
    written = (Edition.objects.filter(change=None), Tombstone.objects.filter(change=None))
    if any(rows.exists() for rows in written):
        number = _drawn()
        for rows in written:
            rows.update(change=number)


def _drawn() -> int:
    last = LastChange.objects.filter(pk=1)
    if not last.update(number=F("number") + 1):
        # Whoever emptied the tables began again. Of two who find them so, one waits here.
        LastChange.objects.bulk_create([LastChange(pk=1, number=0)], ignore_conflicts=True)
        last.update(number=F("number") + 1)
    return last.values_list("number", flat=True).get()
