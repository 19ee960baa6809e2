"""What a table is, whatever file it comes from, and how much of one is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tracker.desk.importers.faults import BadRow
from tracker.errors import Told, gettext_noop


@dataclass(frozen=True)
class Limits:
    """How much of a file is read; each refusal names the limit."""

    size: int = 2_000_000_000
    """Bytes of the file as it is."""
    unpacked: int = 8_000_000_000
    """Bytes of a text once unpacked. It is read in constant memory."""
    whole: int = 200_000_000
    """Bytes, once unpacked, of what has to be held as a whole: a workbook, a GeoJSON collection."""
    ratio: int = 200
    """How many times its size a file may unpack to. Tables of reports reach 20."""
    entries: int = 5_000
    """Files in one workbook."""
    rows: int = 2_000_000
    columns: int = 1_000
    cell: int = 100_000
    """Characters. The csv module itself ends a cell at 131,072."""
    line: int = 1_000_000
    """Characters."""
    memory: int = 1 << 30
    """Bytes, of the process that reads a workbook."""
    seconds: int = 300
    """Of its work."""


@dataclass(frozen=True)
class Choices:
    """What a person may correct; empty is to be recognised."""

    encoding: str = ""
    """One of ENCODINGS."""
    delimiter: str = ""
    """One of DELIMITERS."""
    sheet: str = ""
    """The name of a workbook's sheet."""


class Record(NamedTuple):
    """A row of a table."""

    line: int
    """The line of a text on which it begins, the row of a sheet, or the number of a feature; the
    header of GeoJSON, which has none, is 0."""
    cells: list[str]
    """As text, as many as the header has; "" is empty."""


Rows = Iterator[Record | BadRow]


class Form(Told):
    """How a table is written."""

    COMMAS = "commas", gettext_noop("CSV, %(encoding)s, parted by commas")
    SEMICOLONS = "semicolons", gettext_noop("CSV, %(encoding)s, parted by semicolons")
    TABS = "tabs", gettext_noop("CSV, %(encoding)s, parted by tabs")
    BARS = "bars", gettext_noop("CSV, %(encoding)s, parted by vertical bars")
    WORKBOOK = "workbook", gettext_noop("workbook, sheet “%(sheet)s”")
    GEOJSON = "geojson", gettext_noop("GeoJSON, one row a feature")


_PARTED = {",": Form.COMMAS, ";": Form.SEMICOLONS, "\t": Form.TABS, "|": Form.BARS}
DELIMITERS = tuple(_PARTED)


@dataclass(frozen=True)
class Label:
    """Short words for people. In another language: `gettext(label.form.sentence) % label.values`."""

    form: Form
    values: Mapping[str, str]

    def __str__(self) -> str:
        return self.form.sentence % self.values


@dataclass(frozen=True)
class Table:
    """A table of a file, open to be read."""

    kind: str
    """"csv", "workbook" or "geojson"."""
    choices: Choices
    """What was recognised or chosen, as far as it applies."""
    sheets: tuple[str, ...]
    """The names of a workbook's sheets."""
    rows: Callable[[], Rows]

    def records(self) -> Rows:
        """The rows, the header first; those that are wholly empty are left out.

        May be called again and again. Raises InvalidInput where the file breaks off or is longer
        than the limits allow.
        """
        return self.rows()

    @property
    def label(self) -> Label:
        if self.kind == "csv":
            return Label(_PARTED[self.choices.delimiter], {"encoding": self.choices.encoding})
        if self.kind == "workbook":
            return Label(Form.WORKBOOK, {"sheet": self.choices.sheet})
        return Label(Form.GEOJSON, {})
