"""The one place where the bytes of evidence are written and read: files named by their SHA-256.

A file is whole and durable before its name exists; the row that names it comes after that.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.errors import Conflict, NoRoom

CHUNK = 1024 * 1024
# More than any file has.
LARGEST = 2**62
# Where files lie that are still being received.
_ARRIVING = "arriving"


@dataclass(frozen=True)
class Arrival:
    """A copy of a file in the store that is not kept yet."""

    file: IO[bytes]
    sha256: str

    @property
    def path(self) -> Path:
        """Where it lies meanwhile."""
        return Path(self.file.name)

    def keep(self) -> None:
        """Give the copy its name. Of the same bytes kept before it takes the place."""
        target = path_of(self.sha256)
        _make(target.parent)
        self.path.replace(target)
        # The name of the file, of its folder, and of the store.
        for folder in list(target.parents)[:3]:
            _sync(folder)


@contextmanager
def arriving(file: IO[bytes], *, at_most: int) -> Iterator[Arrival]:
    """A copy of a file, of one byte more than `at_most` where it is longer; gone unless kept.

    Raises NoRoom where the store is full, another Conflict where it cannot be written.
    """
    try:
        folder = settings.EVIDENCE_ROOT / _ARRIVING
        _make(folder)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as copy:
            try:
                sha256 = _copy(file, copy, at_most=at_most + 1)
                yield Arrival(copy, sha256)
            finally:
                Path(copy.name).unlink(missing_ok=True)
    except OSError as error:
        refusal = NoRoom if error.errno in {errno.ENOSPC, errno.EDQUOT} else Conflict
        raise refusal(_("The file cannot be kept: %s.") % error.strerror) from error


def path_of(sha256: str) -> Path:
    return settings.EVIDENCE_ROOT / sha256[:2] / sha256[2:]


def opened(sha256: str) -> IO[bytes]:
    """A kept file, found to be what it was. Raises Conflict where it is not, or is not there."""
    try:
        file = path_of(sha256).open("rb")
    except OSError as error:
        raise Conflict(_("The file cannot be read: %s.") % error.strerror) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Conflict(_("The file is no longer what was received."))
    file.seek(0)
    return file


def put_back(sha256: str, file: IO[bytes]) -> None:
    """Keep a file that was kept before, unless it is there. Raises Conflict where it is another."""
    if path_of(sha256).exists():
        return
    with arriving(file, at_most=LARGEST) as arrival:
        if arrival.sha256 != sha256:
            raise Conflict(_("The file is no longer what was received."))
        arrival.keep()


def files() -> Iterator[Path]:
    """Every file in the store, those still arriving among them."""
    return (path for path in settings.EVIDENCE_ROOT.rglob("*") if path.is_file())


def _copy(file: IO[bytes], copy: IO[bytes], *, at_most: int) -> str:
    """Copy what there is, durably; gives its SHA-256."""
    digest = hashlib.sha256()
    while chunk := file.read(min(CHUNK, at_most - copy.tell())):
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fchmod(copy.fileno(), 0o400)
    os.fsync(copy.fileno())
    return digest.hexdigest()


def _make(folder: Path) -> None:
    for each in (settings.EVIDENCE_ROOT, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
