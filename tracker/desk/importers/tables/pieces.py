"""A file's bytes, a piece at a time, and no more of them than the limits allow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.desk.importers import archives, files
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables.table import Limits
from tracker.errors import InvalidFor

SIZE = 1 << 20


def pieces(path: Path, limits: Limits, *, most: int = 0) -> Iterator[bytes]:
    """The pieces of a file, unpacked where it is gzipped; `most` bytes instead of the limit.

    Raises InvalidInput where the file breaks off or unpacks to too much.
    """
    packed, unpacked = path.stat().st_size, 0
    most = most or limits.unpacked
    with files.opened(path) as file:
        while piece := file.read(SIZE):
            unpacked += len(piece)
            if unpacked > most:
                raise InvalidFor(Why.UNPACKS_TOO_LARGE, name=path.name, limit=files.megabytes(most))
            if archives.is_packed_too_tightly(packed, unpacked, limits.ratio):
                limit = str(limits.ratio)
                raise InvalidFor(Why.PACKED_TOO_TIGHTLY, name=path.name, limit=limit)
            yield piece
