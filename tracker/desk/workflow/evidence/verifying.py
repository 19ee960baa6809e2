"""Whether the bytes of all evidence are still those that were received."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings

from tracker.desk.models import Evidence
from tracker.desk.workflow.evidence import store

# Seconds after which a file that no row names is no longer one that is just being received.
LATE = 60 * 60


def faults() -> Iterator[str]:
    """What is wrong, a sentence each: files missing, changed, or named by no row."""
    known = set()
    rows = Evidence.objects.order_by("sha256", "pk").values_list("sha256", "size", "pk")
    for sha256, same in groupby(rows.iterator(), key=lambda row: row[0]):
        path = store.path_of(sha256)
        known.add(path)
        held = _held(path)
        for _sha256, size, pk in same:
            if held is None:
                yield f"evidence {pk}: its file {sha256} is missing."
            elif held != (sha256, size):
                yield f"evidence {pk}: its file {sha256} is no longer what was received."
    for path in store.files():
        if path not in known and _is_late(path):
            yield f"{path.relative_to(settings.EVIDENCE_ROOT)}: no evidence names this file."


def _held(path: Path) -> tuple[str, int] | None:
    """The SHA-256 and the size of what lies there; None where nothing can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError:
        return None


def _is_late(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > LATE
    except FileNotFoundError:
        # It has been given its name, or been refused, since it was found.
        return False
