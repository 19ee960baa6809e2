"""What stands in one cell."""

from __future__ import annotations

import math

Cell = str | int | float | None


def as_text(value: Cell) -> str:
    """A value as it is read back: 7.0 is 7, True is true, None is nothing."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            # Added to 0.0, -0.0 is plainly 0.
            return repr(value + 0.0).removesuffix(".0")
        case None:
            return ""
        case _:
            return str(value)


def is_number(value: Cell) -> bool:
    """Whether a spreadsheet knows it as a number; it knows none that is not finite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def plain(value: Cell) -> Cell:
    """A number as a number, and all else as text: 7.0 is written 7, as it is read from a workbook."""
    if not is_number(value):
        return as_text(value)
    text = as_text(value)
    return int(text) if text.lstrip("-").isdecimal() else value
