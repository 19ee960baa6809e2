"""Fields as functions that read their cells, made once for a whole table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from tracker.desk.importers.faults import Why
from tracker.desk.importers.records import crosswalk, dates, values
from tracker.desk.importers.records.fields import Field, Holds
from tracker.desk.importers.records.unread import Unread

# Of a cell that is not empty, what it holds; None where it says that nothing is known. Raises Unread.
Read = Callable[[str], Any]

# How the cells of several columns that feed one field are joined; elsewhere the first that is filled.
JOINTS = {
    Holds.LINES: "\n",
    Holds.NAMES: "; ",
    Holds.CODES: "; ",
    Holds.DATE: "-",
    Holds.LAST_DATE: "-",
}
# As many different cells of a coded column are remembered.
REMEMBERED = 4_000


def reader(field: Field, *, given: Mapping[str, str], format: str, order: str) -> Read:
    """How the cells of a field are read; `given` are the codes or names a mapping gives for values."""
    holds = field.holds
    if holds in {Holds.CODE, Holds.CODES}:
        return _coded(field, given, format)
    if field.takes_names:
        return _named(field, given)
    if holds in {Holds.DATE, Holds.LAST_DATE}:
        return _dated(field, order)
    return partial(_SHORT[holds], length=field.length) if holds in _SHORT else _PLAIN[holds]


_SHORT: dict[Holds, Callable[..., Any]] = {
    Holds.LINE: values.line,
    Holds.ADDRESS: values.address,
}
_PLAIN: dict[Holds, Read] = {
    Holds.LINES: values.lines,
    Holds.COUNT: values.count,
    Holds.NUMBER: values.number,
    Holds.DEGREES: values.degrees,
    Holds.POSITION: values.position,
    Holds.LANGUAGE: values.language,
    Holds.SLUG: values.slug,
}


def _coded(field: Field, given: Mapping[str, str], format: str) -> Read:
    codes = field.codes
    if codes is None:
        raise TypeError(f"{field.name} has no codes")
    chosen = {" ".join(value.split()): code for value, code in given.items()}
    cast = int if issubclass(codes, int) else str

    def code_of(written: str) -> str | None:
        found = chosen.get(" ".join(written.split()))
        return crosswalk.proposed(codes, written, format) if found is None else found

    def required(written: str) -> str:
        found = code_of(written)
        if found is None and not values.is_unknown(written):
            raise Unread(Why.CODE)
        return found or ""

    @lru_cache(maxsize=REMEMBERED)
    def one(written: str) -> Any:
        found = required(written)
        return cast(found) if found else None

    @lru_cache(maxsize=REMEMBERED)
    def several(written: str) -> tuple[str, ...]:
        # A value may hold the mark that parts values elsewhere.
        whole = code_of(written)
        found = [whole] if whole is not None else map(required, crosswalk.parted(written, format))
        return tuple(dict.fromkeys(code for text in found for code in text.split(";") if code))

    return several if field.holds is Holds.CODES else one


def _named(field: Field, given: Mapping[str, str]) -> Read:
    chosen = {" ".join(value.split()): names for value, names in given.items()}
    is_one = field.holds is Holds.NAME

    @lru_cache(maxsize=REMEMBERED)
    def names(written: str) -> Any:
        whole = " ".join(written.split())
        if whole in chosen:
            found = values.parts(chosen[whole], field.length)
        elif is_one:
            found = (values.line(written, field.length),)
        else:
            parts = values.parts(written, field.length)
            found = values.parts(";".join(chosen.get(part, part) for part in parts), field.length)
        if is_one:
            return found[0] if found else None
        return found

    return names


def _dated(field: Field, order: str) -> Read:
    # A first day may be a month or a year; what else is a day has to be one.
    def first(written: str) -> dates.Days | None:
        return None if values.is_unknown(written) else dates.read(written, order)

    def last(written: str) -> dt.date | None:
        days = first(written)
        return days and days.end

    def day(written: str) -> dt.date | None:
        days = first(written)
        if days and days.start != days.end:
            raise Unread(Why.DATE)
        return days and days.start

    if field.name == "date_start":
        read: Read = first
    else:
        read = last if field.holds is Holds.LAST_DATE else day
    return lru_cache(maxsize=REMEMBERED)(read)
