"""What is asked of every row of every table."""

from __future__ import annotations

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.importers.tables.table import Limits, Record
from tracker.errors import InvalidFor


class Checks:
    """Compares rows with the limits and with the header, which is the first of them."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self.width = 0
        """How many cells the header has; 0 before it is read."""

    def of(self, line: int, cells: list[str], fault: Fault | None = None) -> Record | BadRow:
        """The row, unless something is wrong with it."""
        if not self.width:
            self.width = len(cells)
            self._check_width()
        fault = fault or self._wrong(cells)
        if fault is None:
            return Record(line, cells[: self.width] + [""] * (self.width - len(cells)))
        # What is refused is shown and kept, and neither a page nor a database holds a NUL.
        return BadRow(line, [cell.replace("\0", "\ufffd") for cell in cells], (fault,))

    def count(self, rows: int) -> None:
        """Raises InvalidInput where there are too many rows; the header counts for none."""
        if rows - 1 > self._limits.rows:
            raise InvalidFor(Why.TOO_MANY_ROWS, name=self._name, limit=str(self._limits.rows))

    def _check_width(self) -> None:
        if self.width > self._limits.columns:
            found, limit = str(self.width), str(self._limits.columns)
            raise InvalidFor(Why.TOO_MANY_COLUMNS, name=self._name, found=found, limit=limit)

    def _wrong(self, cells: list[str]) -> Fault | None:
        longest = max(map(len, cells), default=0)
        if longest > self._limits.cell:
            values = {"found": str(longest), "limit": str(self._limits.cell)}
            return Fault(Why.CELL_TOO_LONG, values=values)
        if any(cells[self.width :]):
            values = {"found": str(len(cells)), "limit": str(self.width)}
            return Fault(Why.TOO_MANY_CELLS, values=values)
        if "\0" in "".join(cells):
            return Fault(Why.HOLDS_NUL)
        return None
