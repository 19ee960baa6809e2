"""Rows of a table as drafts, by a mapping that is made ready once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from functools import cache
from operator import itemgetter
from typing import Any

import orjson

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.importers.records import building, kobo
from tracker.desk.importers.records.conventions import convention_of
from tracker.desk.importers.records.drafts import (
    Draft,
    Row,
)
from tracker.desk.importers.records.fields import Field, Holds, by_name
from tracker.desk.importers.records.mapping import DATE_ORDER, Mapping, Unfit
from tracker.desk.importers.records.reading import JOINTS, Read, reader
from tracker.desk.importers.records.refusing import Refuse
from tracker.desk.importers.records.unread import Unread
from tracker.desk.importers.records.values import shortened
from tracker.errors import InvalidFor, Told, quoted
from tracker.geo.bbox import BBox

# A field, where its cells stand, how they are joined, and how they are read.
Step = tuple[str, Callable[[list[str]], str], Read]


class Drafter:
    """Drafts of a table's rows. Raises InvalidFor where the mapping does not fit the table.

    `area` is where all positions should lie: one that would lie there, were its latitude and its
    longitude exchanged, is refused.
    """

    def __init__(self, mapping: Mapping, columns: Sequence[str], area: BBox | None = None) -> None:
        mapping.check()
        self.mapping = mapping
        self.columns = tuple(columns)
        self._fields = by_name(mapping.kind)
        self._refuse_unfit()
        self._constants = self._constant_values()
        self._steps = [self._step(name) for name in self._fields if mapping.columns.get(name)]
        if mapping.kind == "reports" and mapping.columns.get("accused"):
            self._steps += self._accused_as_written()
        self._required = [field.name for field in self._fields.values() if field.is_required]
        self._convention = convention_of(mapping, self.columns)
        self._builder = building.builder(mapping, area)

    def draft(self, record: Row) -> Draft | BadRow:
        """What a row states, or all that is wrong with it."""
        cells = record.cells
        if len(cells) < len(self.columns):
            cells = cells + [""] * (len(self.columns) - len(cells))
        faults = self._unwritable(cells) or self._beyond(cells)
        if faults:
            return BadRow(record.line, record.cells, tuple(faults))
        values = self._constants | self._read(cells, faults)
        if self._convention is not None:
            self._convention(cells, values)
        self._builder.check(values, self._refusing(cells, faults))
        self._demand(values, faults)
        if faults:
            return BadRow(record.line, record.cells, tuple(faults))
        raw = {column: cell for column, cell in zip(self.columns, cells, strict=False) if cell}
        return self._builder.build(record.line, raw, values)

    def _read(self, cells: list[str], faults: list[Fault]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, take, read in self._steps:
            written = take(cells).strip()
            if not written:
                continue
            try:
                value = read(written)
            except Unread as refusal:
                faults.append(self._fault(name, refusal.why, written, refusal.values))
            else:
                if value is not None and value != "":
                    values[name] = value
        return values

    def _unwritable(self, cells: list[str]) -> list[Fault]:
        """What no database keeps. Looked for in the row as a whole, and by cell only where it is."""
        whole = "".join(cells)
        if "\0" not in whole and (whole.isascii() or _is_unicode(whole)):
            return []
        return [
            Fault(Why.NUL if "\0" in cell else Why.SURROGATE, column, ascii(cell))
            for column, cell in zip(self.columns, cells, strict=False)
            if "\0" in cell or not _is_unicode(cell)
        ]

    def _beyond(self, cells: list[str]) -> list[Fault]:
        """Cells that stand under no column, and would be lost."""
        lost = [cell for cell in cells[len(self.columns) :] if cell.strip()]
        return [Fault(Why.BEYOND, value=lost[0])] if lost else []

    def _demand(self, values: dict[str, Any], faults: list[Fault]) -> None:
        for name in self._required:
            if name not in values:
                column = self._called(name)
                if not any(fault.column == column for fault in faults):
                    faults.append(Fault(Why.MISSING, column))

    def _refusing(self, cells: list[str], faults: list[Fault]) -> Refuse:
        def refuse(name: str, why: Told, value: str = "", **values: str) -> None:
            faults.append(self._fault(name, why, value, values))

        return refuse

    def _fault(self, name: str, why: Told, value: str, values: dict[str, str]) -> Fault:
        return Fault(why, self._called(name), value, {"value": quoted(value), **values})

    def _called(self, name: str) -> str:
        """The columns that feed a field."""
        return ", ".join(self.mapping.columns.get(name, ())) or name

    def _refuse_unfit(self) -> None:
        for columns in self.mapping.columns.values():
            for column in columns:
                if column not in self.columns:
                    raise InvalidFor(Unfit.ABSENT, value=quoted(column))
        for field in self._fields.values():
            given = self.mapping.columns.get(field.name) or self.mapping.constants.get(field.name)
            if field.is_required and not given:
                raise InvalidFor(Unfit.UNMAPPED, field=field.name)

    def _reader(self, field: Field) -> Read:
        return reader(
            field,
            given=self.mapping.codes.get(field.name, {}),
            format=self.mapping.format,
            order=self.mapping.constants.get(DATE_ORDER, ""),
        )

    def _constant_values(self) -> dict[str, Any]:
        found = {}
        for name, written in self.mapping.constants.items():
            if name == DATE_ORDER:
                continue
            try:
                found[name] = self._reader(self._fields[name])(written)
            except Unread:
                raise InvalidFor(Unfit.CONSTANT, value=quoted(written), field=name) from None
        return {name: value for name, value in found.items() if value is not None and value != ""}

    def _step(self, name: str) -> Step:
        field = self._fields[name]
        columns = self.mapping.columns[name]
        places = [self.columns.index(column) for column in columns]
        if self.mapping.format == "kobo" and field.holds is Holds.CODES:
            return name, _answers(columns, places), self._reader(field)
        return name, _taking(places, JOINTS.get(field.holds)), self._reader(field)

    def _accused_as_written(self) -> list[Step]:
        """The words for those accused, where no column of its own holds them."""
        name = "accused_as_written"
        if name in self.mapping.columns or name in self.mapping.constants:
            return []
        _, take, _ = self._step("accused")
        most = self._fields[name].length
        return [(name, take, lambda written: shortened(written, most))]


def content(draft: Draft) -> bytes:
    """All that a draft states, in one form in any process: without the line and the row as received."""
    stated = {
        name: value
        for name, default in _statable(type(draft))  # type: ignore[arg-type]
        if (value := getattr(draft, name)) != default
    }
    return orjson.dumps(stated)


@cache
def _statable(kind: type[Draft]) -> list[tuple[str, Any]]:
    """The fields of a draft, and what each is where nothing is stated."""
    return [
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(kind)
        if each.name not in {"line", "raw"}
    ]


def _taking(places: list[int], joint: str | None) -> Callable[[list[str]], str]:
    if len(places) == 1:
        return itemgetter(places[0])
    if joint is None:
        return lambda cells: next((cells[at] for at in places if cells[at].strip()), "")
    return lambda cells: joint.join([cell for at in places if (cell := cells[at].strip())])


def _answers(columns: Sequence[str], places: list[int]) -> Callable[[list[str]], str]:
    """Of the columns of a question with several answers, the answers that were chosen."""
    named = list(zip(columns, places, strict=True))
    return lambda cells: ";".join(
        filter(None, (kobo.answer(column, cells[at]) for column, at in named))
    )


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
