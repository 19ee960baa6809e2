"""What every kind of import does with its rows, and the words for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet

from tracker.desk.importers.faults import Fault


class Sort(StrEnum):
    """What a row is beside what the desk has."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Known(NamedTuple):
    """What the desk has of one row of the source: the last edition of it."""

    number: int
    fingerprint: str
    edition: int = 1
    run: int | None = None
    line: int | None = None
    correction: int | None = None
    """The number of what corrects it, where a person did."""
    incident: int | None = None
    """The incident it is attached to."""


@dataclass(slots=True)
class Weighed:
    """A row, and what it is."""

    draft: Any
    fingerprint: str
    sort: Sort
    known: Known | None = None


class Keeper(Protocol):
    """Keeps the rows of one kind, for one run."""

    def key(self, draft: Any, fingerprint: str) -> str:
        """What a row is known by among those of its source."""

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        """What the desk has of these keys."""

    def refuse(self, draft: Any) -> Fault | None:
        """Why what a row states cannot be kept, though it can be read."""

    def look_up(self, rows: Sequence[Weighed]) -> None:
        """Find what these rows name, so that keeping them takes no longer than writing."""

    def keep(self, rows: Sequence[Weighed]) -> None:
        """Write the rows that are new or changed."""

    def unknown(self, draft: Any) -> Iterator[tuple[str, str]]:
        """The names in a row that nothing here bears: what they should name, and the name."""

    def told(self, draft: Any) -> str:
        """What two rows both say that tell the same; empty where that is no matter."""

    def told_already(self, drafts: Sequence[Any]) -> dict[str, int]:
        """By what they say, the numbers of those at the desk, of one origin, that say it too."""

    def earlier_keys(self) -> Iterator[tuple[str, int]]:
        """Key and number of what other imports of the source have brought and still stands."""

    def brought(self) -> QuerySet[Any]:
        """What this run has brought."""

    def worked_on(self) -> list[str]:
        """What this run has brought and somebody has worked on since, named for a person."""

    def take_back(self, numbers: Sequence[int]) -> None:
        """Delete these again, of what the run has brought."""
