"""The ledger: who changed what, from what to what, and why, in rows that cannot be changed."""

from __future__ import annotations

from tracker.desk.workflow.recording.entering import (
    at_the_end,
    because,
    enter,
    recorded,
    told,
)
from tracker.desk.workflow.recording.kinds import KINDS
from tracker.desk.workflow.recording.telling import Difference, Subject, Told, since, version
from tracker.desk.workflow.recording.verifying import Head, faults, head, read_head

__all__ = [
    "KINDS",
    "Difference",
    "Head",
    "Subject",
    "Told",
    "at_the_end",
    "because",
    "enter",
    "faults",
    "head",
    "read_head",
    "recorded",
    "since",
    "told",
    "version",
]
