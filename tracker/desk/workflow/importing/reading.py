"""The file of a run, read again from its first row whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from tracker.desk.importers.faults import BadRow
from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.importers.records.recognising import columns_of
from tracker.desk.importers.tables import Choices, Record, Table, open_table
from tracker.desk.models import ImportRun
from tracker.desk.workflow.evidence import store
from tracker.errors import InvalidFor, quoted

# How many rows a format and the meaning of its values are told by.
SAMPLE = 200


def table_of(run: ImportRun) -> Table:
    """The file as a table. Raises InvalidInput where it cannot be read, Conflict where it is gone."""
    # Its bytes are compared with what was received.
    store.opened(run.sha256).close()
    with called(run.name):
        return open_table(store.path_of(run.sha256), Choices(**run.choices))


@contextmanager
def called(name: str) -> Iterator[None]:
    """Let what is said against a file call it so, and not as it is called where it is kept."""
    try:
        yield
    except InvalidFor as refusal:
        if "name" not in refusal.values:
            raise
        raise InvalidFor(refusal.reason, **{**refusal.values, "name": quoted(name)}) from refusal


def sample(table: Table) -> list[Record]:
    """The first rows that can be read, the header among them."""
    readable = (record for record in table.records() if not isinstance(record, BadRow))
    return list(islice(readable, SAMPLE))


def columns(run: ImportRun) -> tuple[str, ...]:
    """The names of the file's columns."""
    return _columns(table_of(run), Mapping.from_json(run.mapping))


class Reading:
    """The rows of a run, read by its mapping. Raises InvalidInput where that does not fit."""

    def __init__(self, run: ImportRun) -> None:
        # What a job says may be read by those who may not know what the file is called.
        self._called = str(run)
        with called(self._called):
            self._table, self._mapping = table_of(run), Mapping.from_json(run.mapping)
            self.columns = _columns(self._table, self._mapping)
        self._drafter = Drafter(self._mapping, self.columns)

    def batches(self, size: int, *, skip: int = 0) -> Iterator[list[Any]]:
        """What each row after the first `skip` states, or a BadRow; `size` of them at a time."""
        rows = islice(self._table.records(), self._mapping.header_rows + skip, None)
        drafts = (row if isinstance(row, BadRow) else self._drafter.draft(row) for row in rows)
        with called(self._called):
            while batch := list(islice(drafts, size)):
                yield batch


def _columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    return columns_of(sample(table), mapping.header_rows)
