from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.public.models import EditionQuerySet, Entry
from tracker.public.rollups import FACETS, TO_INDEX, rows
from tracker.scope.days import Span


@dataclass(frozen=True)
class Selection:
    """The incidents that are counted: those that answer to what was asked, days included.

    `entries` are the index rows of the same, which hold all that is counted but facets.

    `first` and `last` are the days asked for. Where nothing but days was asked `is_of_all` holds,
    and what is counted ahead can be read instead of counting anew.
    """

    editions: EditionQuerySet
    entries: QuerySet[Entry]
    first: dt.date | None = None
    last: dt.date | None = None
    is_of_all: bool = False

    def rows(self, name: str, *columns: str, days: Span | None = None) -> Iterator[tuple[Any, ...]]:
        """As `rollups.rows` tells of these incidents, or of those of them that begin on these days."""
        counted: QuerySet[Any] = self.editions if name in FACETS else self.entries
        way = TO_INDEX if name in FACETS else ""
        if days:
            counted = counted.filter(**{f"{way}date_start__range": (days.first, days.last)})
        # Not streamed: by a cursor PostgreSQL counts in one process alone.
        return rows(counted, name, *columns, way=way, is_streamed=False)
