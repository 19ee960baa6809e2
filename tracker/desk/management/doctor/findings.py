from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    OK = "ok"
    LOOK = "look"
    """Right for some, and to be known."""
    WRONG = "wrong"


class Finding(NamedTuple):
    level: Level
    text: str

    def __str__(self) -> str:
        return f"{self.level:<6}{self.text}"


def ok(text: str) -> Finding:
    return Finding(Level.OK, text)


def look(text: str) -> Finding:
    return Finding(Level.LOOK, text)


def wrong(text: str) -> Finding:
    return Finding(Level.WRONG, text)
