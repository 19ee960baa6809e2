"""Drafts as rows of our own export, whose columns are called as the fields are."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from tracker.desk.importers.records.drafts import Draft, PartyDraft, ReportDraft

# What a column is called where the draft calls it otherwise.
_COLUMNS = {"place_as_written": "place"}
_NO_COLUMNS = frozenset({"line", "raw", "near", "figures", "names"})


def as_row(draft: Draft) -> dict[str, str]:
    """The columns that say anything. Read again, they make a draft with the same content."""
    row = {
        _COLUMNS.get(each.name, each.name): _cell(getattr(draft, each.name))
        for each in fields(draft)
        if each.name not in _NO_COLUMNS
    }
    if isinstance(draft, ReportDraft):
        row |= _report(draft)
    if isinstance(draft, PartyDraft):
        row |= _party(draft)
    return {column: cell for column, cell in row.items() if cell}


def _report(draft: ReportDraft) -> dict[str, str]:
    row = {}
    if draft.near is not None:
        # Which of them is a pin, the precision says.
        row["latitude"], row["longitude"] = map(_cell, draft.near)
    for figure in draft.figures:
        for end in ("low", "best", "high", "as_written"):
            row[f"{figure.harm}.{figure.group}.{end}"] = _cell(getattr(figure, end))
    return row


def _party(draft: PartyDraft) -> dict[str, str]:
    own = [name for name in draft.names if name.name == draft.name]
    row = {"names": "; ".join(name.name for name in draft.names if name.name != draft.name)}
    for name in own[:1]:
        row |= {"valid_from": _cell(name.valid_from), "valid_to": _cell(name.valid_to)}
    return row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
