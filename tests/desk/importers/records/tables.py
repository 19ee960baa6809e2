from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from tracker.desk.importers.faults import BadRow
from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.recognising import recognise


class Row(NamedTuple):
    line: int
    cells: list[str]


def rows(*tables):
    """Rows of cells, numbered from 1."""
    return [Row(line, list(cells)) for line, cells in enumerate(tables, start=1)]


def read(*table, kind="reports", area=None, **changes):
    """What is made of the rows of a table, its header the first, once it is recognised.

    `changes` are added to the mapping's columns, codes and constants.
    """
    sample = rows(*table)
    found = recognise(sample[:50], kind)
    mapping = found.mapping
    added: dict[str, Any] = {
        name: {**getattr(mapping, name), **value} for name, value in changes.items()
    }
    mapping = replace(mapping, **added)
    drafter = Drafter(mapping, found.columns, area)
    return [drafter.draft(row) for row in sample[mapping.header_rows :]]


def report(area=None, changes=None, **cells):
    """The draft of one row that has these cells, and a day and a text besides."""
    whole = {"date": "2017-01-15", "text": "Shells fell on the village."} | cells
    (draft,) = read(list(whole), list(whole.values()), area=area, **(changes or {}))
    return draft


def faults(draft):
    assert isinstance(draft, BadRow), draft
    return [str(fault) for fault in draft.faults]


def records_of(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        return [Row(line, cells) for line, cells in enumerate(csv.reader(file), start=1)]


@cache
def drafts_of(path, kind="reports"):
    """The rows of a file as dictionaries and what is made of them, side by side."""
    header, *data = records_of(path)
    found = recognise([header, *data[:50]], kind)
    drafter = Drafter(found.mapping, found.columns)
    return [(dict(zip(header.cells, row.cells, strict=True)), drafter.draft(row)) for row in data]
