"""Whether an agreement is in force, and on which of its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from tracker.periods import ONE_DAY
from tracker.public.analytics.comparing import InForce
from tracker.scope.days import Span


class State(StrEnum):
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Standing:
    """What an agreement is as of the end of a day, which begins and ends in its own time zone.

    `first` and `last` are its first and last day; `last` is None while no end is known.
    """

    state: State
    as_of: dt.date
    first: dt.date
    last: dt.date | None

    @property
    def days(self) -> Span | None:
        """Its days so far; None before the first of them."""
        if self.as_of < self.first:
            return None
        return Span(self.first, min(self.as_of, self.last or self.as_of))

    @property
    def number(self) -> int:
        """How many days it has had so far."""
        return self.days.length if self.days else 0


def today(agreement: Mapping[str, Any]) -> dt.date:
    """The day it is where the agreement's days begin and end."""
    return timezone.now().astimezone(ZoneInfo(agreement["time_zone"])).date()


def standing(agreement: Mapping[str, Any], on: dt.date | None = None) -> Standing:
    """What an agreement is at the end of a day; without one, at this moment."""
    in_force = InForce.of(agreement)
    moment = timezone.now() if on is None else _end_of(on, ZoneInfo(agreement["time_zone"]))
    ends = agreement["effective_to"]
    if moment < dt.datetime.fromisoformat(agreement["effective_from"]):
        state = State.NOT_YET
    elif ends and moment >= dt.datetime.fromisoformat(ends):
        state = State.LAPSED
    else:
        state = State.IN_FORCE
    last = in_force.morrow - ONE_DAY if in_force.morrow else None
    return Standing(state, on or today(agreement), in_force.eve + ONE_DAY, last)


def _end_of(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, zone)
