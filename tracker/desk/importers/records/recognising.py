"""What a table is, and how it is best read: a proposal for a person to correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.desk.importers.records import crosswalk, dates, hxl, kobo, synonyms
from tracker.desk.importers.records.drafts import Row
from tracker.desk.importers.records.fields import Field, Holds, by_name
from tracker.desk.importers.records.formats import FORMATS, FormatName
from tracker.desk.importers.records.header import Header, columns_of, tags_of, ucdp_order
from tracker.desk.importers.records.mapping import DATE_ORDER, Mapping

__all__ = ["Recognised", "columns_of", "recognise"]

# Of how many different values of a column a code is proposed for at most.
MOST_VALUES = 200


@dataclass(frozen=True)
class Recognised:
    """What a table looks like."""

    mapping: Mapping
    """As proposed; its format and its header rows are what was recognised."""
    columns: tuple[str, ...]
    unmapped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By field, the values seen for which a person must choose a code."""

    @property
    def format(self) -> str:
        return self.mapping.format

    @property
    def header_rows(self) -> int:
        return self.mapping.header_rows

    @property
    def label(self) -> FormatName:
        """What to call it: `gettext(label.sentence)`."""
        return next(name for name in FormatName if name == self.mapping.format)


def recognise(sample: Sequence[Row], kind: str = "reports") -> Recognised:
    """What the first rows of a table, its header among them, look like."""
    tagged_row, tags = tags_of(sample)
    header_rows = tagged_row or (0 if ucdp_order(sample) else 1)
    columns = columns_of(sample, header_rows)
    mapping = _proposed(kind, Header(columns), tags)
    mapping = replace(mapping, header_rows=header_rows)
    return with_values(mapping, columns, sample[header_rows:])


def with_values(mapping: Mapping, columns: Sequence[str], rows: Sequence[Row]) -> Recognised:
    """The same mapping with the order of dates and the codes that the values of these rows call for.

    What the mapping says already stays.
    """
    seen = {
        each.name: _seen(mapping, each, columns, rows)
        for each in by_name(mapping.kind).values()
        if each.name in mapping.columns
    }
    known = by_name(mapping.kind)
    days = (
        value
        for name, values in seen.items()
        if known[name].holds in {Holds.DATE, Holds.LAST_DATE}
        for value in values
    )
    constants = dict(mapping.constants)
    if DATE_ORDER not in constants and (order := dates.order_of(days)):
        constants[DATE_ORDER] = order
    codes, unmapped = dict(mapping.codes), {}
    for name, values in seen.items():
        if (listed := known[name].codes) is not None:
            given = mapping.codes.get(name, {})
            chosen, unmapped[name] = _coded(
                listed, mapping.format, [value for value in values if value not in given]
            )
            codes[name] = {**chosen, **given}
    return Recognised(
        mapping=replace(
            mapping, constants=constants, codes={name: each for name, each in codes.items() if each}
        ),
        columns=tuple(columns),
        unmapped={name: left for name, left in unmapped.items() if left},
    )


def _proposed(kind: str, header: Header, tags: Sequence[str]) -> Mapping:
    if kind == "reports":
        for each in FORMATS:
            if each.is_of(header):
                found = each.columns_in(header)
                return Mapping(kind, each.name, columns=found, constants=dict(each.constants))
    if synonyms.is_own(kind, header):
        return Mapping(kind, "own", columns=synonyms.own_fields_of(kind, header))
    by_words = synonyms.fields_of(kind, header)
    if kind == "reports" and tags:
        by_tags = hxl.fields_of(tags, header.columns)
        return Mapping(kind, "hxl", columns=by_tags if by_tags else by_words)
    if kobo.is_export(header):
        return Mapping(kind, "kobo", columns=kobo.fields_of(kind, header))
    return Mapping(kind, "table", columns=by_words)


def _seen(mapping: Mapping, field: Field, columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The different values of the columns that feed a field, in the order of the rows."""
    places = [at for at, column in enumerate(columns) if column in mapping.columns[field.name]]
    cells = (row.cells[at] for row in rows for at in places if at < len(row.cells))
    if field.holds is Holds.CODES:
        cells = (part for cell in cells for part in crosswalk.parted(cell, mapping.format))
    return list(dict.fromkeys(filter(None, (cell.strip() for cell in cells))))[:MOST_VALUES]


def _coded(
    codes: crosswalk.CodeList, format: str, values: list[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The codes proposed, those that are our own already left out; and the values that have none."""
    proposed = {value: crosswalk.proposed(codes, value, format) for value in values}
    chosen = {value: code for value, code in proposed.items() if code is not None and code != value}
    return chosen, tuple(value for value, code in proposed.items() if code is None)
