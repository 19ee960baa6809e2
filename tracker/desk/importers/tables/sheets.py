"""Says the rows of a workbook's sheet, one JSON array a line: run as a process of its own.

A workbook of a few bytes may ask for all memory there is, and the library then ends the process it
runs in: so it runs in this one, which may have so much and no more. It imports nothing of the
tracker's, macros are never run, and no entity of its XML is resolved.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
from typing import Any

import orjson
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

_MIDNIGHT = dt.time()


def as_text(value: Any) -> str:
    """A value as it would be written: 7.0 is 7, a day has no time, True is true."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            # Added to 0.0, -0.0 is plainly 0.
            return repr(value + 0.0).removesuffix(".0")
        case dt.datetime() if value.time() == _MIDNIGHT:
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return _span(value)
        case None:
            return ""
        case _:
            return str(value)


def _span(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _say(message: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")


def _say_names(book: CalamineWorkbook) -> None:
    """The names of all sheets, and of the first that is a table in sight."""
    seen = [
        sheet.name
        for sheet in book.sheets_metadata
        if str(sheet.visible).endswith("Visible") and str(sheet.typ).endswith("WorkSheet")
    ]
    _say([*seen[:1], *book.sheet_names][:1])
    _say(book.sheet_names)


def _say_rows(book: CalamineWorkbook, name: str, longest: int) -> None:
    sheet = book.get_sheet_by_name(name)
    for row in sheet.iter_rows():
        # One character too many is enough for the other side to refuse it.
        _say([as_text(value)[: longest + 1] for value in row])


def main(path: str, memory: str, seconds: str, longest: str, sheet: str = "") -> None:
    _limit(int(memory), int(seconds))
    try:
        book = CalamineWorkbook.from_path(path)
        if sheet:
            _say_rows(book, sheet, int(longest))
        else:
            _say_names(book)
    except PasswordError:
        _say({"failed": "encrypted"})
    except MemoryError:
        _say({"failed": "memory"})
    except CalamineError as error:
        _say({"failed": "broken", "problem": str(error)})


if __name__ == "__main__":
    main(*sys.argv[1:])
