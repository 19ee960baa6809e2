"""Zip archives, judged by their lists of contents and not unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tracker.desk.importers import files
from tracker.desk.importers.faults import Why
from tracker.errors import InvalidFor

# A workbook of one sheet holds some ten files, a sheet adds one or two.
MOST_ENTRIES = 5_000
_HARMLESS = 10_000_000


def members(
    path: Path, *, largest: int = files.LARGEST_WHOLE, most: int = MOST_ENTRIES
) -> list[str]:
    """The names of the files in a workbook or another zip archive.

    Raises InvalidInput where it is damaged, holds more than `most` files, or would unpack to more
    than `largest` bytes.
    """
    with files.opened(path) as file:
        try:
            with zipfile.ZipFile(file) as packed:
                size = sum(member.file_size for member in packed.infolist())
                names = packed.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InvalidFor(Why.NOT_UNPACKED, name=path.name, problem=str(error)) from error
    if len(names) > most:
        raise InvalidFor(
            Why.TOO_MANY_ENTRIES, name=path.name, found=str(len(names)), limit=str(most)
        )
    if size > largest:
        raise InvalidFor(Why.UNPACKS_TOO_LARGE, name=path.name, limit=files.megabytes(largest))
    return names


def check_ratio(path: Path, most: int) -> None:
    """Raises InvalidInput where an archive unpacks to more than `most` times its size."""
    with files.opened(path) as file, zipfile.ZipFile(file) as packed:
        size = sum(member.file_size for member in packed.infolist())
    if is_packed_too_tightly(path.stat().st_size, size, most):
        raise InvalidFor(Why.PACKED_TOO_TIGHTLY, name=path.name, limit=str(most))


def is_packed_too_tightly(packed: int, unpacked: int, most: int) -> bool:
    # What is small does no harm, however empty it is.
    return unpacked > _HARMLESS and unpacked > most * packed
