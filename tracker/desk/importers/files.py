"""Files of any size, plain or gzipped, read line by line."""

from __future__ import annotations

import codecs
import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from tracker.desk.importers.drafts import Refusal
from tracker.desk.importers.faults import Why
from tracker.errors import InvalidFor, InvalidInput

# A row of any gazetteer met so far is below 20 kB.
LONGEST_LINE = 1_000_000
# What has to be held as a whole: a country's boundaries in full detail are some 50 MB.
LARGEST_WHOLE = 200_000_000
_GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where it is gzipped. Raises InvalidInput where it cannot be read."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            # Not a BufferedIOBase to the type checker, though it is one.
            yield cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidFor(Why.UNREADABLE, name=path.name, problem=reason) from error


def start(path: Path, size: int) -> bytes:
    """The first bytes of a file, unpacked."""
    with opened(path) as file:
        return file.read(size)


def whole(path: Path) -> bytes:
    """All of a file. Raises InvalidInput where it is larger than fits into memory with ease."""
    with opened(path) as file:
        content = file.read(LARGEST_WHOLE + 1)
    if len(content) > LARGEST_WHOLE:
        raise InvalidInput(f"{path.name} is larger than {LARGEST_WHOLE // 1_000_000} MB.")
    return content


def megabytes(size: int) -> str:
    """A number of bytes as people are told it."""
    return f"{size / 1_000_000:.3g}" if size < 1_000_000_000 else str(round(size / 1_000_000))


class Lines:
    """The lines of a UTF-8 text; one that is too long is refused, the others go on.

    Bytes that are not UTF-8 come as surrogates, which the cell that holds them refuses.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0
        self._refused: list[Refusal] = []

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST_LINE):
            self.number += 1
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                self._refuse_rest()
                continue
            if self.number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            yield line.decode("utf-8", errors="surrogateescape")

    def refused(self) -> list[Refusal]:
        """The refusals since this was last asked."""
        refused, self._refused = self._refused, []
        return refused

    def _refuse_rest(self) -> None:
        while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        reason = f"the line has more than {LONGEST_LINE} bytes."
        self._refused.append(Refusal(self.number, reason))


def table(file: BinaryIO) -> Iterator[tuple[int, dict[str, str]] | Refusal]:
    """The rows of a CSV file with a header, each with the line it begins on."""
    lines = Lines(file)
    feed = iter(lines)
    header = next(feed, "")
    separator = max(",;\t", key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]
    rows = csv.reader(feed, delimiter=separator)
    while True:
        begins = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            yield from lines.refused()
            return
        except csv.Error as error:
            yield Refusal(begins, f"the row cannot be told apart: {error}.")
            continue
        yield from lines.refused()
        if len(cells) > len(names):
            yield Refusal(begins, f"the row has {len(cells)} cells, its header {len(names)}.")
        elif any(cells):
            cells += [""] * (len(names) - len(cells))
            yield begins, dict(zip(names, cells, strict=True))


def tabbed(file: BinaryIO) -> Iterator[tuple[int, list[str]] | Refusal]:
    """The rows of a file whose cells are parted by tabs and never quoted, each with its line."""
    lines = Lines(file)
    for line in lines:
        yield from lines.refused()
        if line.strip():
            yield lines.number, line.rstrip("\r\n").split("\t")
    yield from lines.refused()
