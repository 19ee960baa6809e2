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

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Choices",
    "Form",
    "Label",
    "Limits",
    "Record",
    "Table",
    "open_table",
]
