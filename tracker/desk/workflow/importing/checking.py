"""The job that reads a file and says what would become of each row, and keeps none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from tracker.desk.importers.faults import BadRow
from tracker.desk.models import ImportRow, ImportRun
from tracker.desk.models.imports import ImportState, RowOutcome
from tracker.desk.workflow.importing.keeping import Keeper, Sort, Weighed
from tracker.desk.workflow.importing.kinds import keeper_of
from tracker.desk.workflow.importing.reading import Reading
from tracker.desk.workflow.importing.refused import keep_refused
from tracker.desk.workflow.importing.seen import Seen, remembering
from tracker.desk.workflow.importing.weighing import counted, fingerprints, weigh
from tracker.desk.workflow.jobs import Progress

BATCH = 2_000
# How many names that nobody here bears are told, the most written first.
MOST_NAMES = 200
# How many rows that may be told twice are named.
MOST_REPEATS = 100
# Beyond so many, further ones are not remembered: a file may name a million.
MOST_REMEMBERED = 20_000


def check(arguments: dict[str, Any], progress: Progress) -> None:
    """Weigh every row of a run's file, and keep what a person has to look at with the run."""
    run = ImportRun.objects.get(pk=arguments["run"])
    progress.begin_again()
    reading, keeper = Reading(run), keeper_of(run)
    findings, repeats = _Findings(), _Repeats()
    counts: Counter[str] = Counter()
    with progress.batch(done=0, cursor=None):
        run.rows.all().delete()
    with remembering(run.pk) as seen:
        for rows in reading.batches(BATCH):
            # Before others have to wait for what is written.
            marks = fingerprints(rows)
            weighed = weigh(keeper, run, rows, marks=marks, columns=reading.columns, seen=seen)
            counts.update(counted(weighed))
            findings.add(keeper, weighed)
            repeats.add(keeper, weighed, seen)
            with progress.batch(done=len(rows), cursor=None):
                keep_refused(run, (row for row in weighed if isinstance(row, BadRow)))
        with progress.batch(done=0, cursor=None):
            counts["gone"] = _keep_gone(run, keeper, seen)
            run.state = ImportState.CHECKED
            run.counts = {**counts, "rows": sum(counts[name] for name in ("refused", *Sort))}
            run.findings = findings.told()
            run.repeats = repeats.told
            run.save(update_fields=["state", "counts", "findings", "repeats"])


class _Findings:
    """Names that nothing here bears, and how often each is written."""

    def __init__(self) -> None:
        self._names: dict[str, Counter[str]] = {}

    def add(self, keeper: Keeper, weighed: Iterable[Weighed | BadRow]) -> None:
        for row in weighed:
            if isinstance(row, BadRow) or row.sort == Sort.UNCHANGED:
                continue
            for what, name in keeper.unknown(row.draft):
                names = self._names.setdefault(what, Counter())
                if name in names or len(names) < MOST_REMEMBERED:
                    names[name] += 1

    def told(self) -> dict[str, Any]:
        return {
            what: {
                "rows": names.total(),
                "names": len(names),
                "most": names.most_common(MOST_NAMES),
            }
            for what, names in self._names.items()
        }


class _Repeats:
    """New rows that tell what another row of the file or a report of the same origin tells."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {"rows": 0, "first": []}

    def add(self, keeper: Keeper, weighed: Iterable[Weighed | BadRow], seen: Seen) -> None:
        new = [
            row.draft
            for row in weighed
            if not isinstance(row, BadRow) and row.sort == Sort.NEW and keeper.told(row.draft)
        ]
        known = keeper.told_already(new) if new else {}
        for draft in new:
            words = keeper.told(draft)
            line = seen.told_before(words, draft.line)
            if line is not None or words in known:
                self._add({"line": draft.line, "of_line": line, "report": known.get(words)})

    def _add(self, repeat: dict[str, int | None]) -> None:
        self.told["rows"] += 1
        if len(self.told["first"]) < MOST_REPEATS:
            self.told["first"].append(repeat)


def _keep_gone(run: ImportRun, keeper: Keeper, seen: Seen) -> int:
    """Keep with the run what earlier files of the source had and this one has not; how many."""
    gone = 0
    pairs = iter(keeper.earlier_keys())
    while batch := list(islice(pairs, BATCH)):
        found = seen.among([key for key, _number in batch])
        rows = [
            ImportRow(run=run, outcome=RowOutcome.GONE, report_id=number)
            for key, number in batch
            if key not in found
        ]
        ImportRow.objects.bulk_create(rows)
        gone += len(rows)
    return gone
