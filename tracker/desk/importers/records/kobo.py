"""Exports of KoboToolbox and ODK: columns of groups, and questions with several answers."""

from __future__ import annotations

from tracker.desk.importers.records import synonyms
from tracker.desk.importers.records.fields import Holds, by_name
from tracker.desk.importers.records.header import Header

_OWN = (
    "_id|meta/instanceID|KEY",
    "_uuid|instanceID",
    "_submission_time|SubmissionDate",
    "_submitted_by|__version__",
    "_index",
)
# When the form was filled in, which is not when anything happened.
_OF_THE_FORM = frozenset({"start", "end", "today", "starttime", "endtime"})
_YES = frozenset({"1", "1.0", "true", "yes"})
_NO = frozenset({"", "0", "0.0", "false", "no"})


def is_export(header: Header) -> bool:
    return header.has(_OWN) >= 2


def fields_of(kind: str, header: Header) -> dict[str, tuple[str, ...]]:
    """The columns that feed each field, by the last part of their names: `incident/place` is place."""
    last = {
        column: column.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for column in header.columns
        if column not in _OF_THE_FORM
    }
    questions = Header(tuple(dict.fromkeys(last.values())))
    named = synonyms.fields_of(kind, questions)
    found = {
        name: tuple(next(full for full, short in last.items() if short == each) for each in each_of)
        for name, each_of in named.items()
    }
    if kind == "reports":
        found |= _fixed(header)
        found |= _positions(header, found)
        found |= _splits(header, found)
    return found


def answer(column: str, cell: str) -> str:
    """What the column of one of several answers says: the answer, or nothing."""
    written = cell.strip().casefold()
    if "/" in column and written in _YES:
        return column.rsplit("/", 1)[-1]
    return "" if "/" in column and written in _NO else cell


def _fixed(header: Header) -> dict[str, tuple[str, ...]]:
    wanted = {
        "external_id": "_uuid|instanceID|meta/instanceID|KEY|_id",
        "published_on": "_submission_time|SubmissionDate",
    }
    found = {name: header.find(columns) for name, columns in wanted.items()}
    return {name: (column,) for name, column in found.items() if column}


def _positions(header: Header, found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The columns that the place where one stands is split into: `_location_latitude`."""
    if "latitude" in found and "longitude" in found:
        return {}
    ends = {"latitude": ("_latitude", "-Latitude"), "longitude": ("_longitude", "-Longitude")}
    split = {
        name: tuple(each for each in header.columns if each.endswith(ending))[:1]
        for name, ending in ends.items()
    }
    return split if all(split.values()) else {}


def _splits(header: Header, found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Where the answers to a question stand in columns alone, those: `acts/shelling`."""
    split: dict[str, tuple[str, ...]] = {}
    for name, each in by_name("reports").items():
        if each.holds is Holds.CODES and name not in found:
            columns = tuple(
                column
                for column in header.columns
                if "/" in column and name in synonyms.named("reports", column.split("/")[-2])
            )
            if columns:
                split[name] = columns
    return split
