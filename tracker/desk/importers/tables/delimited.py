"""CSV, whatever parts its cells and in whatever encoding."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.importers.tables import encodings
from tracker.desk.importers.tables.checks import Checks
from tracker.desk.importers.tables.pieces import pieces
from tracker.desk.importers.tables.table import DELIMITERS, Choices, Limits, Record, Rows, Table
from tracker.desk.importers.tables.text import END, Text
from tracker.errors import InvalidFor
from tracker.tables import guard

# Lines and rows a delimiter is told by.
_LINES = 2_000
_ROWS = 100
_ENDED = [END]
# A row with a cell that went on until the csv module gave up.
_ENDLESS = [END, END]
# With which Excel is told the delimiter.
_record: Callable[[tuple[int, list[str]]], Record] = partial(tuple.__new__, Record)
_HINT = re.compile(r"sep=([,;\t|])[\r\n]*\Z", re.IGNORECASE)


def open_delimited(path: Path, choices: Choices, limits: Limits) -> Table:
    """A table in a text. Raises InvalidInput where it is empty or too large."""
    encoding = _chosen(choices.encoding, encodings.ENCODINGS) or encodings.recognise(
        pieces(path, limits)
    )
    text = Text(pieces(path, limits), encoding, limits)
    lines = [*islice(chain.from_iterable(text.blocks()), _LINES)]
    if not any(line.strip(END).strip() for line in lines):
        raise InvalidFor(Why.EMPTY_FILE, name=path.name)
    delimiter = _chosen(choices.delimiter, DELIMITERS) or _delimiter(lines)
    rows = partial(_rows, path, encoding, delimiter, limits)
    # Read once, so that a header which is too wide is refused here.
    next(rows(), None)
    return Table("csv", Choices(encoding, delimiter), (), rows)


def _chosen(value: str, choices: tuple[str, ...]) -> str:
    if value and value not in choices:
        raise InvalidFor(Why.NO_SUCH_CHOICE, value=value, choices=" ".join(choices))
    return value


def _delimiter(lines: list[str]) -> str:
    """The one that parts most rows into as many cells as the first, and into the most of them."""
    hint = _HINT.match(lines[0])
    return hint[1] if hint else max(DELIMITERS, key=partial(_fitness, lines))


def _fitness(lines: list[str], delimiter: str) -> tuple[float, int]:
    # Strictly read, a cell in quotes ends at the delimiter and at no other character.
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    widths = [*islice(_widths(reader), _ROWS)]
    width = next(iter(widths), 0)
    return (widths.count(width) / len(widths), width) if width > 1 else (0, 0)


def _widths(reader: Iterator[list[str]]) -> Iterator[int]:
    """How many cells each row has; 0 where it cannot be told."""
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield 0
            continue
        if cells is None or cells == [END]:
            return
        if any(cells):
            yield len(cells)


def _rows(path: Path, encoding: str, delimiter: str, limits: Limits) -> Rows:
    text = Text(pieces(path, limits), encoding, limits)
    checks = Checks(path.name, limits)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    row: Record | BadRow | None
    most, width, rows, ends = limits.rows + 1, 0, 0, 0
    while True:
        begins = ends + 1
        try:
            cells = next(reader, _ENDED)
        except csv.Error:
            cells = _ENDLESS
        ends = reader.line_num
        # Nearly all rows are one line and in order: they need not wait for the others.
        if begins == ends and len(cells) == width and text.clean_from <= begins:
            row = _record((begins, cells)) if any(cells) else None
        elif cells == _ENDED:
            return
        else:
            row = _checked(begins, ends, cells, text, checks)
            width = checks.width
        if row:
            rows += 1
            if rows > most:
                checks.count(rows)
            yield row


def _lines(text: Text) -> Iterator[str]:
    lines = chain.from_iterable(text.blocks())
    first = next(lines)
    # The hint is no row, unless it is in quotes; an empty line in its place keeps the count.
    return chain(["\n" if _HINT.match(first) else first], lines)


def _checked(
    begins: int, ends: int, cells: list[str], text: Text, checks: Checks
) -> Record | BadRow | None:
    """A row about which there is something to be asked; None where it is none."""
    fault = text.fault_until(ends)
    if cells and cells[-1].endswith(END):
        end = str(ends if cells is _ENDLESS else ends - 1)
        return BadRow(begins, [], (Fault(Why.NOT_CLOSED, values={"end": end}),))
    if fault is None and not any(cells):
        return None
    return checks.of(begins, [guard.lifted(cell) for cell in cells], fault)
