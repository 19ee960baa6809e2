"""Files of other people, taken in: read, checked, committed row by row, and undone as a whole."""

from __future__ import annotations

from tracker.desk.workflow.importing.checking import check
from tracker.desk.workflow.importing.committing import commit
from tracker.desk.workflow.importing.looking import Look, look
from tracker.desk.workflow.importing.reading import columns, table_of
from tracker.desk.workflow.importing.receiving import receive, remap, reread
from tracker.desk.workflow.importing.refused import reasons, refused_rows, said
from tracker.desk.workflow.importing.steps import (
    CHECK,
    COMMIT,
    UNDO,
    ask_to_check,
    ask_to_commit,
    ask_to_undo,
)
from tracker.desk.workflow.importing.undoing import brought, undo, worked_on

__all__ = [
    "CHECK",
    "COMMIT",
    "UNDO",
    "Look",
    "ask_to_check",
    "ask_to_commit",
    "ask_to_undo",
    "brought",
    "check",
    "columns",
    "commit",
    "look",
    "reasons",
    "receive",
    "refused_rows",
    "remap",
    "reread",
    "said",
    "table_of",
    "undo",
    "worked_on",
]
