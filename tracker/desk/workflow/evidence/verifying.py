"""Whether the bytes of all evidence, and of the files imported, are still those that were received."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from tracker.desk.models import Evidence, ImportRun
from tracker.desk.workflow.evidence import store

# Seconds after which a file that no row names is no longer one that is just being received.
LATE = 60 * 60


def faults(*, is_quick: bool = False) -> Iterator[str]:
    """What is wrong, a sentence each: files missing, changed, or named by no row.

    A quick look reads no file, and takes one of the right size to be the right one.
    """
    look = _named if is_quick else _held
    known: set[Path] = set()
    kinds: dict[str, QuerySet[Any]] = {
        "evidence": Evidence.objects.all(),
        "import": ImportRun.objects.all(),
    }
    for name, rows in kinds.items():
        kept = rows.order_by("sha256", "pk").values_list("sha256", "size", "pk").iterator()
        for sha256, same in groupby(kept, key=lambda row: row[0]):
            path = store.path_of(sha256)
            known.add(path)
            yield from _faults_of(name, look(path), same)
    for path in store.files():
        if path not in known and _is_late(path):
            yield f"{path.relative_to(settings.EVIDENCE_ROOT)}: no evidence names this file."


def _faults_of(
    name: str, held: tuple[str, int] | None, same: Iterable[tuple[str, int, int]]
) -> Iterator[str]:
    for sha256, size, pk in same:
        if held is None:
            yield f"{name} {pk}: its file {sha256} is missing."
        elif held != (sha256, size):
            yield f"{name} {pk}: its file {sha256} is no longer what was received."


def _held(path: Path) -> tuple[str, int] | None:
    """The SHA-256 and the size of what lies there; None where nothing can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError:
        return None


def _named(path: Path) -> tuple[str, int] | None:
    """The SHA-256 its name says, and its size; None where it is not there."""
    try:
        return path.parent.name + path.name, path.stat().st_size
    except OSError:
        return None


def _is_late(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > LATE
    except FileNotFoundError:
        # It has been given its name, or been refused, since it was found.
        return False
