"""Exports handed out while they are made, and no more of them at a time than leave room for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from threading import Lock, get_ident
from typing import Self

from django.db import DatabaseError

from tracker.errors import TrackerError

# Of the server's threads, so many may be busy with exports: where a reader is slow, one is so long.
MOST_AT_ONCE = 2
# After how many seconds it is worth asking again.
RETRY_AFTER = "10"
# The database gone, or an edition that is not as it should be.
FAILURES = (DatabaseError, TrackerError, LookupError, TypeError, ValueError)
_lock = Lock()
_threads: Counter[int] = Counter()


class Busy(Exception):
    """As many threads as may be are busy with exports."""


class Pieces:
    """The pieces of an export, the first of them made at once: what it raises can still be answered.

    Where a later one cannot be made the server ends the answer as if it were whole. So `broken` is
    added, which no reader of the form takes for a part of it, before the failure is handed on.
    """

    def __init__(self, pieces: Iterable[bytes], broken: bytes = b"") -> None:
        """Raises Busy, and whatever making the first piece does."""
        self._held = _held(pieces)
        # Begun, it lets its thread go whenever it is closed or forgotten.
        next(self._held)
        self._first: bytes | None = next(self._held, b"")
        self._broken = broken
        self._failure: Exception | None = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if self._failure:
            raise self._failure
        try:
            return next(self._held)
        except FAILURES as failure:
            self._failure = failure
            return self._broken

    def close(self) -> None:
        self._held.close()


def _held(pieces: Iterable[bytes]) -> Generator[bytes]:
    thread = get_ident()
    _take(thread)
    try:
        yield b""
        yield from pieces
    finally:
        with _lock:
            _threads[thread] -= 1


def _take(thread: int) -> None:
    with _lock:
        busy = [each for each, exports in _threads.items() if exports and each != thread]
        if len(busy) >= MOST_AT_ONCE:
            raise Busy
        _threads[thread] += 1
