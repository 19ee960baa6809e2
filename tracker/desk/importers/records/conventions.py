"""What a dataset's own conventions change in what a row states, beyond its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.desk.importers.records.formats import UCDP
from tracker.desk.importers.records.header import Header
from tracker.desk.importers.records.mapping import Mapping

# Of a row's cells, what else is said of the values that were read from them.
Convention = Callable[[list[str], dict[str, Any]], None]

# What the notes of the desk say; kept in English, as all notes are.
SUMMED_UP = "UCDP sums up several incidents here, less those it counts apart (event_clarity 2)."
ZERO_MAY_BE_UNKNOWN = "ACLED writes 0 fatalities where no number is known as well."
RELAYED_FROM_SEVERAL = "Sources named: %s."


def convention_of(mapping: Mapping, columns: tuple[str, ...]) -> Convention | None:
    if mapping.kind != "reports":
        return None
    if mapping.format == "ucdp":
        return _ucdp(mapping, Header(columns))
    return _acled() if mapping.format == "acled" else None


def remark(values: dict[str, Any], said: str) -> None:
    values["note"] = f"{values['note']}\n{said}" if values.get("note") else said


def _ucdp(mapping: Mapping, header: Header) -> Convention:
    kind, clarity = (_cell(header, name) for name in ("type_of_violence", "event_clarity"))
    accuses_side_a = mapping.columns.get("accused") == UCDP.columns_in(header).get("accused")

    def apply(cells: list[str], values: dict[str, Any]) -> None:
        # Only of one-sided violence (3) is side A the perpetrator: elsewhere the order means nothing.
        if accuses_side_a and kind(cells) != "3":
            values.pop("accused", None)
            if "accused_as_written" not in mapping.columns:
                values.pop("accused_as_written", None)
        if clarity(cells) == "2":
            remark(values, SUMMED_UP)

    return apply


def _acled() -> Convention:
    def apply(_: list[str], values: dict[str, Any]) -> None:
        if values.get("killed.all.best") == 0:
            remark(values, ZERO_MAY_BE_UNKNOWN)

    return apply


def _cell(header: Header, name: str) -> Callable[[list[str]], str]:
    column = header.find(name)
    at = None if column is None else header.columns.index(column)
    return lambda cells: "" if at is None else cells[at].strip().removesuffix(".0")
