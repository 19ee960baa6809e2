"""Long work, kept as rows of its own: the only code that writes Job.

A worker holds a job by a lease that every batch renews. If it is killed the lease runs out, and the
next worker goes on where the last batch was committed.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.models import Job, User
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict, TrackerError

# Longer than any batch takes, with its wait for another writer (at most 20 seconds on SQLite).
LEASE = dt.timedelta(minutes=1)
MOST_ATTEMPTS = 5
# Work that nobody takes for so long tells that no worker is there.
LATE = dt.timedelta(minutes=5)
clock = timezone.now
logger = logging.getLogger(__name__)


class LeaseLost(TrackerError):
    """Another worker has taken the job over: nothing of this batch is kept."""


class Interrupted(TrackerError):
    """The worker is to stop. The batch before is kept."""


@transaction.atomic
def enqueue(kind: str, arguments: dict[str, Any], *, key: str, by: User | None) -> Job:
    """Ask for work, in the transaction that makes it necessary. `by` is None for a command.

    An equal job (of the same kind and key) that nobody has begun is given back instead of another
    one: it will see this transaction's changes too, for no worker can begin it before the commit.
    Behind one that runs already, another waits.
    """
    job, _is_new = (
        Job.objects.unbegun()
        .select_for_update()
        .get_or_create(
            key=f"{kind}: {key}",
            defaults={
                "kind": kind,
                "arguments": arguments,
                "created_by": by,
                "heartbeat_at": clock(),
            },
        )
    )
    return job


def claim(worker: str, *, only: Job | None = None) -> Job | None:
    """Take the job that is next in turn, or `only` that one; None where none waits.

    `worker` names this process and no other: two of them never hold one job. A job that was begun
    too often without going forward is not taken again, but fails.
    """
    wanted = {"pk": only.pk} if only else {}
    while job := Job.objects.free(clock()).filter(**wanted).order_by("pk").first():
        if job.attempts >= MOST_ATTEMPTS:
            _give_up(job)
        elif _taken(job, worker):
            job.refresh_from_db()
            return job
    return None


def _taken(job: Job, worker: str) -> bool:
    """Whether this worker has got a job that others may reach for at this moment."""
    now = clock()
    try:
        with transaction.atomic():
            # One statement that asks once more: who comes second changes no row.
            return bool(
                Job.objects.free(now)
                .filter(pk=job.pk, attempts=job.attempts)
                .update(
                    state=JobState.RUNNING,
                    worker=worker,
                    attempts=F("attempts") + 1,
                    lease_until=now + LEASE,
                    heartbeat_at=now,
                    started_at=job.started_at or now,
                )
            )
    except IntegrityError:
        # Another began a job of the same key meanwhile: this one waits behind it.
        return False


def _give_up(job: Job) -> None:
    reason = job.error or _("Its worker stopped in the middle of it.")
    said = _("It was begun %(count)d times and did not get any further. %(reason)s") % {
        "count": job.attempts,
        "reason": reason,
    }
    still = Job.objects.free(clock()).filter(pk=job.pk, attempts=job.attempts)
    still.update(**_ended(JobState.FAILED), error=said)


def _ended(state: JobState) -> dict[str, Any]:
    now = clock()
    return {"state": state, "lease_until": None, "heartbeat_at": now, "finished_at": now}


class Progress:
    """What a worker tells of the job it holds, and where the work goes on.

    Within `with Progress(job): …` the work is done. After it the job is done; failed, with the
    message, where it raised a TrackerError; or waiting again where the worker is to stop. After any
    other error it waits for another attempt, and the error goes on to whoever runs the worker.
    """

    def __init__(
        self,
        job: Job,
        *,
        stopping: Callable[[], bool] = lambda: False,
        tell: Callable[[int], None] | None = None,
    ) -> None:
        self.cursor: Any = job.cursor
        """Where the last batch left off; None at the very beginning."""
        self._job = job
        self._stopping = stopping
        self._tell = tell

    def begin_again(self) -> None:
        """Forget how far an earlier attempt came: for work that keeps nothing until its end."""
        self._keep(done=0, cursor=None)
        self.cursor = None

    def expect(self, total: int) -> None:
        """Say how many things there are to deal with, those of earlier attempts included."""
        self._keep(total=total)

    @contextmanager
    def batch(self, *, done: int, cursor: Any, by: User | None = None) -> Iterator[None]:
        """One batch: what is written within, and where to go on, are kept together or not at all.

        `done` counts the things of this batch; `cursor` is any JSON, of which what the batch itself
        changes is kept. `by` is whose work it is, for the ledger. It must take less than LEASE.
        Raises LeaseLost if another worker has the job, Interrupted, after the batch was kept, if this
        one is to stop.
        """
        with transaction.atomic(durable=True), recorded(by=by, why=self._job.kind):
            yield
            # It went forward: what comes next has all its attempts before it.
            self._keep(done=F("done") + done, cursor=cursor, attempts=1, error="")
        self.cursor = cursor
        if self._tell:
            self._tell(self._job.pk)
        if self._stopping():
            raise Interrupted(_("The worker is to stop."))

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> bool:
        if error is None:
            self._write(**_ended(JobState.DONE), error="")
        elif isinstance(error, Interrupted):
            # That it was interrupted is not the fault of the work.
            self._put_back(attempts=F("attempts") - 1)
        elif isinstance(error, LeaseLost):
            logger.warning("%s lost its lease of job %s.", self._job.worker, self._job.pk)
        elif isinstance(error, TrackerError):
            self._write(**_ended(JobState.FAILED), error=error.message)
        else:
            # What an error says may quote what is confidential, so that stays in the log.
            said = _("It broke (%s): the log of the worker tells where.") % type(error).__name__
            self._put_back(error=said)
        return isinstance(error, TrackerError)

    def _keep(self, **fields: Any) -> None:
        now = clock()
        if not self._write(**fields, lease_until=now + LEASE, heartbeat_at=now):
            raise LeaseLost(_("Another worker has taken this job over."))

    def _put_back(self, **fields: Any) -> None:
        self._write(state=JobState.WAITING, lease_until=None, heartbeat_at=clock(), **fields)

    def _write(self, **fields: Any) -> int:
        held = Job.objects.held_by(self._job.worker)
        return held.filter(pk=self._job.pk).update(**fields)


@transaction.atomic
def retry(job: Job) -> None:
    """Let a failed job wait for a worker again, to go on where it stopped.

    Raises Conflict where it has not failed.
    """
    again = (
        Job.objects.failed()
        .filter(pk=job.pk)
        .update(
            state=JobState.WAITING, attempts=0, error="", heartbeat_at=clock(), finished_at=None
        )
    )
    if not again:
        raise Conflict(_("“%s” has not failed: it cannot be tried again.") % job)


def trouble() -> str:
    """What is wrong where jobs have been there for the taking for minutes; else nothing."""
    since = clock() - LATE
    late = Job.objects.unfinished().filter(heartbeat_at__lt=since)
    # One worker may be at other jobs for hours.
    if late.exists() and not is_seen():
        return "Jobs wait and no worker takes them: run work."
    return ""


def is_seen() -> bool:
    """Whether a worker has taken any job forward in the last minutes."""
    since = clock() - LATE
    return Job.objects.exclude(state=JobState.WAITING).filter(heartbeat_at__gte=since).exists()
