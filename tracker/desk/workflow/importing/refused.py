"""The rows a person has to look at, and why, in that person's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.models import ImportRow, ImportRun
from tracker.desk.models.imports import RowOutcome
from tracker.desk.workflow.importing.reading import columns
from tracker.errors import Told
from tracker.geo import coordinates


def keep_refused(run: ImportRun, rows: Iterable[BadRow]) -> None:
    """Keep these rows with the run, and what is wrong with each."""
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            line=row.line,
            outcome=RowOutcome.REFUSED,
            cells=row.cells,
            faults=[
                {
                    "why": fault.why.value,
                    "column": fault.column,
                    "value": fault.value,
                    "values": dict(fault.values),
                }
                for fault in row.faults
            ],
        )
        for row in rows
    )


def reasons(row: ImportRow) -> list[str]:
    """What is wrong with a row, a sentence each."""
    return [said(Fault(**{**told, "why": _why(told["why"])})) for told in row.faults]


def said(fault: Fault) -> str:
    """What is wrong, in the reader's language."""
    return _(fault.why.sentence) % fault.said


def _why(code: str) -> Told:
    """A reason of a table's own, or why a position cannot be read."""
    return Why.coded(code) if code in set(Why) else coordinates.Reason.coded(code)


def refused_rows(run: ImportRun) -> Iterator[Sequence[str]]:
    """The refused rows as a table to mend and bring again: their columns, the line, the reasons.

    Raises InvalidInput where the file cannot be read, Conflict where it is gone.
    """
    return _written(run, columns(run))


def _written(run: ImportRun, names: Sequence[str]) -> Iterator[Sequence[str]]:
    yield [*names, _("line"), _("reasons")]
    for row in run.rows.filter(outcome=RowOutcome.REFUSED).order_by("line").iterator():
        cells = [*row.cells, *[""] * (len(names) - len(row.cells))][: len(names)]
        yield [*cells, str(row.line), " ".join(reasons(row))]
