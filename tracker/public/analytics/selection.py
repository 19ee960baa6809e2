from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.public.models import EditionQuerySet, Entry
from tracker.public.rollups import ALL, FACETS, TO_INDEX, rows
from tracker.scope.days import Span

OF_ALL = (ALL, "")


@dataclass(frozen=True)
class Selection:
    """The incidents that are counted: those that answer to what was asked, days included.

    `entries` are the index rows of the same, which hold all that is counted but facets.

    `first` and `last` are the days asked for. Where nothing but days and at most one code was asked,
    `under` says what is counted by and the code, both empty for all: what is counted ahead can be read
    instead of counting anew.
    """

    editions: EditionQuerySet
    entries: QuerySet[Entry]
    first: dt.date | None = None
    last: dt.date | None = None
    under: tuple[str, str] | None = None

    @property
    def is_of_all(self) -> bool:
        return self.under == OF_ALL

    def is_counted_ahead(self, name: str) -> bool:
        """Whether these are, by this: those under one code are not told apart any further."""
        return self.is_of_all or (self.under is not None and name == ALL)

    def rows(
        self,
        name: str,
        *columns: str,
        days: Span | None = None,
        tiles: list[int] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """As `rollups.rows` tells of these incidents, or of those of them that begin on these days or
        lie in these tiles."""
        counted: QuerySet[Any] = self.editions if name in FACETS else self.entries
        way = TO_INDEX if name in FACETS else ""
        if days:
            counted = counted.filter(**{f"{way}date_start__range": (days.first, days.last)})
        if tiles is not None:
            counted = counted.filter(**{f"{way}tile__in": tiles})
        # Not streamed: by a cursor PostgreSQL counts in one process alone.
        return rows(counted, name, *columns, way=way, is_streamed=False)
