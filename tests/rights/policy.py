"""What is meant to be: the checked-in tables that the tracker is held against."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

Line = tuple[str, ...]


def read(name: str, *, keys: int) -> dict[Line, dict[str, str]]:
    """The lines of a table by their first columns; of each the other columns by their names."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert lines == sorted(lines), f"{name} is not sorted."
    return {tuple(line[:keys]): dict(zip(header, line, strict=True)) for line in lines}


def chosen(table: dict[Line, dict[str, str]], column: str, *, cell: str = "yes") -> set[Line]:
    return {line for line, cells in table.items() if cells[column] == cell}


def contradictions(
    name: str, held: Collection[Line], found: Sequence[Line], blanks: Sequence[Any]
) -> list[str]:
    """What the table lacks and what it holds in vain, each with what to do about it."""
    blank = ",".join(f"<{each}>" for each in blanks)
    missing = [
        f"{name} lacks a line: decide for every column, and add {','.join(line)},{blank}"
        for line in found
        if line not in held
    ]
    gone = [
        f"{name} has a line of what is not there any more: take out {','.join(line)}"
        for line in held
        if line not in set(found)
    ]
    return missing + gone
