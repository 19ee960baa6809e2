"""What is wrong between several values of a row."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from tracker.desk.importers.faults import Why
from tracker.errors import Told


class Refuse(Protocol):
    """Tells what is wrong with the value of a field."""

    def __call__(self, name: str, why: Told, value: str = "", **values: str) -> None: ...


def refuse_wrong_days(values: dict[str, Any], refuse: Refuse) -> None:
    """A last day before the first."""
    days, end = values.get("date_start"), values.get("date_end")
    if days and end and end < days.start:
        refuse("date_end", Why.ENDS_BEFORE, _day(end), first=_day(days.start))


def _day(day: dt.date) -> str:
    return day.isoformat()
