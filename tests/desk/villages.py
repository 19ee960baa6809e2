"""A worker that knows one more kind of work, run by `python -m tests.desk.villages`.

Its one job, which it asks for itself, makes villages, numbered from 0, one a batch. In the middle of the one that PAUSE_AT names it says
so, and stands still until its input ends. Its clock is MINUTES_AHEAD.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone

COUNT = 6


def make_villages(arguments: dict[str, Any], progress: Any) -> None:
    from tracker.desk.models import Place  # noqa: PLC0415 - Django must be set up first

    progress.expect(COUNT)
    for number in range(progress.cursor or 0, COUNT):
        with progress.batch(done=1, cursor=number + 1):
            Place.objects.create(name=f"Village {number}", kind="settlement")
            if number == int(os.environ.get("PAUSE_AT", COUNT)):
                print("paused", flush=True)
                sys.stdin.read()


def main() -> None:
    django.setup()
    from tracker.desk import tasks  # noqa: PLC0415
    from tracker.desk.models import Job  # noqa: PLC0415
    from tracker.desk.workflow import jobs  # noqa: PLC0415

    tasks.KINDS["villages"] = tasks.Kind("make villages", make_villages)
    if not Job.objects.exists():
        jobs.enqueue("villages", {}, key="all", by=None)
    ahead = dt.timedelta(minutes=int(os.environ.get("MINUTES_AHEAD", 0)))
    jobs.clock = lambda: timezone.now() + ahead
    call_command("work", once=True, skip_checks=True)


if __name__ == "__main__":
    main()
