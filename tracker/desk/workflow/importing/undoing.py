"""The job that takes away again all that a run brought, unless somebody has worked on it since."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.desk.models import ImportRun
from tracker.desk.models.imports import ImportState
from tracker.desk.workflow.importing import ledgered
from tracker.desk.workflow.importing.kinds import keeper_of
from tracker.desk.workflow.jobs import Progress
from tracker.desk.workflow.recording import because
from tracker.errors import Conflict

BATCH = 1_000
# How many things a refusal names.
NAMED = 20


def brought(run: ImportRun) -> QuerySet[Any]:
    """What the run brought and is still there."""
    return keeper_of(run).brought()


def worked_on(run: ImportRun) -> list[str]:
    """What the run brought and somebody has changed, attached, answered or published since."""
    return keeper_of(run).worked_on()


def refuse_worked_on(run: ImportRun) -> None:
    """Raises Conflict where somebody has worked on any of what the run brought, naming which."""
    touched = worked_on(run)
    if not touched:
        return
    named = ", ".join([*touched[:NAMED], *(["…"] if len(touched) > NAMED else [])])
    raise Conflict(_("It cannot be undone: somebody has since worked on %s.") % named)


def undo(arguments: dict[str, Any], progress: Progress) -> None:
    """Take away what a run brought.

    Raises Conflict where somebody has worked on any of it since, before or while it is done.
    """
    run = ImportRun.objects.select_related("created_by").get(pk=arguments["run"])
    progress.expect(keeper_of(run).brought().count())
    take_back(run, progress, cursor=None)
    with progress.batch(done=0, cursor=None):
        run.state = ImportState.UNDONE
        run.save(update_fields=["state"])


def take_back(run: ImportRun, progress: Progress, *, cursor: Any) -> None:
    """Delete what the run brought, the last first."""
    refuse_worked_on(run)
    keeper = keeper_of(run)
    while numbers := list(keeper.brought().order_by("-pk").values_list("pk", flat=True)[:BATCH]):
        with progress.batch(done=len(numbers), cursor=cursor, by=run.created_by):
            because(f"undoing {ledgered.why(run)}")
            keeper.take_back(numbers)
