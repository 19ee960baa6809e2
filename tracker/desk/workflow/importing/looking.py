"""What a person is shown of a file while its mapping is open: its first rows, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.desk.importers.faults import BadRow, Why
from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.drafts import Draft
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.importers.records.recognising import columns_of, with_values
from tracker.desk.importers.tables import Record, Table
from tracker.desk.models import ImportRun
from tracker.desk.models.imports import RowOutcome
from tracker.desk.workflow.importing.reading import called, sample, table_of

# How many refused rows are asked for values that no code was chosen for.
ASKED = 2_000


@dataclass(frozen=True)
class Look:
    """A file by its first rows, and its mapping."""

    table: Table
    mapping: Mapping
    """With the codes proposed that the first rows call for."""
    columns: tuple[str, ...]
    rows: list[Record]
    """The first rows of data."""
    open_values: dict[str, list[str]]
    """By field, the values for which nobody has chosen a code."""

    def values(self, at: int, *, most: int) -> list[str]:
        """The first different values of a column, by where it stands, counted from 0."""
        cells = (row.cells[at].strip() for row in self.rows if at < len(row.cells))
        return list(dict.fromkeys(filter(None, cells)))[:most]

    def drafts(self, most: int) -> list[Draft | BadRow]:
        """What the first rows state. Raises InvalidInput where the mapping does not fit."""
        drafter = Drafter(self.mapping, self.columns)
        return [drafter.draft(row) for row in self.rows[:most]]


def look(run: ImportRun) -> Look:
    """Raises InvalidInput where the file cannot be read, Conflict where it is gone."""
    table, mapping = table_of(run), Mapping.from_json(run.mapping)
    with called(run.name):
        first = sample(table)
    columns = columns_of(first, mapping.header_rows)
    rows = first[mapping.header_rows :]
    found = with_values(mapping, columns, rows)
    open_values = {name: list(values) for name, values in found.unmapped.items()}
    for name, value in _refused_values(run, mapping):
        known = open_values.setdefault(name, [])
        if value not in known and value not in found.mapping.codes.get(name, {}):
            known.append(value)
    return Look(table, found.mapping, columns, rows, open_values)


def _refused_values(run: ImportRun, mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Field and value where a row was refused for want of a code: they may stand far below."""
    fields = {", ".join(columns): name for name, columns in mapping.columns.items()}
    refused = run.rows.filter(outcome=RowOutcome.REFUSED).order_by("line")[:ASKED]
    for faults in refused.values_list("faults", flat=True):
        for fault in faults:
            if fault["why"] == Why.CODE and fault["column"] in fields:
                yield fields[fault["column"]], fault["value"]
