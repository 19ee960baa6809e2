"""Any table of any file as rows of text."""

from __future__ import annotations

from tracker.desk.importers.tables.encodings import ENCODINGS
from tracker.desk.importers.tables.opening import open_table
from tracker.desk.importers.tables.table import (
    DELIMITERS,
    Choices,
    Form,
    Label,
    Limits,
    Record,
    Table,
)
from tracker.desk.importers.tables.writing import Cell, write_csv, write_xlsx

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Cell",
    "Choices",
    "Form",
    "Label",
    "Limits",
    "Record",
    "Table",
    "open_table",
    "write_csv",
    "write_xlsx",
]
