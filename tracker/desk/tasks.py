"""Work that outlives a request: what each kind of job does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.models import Job
from tracker.desk.workflow import importing, jobs, rejudging, webhooks
from tracker.desk.workflow.jobs import Progress
from tracker.desk.workflow.judging.changes import JUDGE_AGREEMENT
from tracker.errors import InvalidInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


Work = Callable[[dict[str, Any], Progress], None]


@dataclass(frozen=True)
class Kind:
    """How a kind of job is called, and the function that does it.

    That is given the job's arguments, and its progress. It writes within `progress.batch(…)` alone,
    may be stopped after any batch, and then begins again at `progress.cursor`.
    """

    label: str | _StrPromise
    work: Work


KINDS: dict[str, Kind] = {
    JUDGE_AGREEMENT: Kind(gettext_lazy("Judging by an agreement"), rejudging.judge_agreement),
    importing.CHECK: Kind(gettext_lazy("Checking a file"), importing.check),
    importing.COMMIT: Kind(gettext_lazy("Taking in a file"), importing.commit),
    importing.UNDO: Kind(gettext_lazy("Undoing an import"), importing.undo),
}


def label(kind: str) -> str:
    """How a kind is called; its code where nobody knows it any more."""
    return str(KINDS[kind].label) if kind in KINDS else kind


def work_off(
    worker: str,
    *,
    stopping: Callable[[], bool] = lambda: False,
    only: Job | None = None,
    tell: Callable[[int], None] | None = None,
) -> bool:
    """Do the job that is next in turn, or `only` that one, under the name of this worker.

    `tell` is called with the job's number after each batch. Answers False where none waits.
    """
    job = jobs.claim(worker, only=only)
    if job is None:
        return False
    with Progress(job, stopping=stopping, tell=tell) as progress:
        if job.kind not in KINDS:
            raise InvalidInput(_("This version does not know the work “%s”.") % job.kind)
        KINDS[job.kind].work(job.arguments, progress)
    return True


def trouble() -> str:
    """What is wrong with the work, where nobody does it; else nothing."""
    if found := jobs.trouble():
        return found
    # A worker may be at a job for hours.
    if webhooks.is_late() and not jobs.is_seen():
        return "Messages to webhooks wait and no worker sends them: run work."
    return ""
