"""The rows of a file that have been read so far, kept on disk: a file may have a million."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager

from tracker.desk.workflow.importing.keeping import Known

# As many values as any SQLite takes in one question.
MOST_ASKED = 500


class Seen:
    """What the rows read so far were, by their keys."""

    def __init__(self, rows: sqlite3.Connection, run: int) -> None:
        self._rows, self._run = rows, run
        rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, mark TEXT, line INT) WITHOUT ROWID")
        rows.execute("CREATE TABLE told (words TEXT PRIMARY KEY, line INT) WITHOUT ROWID")

    def add(self, rows: Iterable[tuple[str, Known]]) -> None:
        """Remember these rows, each by its key; of equal keys the last."""
        told = ((key, known.fingerprint, known.line) for key, known in rows)
        self._rows.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", told)

    def among(self, keys: Collection[str]) -> dict[str, Known]:
        """Those of these keys that were seen."""
        asked = list(keys)
        found: dict[str, Known] = {}
        for at in range(0, len(asked), MOST_ASKED):
            some = asked[at : at + MOST_ASKED]
            marks = ", ".join("?" * len(some))
            rows = self._rows.execute(
                f"SELECT key, mark, line FROM seen WHERE key IN ({marks})",  # noqa: S608 - marks
                some,
            )
            found |= {key: Known(0, mark, run=self._run, line=line) for key, mark, line in rows}
        return found

    def told_before(self, words: str, line: int) -> int | None:
        """The line that told the same first, where it is another than this one."""
        digest = hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
        self._rows.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (digest, line))
        (first,) = self._rows.execute("SELECT line FROM told WHERE words = ?", (digest,)).fetchone()
        return first if first != line else None


@contextmanager
def remembering(run: int) -> Iterator[Seen]:
    """Rows remembered in a file without a name, which is gone with the work."""
    with closing(sqlite3.connect("", isolation_level=None)) as rows:
        # What is lost with the process need not be safe from it.
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA synchronous = OFF")
        yield Seen(rows, run)
