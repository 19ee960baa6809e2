"""What is logged, and how: where a fault lies and of which kind it is, and nothing that anybody wrote."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

_MOMENT = "%Y-%m-%dT%H:%M:%S"


class LineFormatter(logging.Formatter):
    """A record on one line, in UTC, and below it where the error was raised.

    What an error says is left out: a database names the very row that it refuses, and a parser
    quotes what it could not read.
    """

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(filter(None, [self._line(record), _trace_of(record)]))

    def _line(self, record: logging.LogRecord) -> str:
        return f"{_moment(record)} {record.levelname} {record.name} {_message(record)}"


class JSONFormatter(logging.Formatter):
    """The same as one JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if trace := _trace_of(record):
            told["trace"] = trace.splitlines()
        return json.dumps(told, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):{_MOMENT}}Z"


def _message(record: logging.LogRecord) -> str:
    """On one line, whatever it is about: nobody writes a line of the log by what they send."""
    return "".join(each if each.isprintable() else " " for each in record.getMessage())


def _trace_of(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    seen: list[str] = []
    while error and len(seen) < 10:
        seen.append(_trace(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(seen)


def _trace(error: BaseException) -> str:
    """Through which lines an error came, the innermost last, and of which class it is."""
    lines = [
        f"  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error)
    return "\n".join([*lines, f"  {kind.__module__}.{kind.__qualname__}"])
