"""What a table of public documents is made of: columns, and the cells that stand in them.

The columns of a table are the same in every export, whatever was asked for: a program that reads one
reads them all. Several values of one cell are parted by semicolons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from tracker.tables import Cell

Document = dict[str, Any]
Cells = Sequence[Cell]
JOINT = ";"
# What a cell holds: `texts` are several, `choice` one code of a list, `choices` several.
HOLDS = ("text", "texts", "integer", "number", "date", "choice", "choices")


@dataclass(frozen=True)
class Column:
    """One column. In a person's language: `gettext(meaning) % values`."""

    name: str
    meaning: str
    holds: str = "text"
    codes: str = ""
    """The list of the codebook that its codes are from."""
    hxl: str = ""
    """Its hashtag in the Humanitarian Exchange Language, where it has one."""
    values: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Wording:
    """How what is coded is said."""

    language: str
    labels: Mapping[str, Mapping[Any, str]]
    """By the name of a list of the codebook, what its codes are called in this language."""
    time_zone: str
    """In which days begin and end."""

    def label(self, codes: str, code: Any) -> str:
        return "" if code is None else self.labels[codes][code]

    def labels_of(self, codes: str, several: Sequence[Any]) -> str:
        if not several:
            return ""
        known = self.labels[codes]
        return JOINT.join([known[code] for code in several])

    def name(self, reference: Document | None) -> str:
        """What a party, a source or a place is called; nothing where it is masked."""
        if reference is None:
            return ""
        own = reference["name_ar"] if self.language == "ar" else None
        return own or reference["name"] or ""

    def names(self, references: Sequence[Document]) -> str:
        if not references:
            return ""
        # A semicolon in a name would make two of it.
        return JOINT.join([self.name(each).replace(JOINT, ",") for each in references])

    def offset(self, day: str) -> str:
        """By how much the clocks are ahead of UTC at noon of a day: UTC+02:00."""
        return _offset(day, self.time_zone)


@dataclass(frozen=True)
class Part:
    """Columns that are filled together."""

    columns: tuple[Column, ...]
    cells: Callable[[Document, Wording], Cells]


class Table:
    """Parts side by side."""

    def __init__(self, *parts: Part) -> None:
        self.columns = tuple(column for part in parts for column in part.columns)
        self.names = [column.name for column in self.columns]
        self._fillings = [part.cells for part in parts]

    def row(self, document: Document, wording: Wording) -> list[Cell]:
        return [*chain.from_iterable([fill(document, wording) for fill in self._fillings])]

    def rows(self, documents: Iterable[Document], wording: Wording) -> Iterator[list[Cell]]:
        """The names of the columns, and a row for each document."""
        yield [*self.names]
        for document in documents:
            yield self.row(document, wording)

    def tagged(self, documents: Iterable[Document], wording: Wording) -> Iterator[list[Cell]]:
        """The same with a row of HXL hashtags beneath the names."""
        rows = self.rows(documents, wording)
        yield next(rows)
        yield [column.hxl for column in self.columns]
        yield from rows


def ids(references: Sequence[Document]) -> str:
    if not references:
        return ""
    return JOINT.join([each["id"] for each in references if each["id"]])


def pairs(told: Iterable[tuple[str, Any]]) -> str:
    """Names with what each stands for: government=outside;opposition=violation."""
    return JOINT.join([f"{name}={value}" for name, value in told])


@lru_cache(maxsize=20_000)
def _offset(day: str, zone: str) -> str:
    noon = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), ZoneInfo(zone))
    return f"UTC{noon.isoformat()[-6:]}"
