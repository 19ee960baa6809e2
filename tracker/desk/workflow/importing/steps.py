"""What a person asks of a run, and the job that does it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.models import ImportRun, User
from tracker.desk.models.imports import ImportState
from tracker.desk.workflow import jobs
from tracker.desk.workflow.importing import undoing
from tracker.desk.workflow.importing.reading import columns
from tracker.errors import Conflict

CHECK, COMMIT, UNDO = "import_check", "import_commit", "import_undo"


@transaction.atomic
def ask_to_check(run: ImportRun, *, by: User) -> None:
    """Have every row checked. Raises InvalidInput where the mapping does not fit, Conflict where
    the run has gone on."""
    Drafter(Mapping.from_json(run.mapping), columns(run))
    _begin(run, {ImportState.RECEIVED, ImportState.CHECKED}, ImportState.CHECKING, CHECK, by)


@transaction.atomic
def ask_to_commit(run: ImportRun, *, by: User, all_or_none: bool = False) -> None:
    """Have the rows taken in: all that are good, or with `all_or_none` nothing unless all are.

    Raises Conflict where the run was not checked, or `all_or_none` and a row was refused.
    """
    refused = run.counts.get("refused", 0)
    if all_or_none and refused:
        raise Conflict(_("%d rows are refused: nothing was taken in.") % refused)
    _begin(run, {ImportState.CHECKED}, ImportState.COMMITTING, COMMIT, by, all_or_none=all_or_none)


@transaction.atomic
def ask_to_undo(run: ImportRun, *, by: User) -> None:
    """Have all taken away again that the run brought.

    Raises Conflict where somebody has worked on any of it since, naming which.
    """
    undoing.refuse_worked_on(run)
    _begin(run, {ImportState.COMMITTED, ImportState.COMMITTING}, ImportState.UNDOING, UNDO, by)


def _begin(
    run: ImportRun, after: set[ImportState], state: ImportState, kind: str, by: User, **more: bool
) -> None:
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.is_under_way or held.state not in after | {state}:
        raise Conflict(
            _("This cannot be done now: the import is %(state)s.")
            % {"state": held.get_state_display()}
        )
    if held.state == state and held.job and held.job.kind == kind:
        # It failed half way, and goes on where it stopped.
        jobs.retry(held.job)
    else:
        held.job = jobs.enqueue(kind, {"run": run.pk, **more}, key=str(run.pk), by=by)
    held.state = state
    held.save(update_fields=["state", "job"])
    run.refresh_from_db()
