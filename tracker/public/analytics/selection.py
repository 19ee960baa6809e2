from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.public.models import EditionQuerySet
from tracker.scope.days import Span


@dataclass(frozen=True)
class Selection:
    """The incidents that are counted: those that answer to what was asked, days included.

    `first` and `last` are the days asked for. Where nothing but days was asked `is_of_all` holds,
    and what is counted ahead can be read instead of counting anew.
    """

    editions: EditionQuerySet
    first: dt.date | None = None
    last: dt.date | None = None
    is_of_all: bool = False

    def beginning(self, days: Span) -> EditionQuerySet:
        """Those of them that begin on these days."""
        return self.editions.filter(entry__date_start__range=(days.first, days.last))
