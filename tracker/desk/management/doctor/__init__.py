"""What is wrong with an installation, or will be: found before it hurts."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import run_checks
from django.db import DatabaseError

from tracker.desk.management.doctor import databases, environment, stores
from tracker.desk.management.doctor.findings import Finding, Level, wrong

__all__ = ["Finding", "Level", "examine"]


def examine() -> Iterator[Finding]:
    for message in run_checks():
        if message.is_serious():
            yield wrong(f"{message.msg} {message.hint or ''}".strip())
    yield from environment.findings()
    try:
        yield from databases.findings()
        yield from stores.findings()
    except DatabaseError as error:
        said = str(error).partition("\n")[0]
        yield wrong(f"The database does not answer, so the rest is not known: {said}")
