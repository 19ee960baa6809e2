"""What the rows of a file are beside what the desk has of the same source already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.importers.records.drafting import content
from tracker.desk.models import ImportRun
from tracker.desk.workflow.importing.keeping import Keeper, Known, Sort, Weighed
from tracker.desk.workflow.importing.seen import Seen


def fingerprints(rows: Iterable[Any]) -> list[str]:
    """The same for rows that state the same, whatever line they stand on; empty for a BadRow."""
    return ["" if isinstance(row, BadRow) else _fingerprint(row) for row in rows]


def _fingerprint(draft: Any) -> str:
    return hashlib.blake2b(content(draft), digest_size=16).hexdigest()


def weigh(
    keeper: Keeper,
    run: ImportRun,
    rows: Sequence[Any],
    *,
    marks: Sequence[str],
    columns: Sequence[str],
    seen: Seen | None = None,
) -> list[Weighed | BadRow]:
    """Each of these rows weighed: one that was refused before stays so.

    `marks` are the fingerprints of the rows, `columns` the names of the file's columns; `seen` is
    what earlier rows of the file were, where they have not been taken in.
    """
    keys = [keeper.key(row, mark) if mark else "" for row, mark in zip(rows, marks, strict=True)]
    known = keeper.known(set(filter(None, keys)))
    if seen:
        known |= seen.among(set(keys))
    weighed: list[Weighed | BadRow] = []
    for row, mark, key in zip(rows, marks, keys, strict=True):
        found = _weighed(row, mark, known.get(key), run) if mark else row
        if isinstance(found, Weighed) and found.sort != Sort.UNCHANGED:
            found = keeper.refuse(row) or found
        if isinstance(found, Fault):
            found = BadRow(row.line, [row.raw.get(name, "") for name in columns], (found,))
        elif isinstance(found, Weighed):
            # A later row meets it as if it had been taken in.
            known[key] = Known(0, mark, run=run.pk, line=row.line)
        weighed.append(found)
    if seen:
        seen.add((key, known[key]) for key in set(keys) & known.keys())
    return weighed


def _weighed(draft: Any, mark: str, known: Known | None, run: ImportRun) -> Weighed | Fault:
    if known is None:
        return Weighed(draft, mark, Sort.NEW)
    if known.fingerprint == mark:
        return Weighed(draft, mark, Sort.UNCHANGED, known)
    if fault := _hindrance(known, run):
        return fault
    return Weighed(draft, mark, Sort.CHANGED, known)


def _hindrance(known: Known, run: ImportRun) -> Fault | None:
    """Why what the desk has cannot be superseded by what the row says."""
    if known.run == run.pk:
        return Fault(Why.SAME_ID_TWICE, values={"line": str(known.line)})
    if known.run is None:
        return Fault(Why.KNOWN_OTHERWISE, values={"number": str(known.number)})
    if known.correction is not None:
        return Fault(Why.CORRECTED_HERE, values={"number": str(known.correction)})
    return None


def counted(weighed: Iterable[Weighed | BadRow]) -> dict[str, int]:
    """How many of each sort there are."""
    counts = {"refused": 0, **{sort.value: 0 for sort in Sort}}
    for row in weighed:
        counts["refused" if isinstance(row, BadRow) else row.sort.value] += 1
    return counts
