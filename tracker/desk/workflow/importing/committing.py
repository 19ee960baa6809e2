"""The job that takes the rows of a file in, a batch at a time: killed, it goes on after the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from tracker.desk.importers.faults import BadRow
from tracker.desk.models import ImportRun
from tracker.desk.models.imports import ImportState, RowOutcome
from tracker.desk.workflow.importing import ledgered, undoing
from tracker.desk.workflow.importing.keeping import Sort, Weighed
from tracker.desk.workflow.importing.kinds import keeper_of
from tracker.desk.workflow.importing.reading import Reading
from tracker.desk.workflow.importing.refused import keep_refused
from tracker.desk.workflow.importing.weighing import counted, fingerprints, weigh
from tracker.desk.workflow.jobs import Progress
from tracker.desk.workflow.recording import because

# Rows a transaction: others who write wait for no longer than that takes.
BATCH = 2_000


def commit(arguments: dict[str, Any], progress: Progress) -> None:
    """Take in the rows of a run that are new or changed: all that are good, or `all_or_none`."""
    run = ImportRun.objects.select_related("created_by").get(pk=arguments["run"])
    reading, keeper = Reading(run), keeper_of(run)
    progress.expect(run.counts["rows"])
    counts = Counter(progress.cursor or {})
    if not counts:
        with progress.batch(done=0, cursor=None):
            # What was refused when it was checked may be in order by now, and the other way round.
            run.rows.filter(outcome=RowOutcome.REFUSED).delete()
    all_or_none = arguments.get("all_or_none", False)
    for rows in reading.batches(BATCH, skip=sum(counts.values())):
        if all_or_none and counts["refused"]:
            break
        # Names are looked up before others have to wait for what is written.
        marks = fingerprints(rows)
        keeper.look_up(_to_write(weigh(keeper, run, rows, marks=marks, columns=reading.columns)))
        cursor: dict[str, int] = {}
        with progress.batch(done=len(rows), cursor=cursor, by=run.created_by):
            because(ledgered.why(run))
            weighed = weigh(keeper, run, rows, marks=marks, columns=reading.columns)
            refused = [row for row in weighed if isinstance(row, BadRow)]
            keep_refused(run, refused)
            if not (refused and all_or_none):
                keeper.keep(_to_write(weighed))
            counts.update(counted(weighed))
            cursor.update(counts)
    if all_or_none and counts["refused"]:
        undoing.take_back(run, progress, cursor=dict(counts))
        _end(run, counts, ImportState.CHECKED, progress)
    else:
        _end(run, counts, ImportState.COMMITTED, progress)


def _to_write(weighed: Iterable[Weighed | BadRow]) -> list[Weighed]:
    return [row for row in weighed if not isinstance(row, BadRow) and row.sort != Sort.UNCHANGED]


def _end(run: ImportRun, counts: Counter[str], state: ImportState, progress: Progress) -> None:
    with progress.batch(done=0, cursor=dict(counts)):
        run.state = state
        run.counts = {
            **run.counts,
            **counts,
            "rows": sum(counts[name] for name in ("refused", *Sort)),
        }
        run.committed_at = timezone.now() if state == ImportState.COMMITTED else None
        run.save(update_fields=["state", "counts", "committed_at"])
