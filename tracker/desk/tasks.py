"""Work that outlives a request: what each kind of job does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.workflow import jobs, rejudging
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
}


def label(kind: str) -> str:
    """How a kind is called; its code where nobody knows it any more."""
    return str(KINDS[kind].label) if kind in KINDS else kind


def work_off(worker: str, *, stopping: Callable[[], bool]) -> bool:
    """Do the job that is next in turn, under the name of this worker; False where none waits."""
    job = jobs.claim(worker)
    if job is None:
        return False
    with Progress(job, stopping=stopping) as progress:
        if job.kind not in KINDS:
            raise InvalidInput(_("This version does not know the work “%s”.") % job.kind)
        KINDS[job.kind].work(job.arguments, progress)
    return True
