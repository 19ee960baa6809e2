"""Rows as CSV in UTF-8."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence

from tracker.tables import guard
from tracker.tables.cells import Cell, plain

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_CHUNK = 1 << 16


def write_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """With the mark that Excel expects; text in quotes, numbers without."""
    # In quotes no character of a text can be taken for the delimiter, whichever is tried.
    return _written(rows, csv.QUOTE_NONNUMERIC, BOM_UTF8)


def plain_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Without the mark, which programs take for a part of the first name; in quotes what needs them."""
    return _written(rows, csv.QUOTE_MINIMAL, b"")


def _written(rows: Iterable[Sequence[Cell]], quoting: int, begins: bytes) -> Iterator[bytes]:
    text = io.StringIO()
    write = csv.writer(text, quoting=quoting).writerow  # type: ignore[arg-type]
    ready, beginnings = begins, guard.BEGINNINGS
    for row in rows:
        # Written out, for this is where most of the time goes.
        write(
            [
                (guard.marked(each) if each and each[0] in beginnings else each)
                if type(each) is str
                else (each if each is None or type(each) is int else _rarer(each))
                for each in row
            ]
        )
        if text.tell() > _CHUNK:
            yield ready + _taken(text)
            ready = b""
    yield ready + _taken(text)


def _rarer(value: Cell) -> Cell:
    # Most of these are coordinates: no whole number, and none that is infinite.
    if type(value) is float and value % 1 > 0:
        return value
    told = plain(value)
    return guard.marked(told) if isinstance(told, str) else told


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    # Looked for in the whole, and quickly: hardly any text holds what cannot be written.
    if "\0" in taken or not _is_unicode(taken):
        taken = _UNWRITABLE.sub("\ufffd", taken)
    return taken.encode()


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
