"""Files kept as evidence. Nothing here opens, unpacks or shows what they hold."""

from __future__ import annotations

from tracker.desk.workflow.evidence.keeping import check, handed_out_as, keep
from tracker.desk.workflow.evidence.kinds import ENDINGS, contradiction
from tracker.desk.workflow.evidence.store import opened, path_of, put_back
from tracker.desk.workflow.evidence.verifying import faults

__all__ = [
    "ENDINGS",
    "check",
    "contradiction",
    "faults",
    "handed_out_as",
    "keep",
    "opened",
    "path_of",
    "put_back",
]
