"""Workbooks: XLSX, XLS and ODS, read by a process that is bound in memory and time."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from tracker.desk.importers import archives, files
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import sheets
from tracker.desk.importers.tables.checks import Checks
from tracker.desk.importers.tables.table import Choices, Limits, Rows, Table
from tracker.errors import InvalidFor
from tracker.tables import guard

# What a process dies of that has all the memory or time it may have.
_EXHAUSTED = {-signal.SIGABRT, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV}


def open_workbook(path: Path, choices: Choices, limits: Limits) -> Table:
    """A sheet of a workbook. Raises InvalidInput where it cannot be read."""
    (first,), names = _said(path, limits)
    sheet = choices.sheet or first
    if sheet not in names:
        raise InvalidFor(Why.NO_SUCH_SHEET, name=path.name, value=sheet, sheets=", ".join(names))
    rows = partial(_rows, path, sheet, limits)
    return Table("workbook", Choices(sheet=sheet), tuple(names), rows)


def check_archive(path: Path, limits: Limits) -> list[str]:
    """The names of the files in a zip archive that is not too large to be unpacked."""
    names = archives.members(path, largest=limits.whole, most=limits.entries)
    archives.check_ratio(path, limits.ratio)
    return names


def _rows(path: Path, sheet: str, limits: Limits) -> Rows:
    checks = Checks(path.name, limits)
    rows = 0
    for number, cells in enumerate(_said(path, limits, sheet), start=1):
        if any(cells):
            rows += 1
            checks.count(rows)
            yield checks.of(number, [guard.lifted(cell) for cell in cells])


def _said(path: Path, limits: Limits, sheet: str = "") -> Iterator[Any]:
    given = [
        path.resolve(),
        limits.memory,
        limits.seconds,
        limits.cell,
        *([sheet] if sheet else []),
    ]
    # Isolated: without the settings, and without the secrets of our environment.
    command = [sys.executable, "-I", sheets.__file__, *map(str, given)]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:
        try:
            for line in process.stdout or ():
                said = orjson.loads(line)
                if isinstance(said, dict):
                    raise _refusal(path, limits, **said)
                yield said
        finally:
            process.kill()
        if process.wait() in _EXHAUSTED:
            raise _refusal(path, limits, "memory")
        if process.returncode:
            raise _refusal(path, limits, "broken")


def _refusal(path: Path, limits: Limits, failed: str, problem: str = "it is damaged") -> InvalidFor:
    if failed == "encrypted":
        return InvalidFor(Why.ENCRYPTED, name=path.name)
    if failed == "memory":
        memory = files.megabytes(limits.memory)
        return InvalidFor(
            Why.NEEDS_TOO_MUCH, name=path.name, memory=memory, seconds=str(limits.seconds)
        )
    return InvalidFor(Why.BROKEN_WORKBOOK, name=path.name, problem=problem)
