"""What an agreement is to the judge, under one reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.codebook import Act, ZoneRule
from tracker.errors import InvalidInput
from tracker.scope.adherence import Adherence, Standings
from tracker.scope.days import Span, Timeline
from tracker.scope.parties import Parties
from tracker.scope.zones import Ground, Zone


@dataclass(frozen=True)
class Provision:
    """A clause, and the acts it prohibits (codes of codebook.Act); with None it prohibits them all."""

    id: str
    label: str
    acts: frozenset[str] | None = None

    def prohibits(self, act: str) -> bool:
        return act != Act.NONE and (self.acts is None or act in self.acts)


@dataclass(frozen=True)
class Reading:
    """How one reads the text: a party, by its id, a jurist, or, for the text as it stands, no one."""

    id: str
    name: str
    whose: str | None = None


@dataclass(frozen=True)
class Terms:
    """An agreement under one reading.

    It is in force from one moment, included, to another, excluded, or with None for good. Adherences
    and zones of other readings may be among those given: they are not heard. Where the reading's own
    adherences speak of a party, those for all readings are not heard of it; its own zones come beside
    those for all. Raises InvalidInput for moments without an offset or in the wrong order, and a time
    zone that is none.

    What judging needs is worked out once and kept: judge many incidents by the same Terms.
    """

    agreement: str
    reading: Reading
    effective_from: dt.datetime
    effective_to: dt.datetime | None = None
    # The zone its days begin and end in, such as Asia/Damascus.
    time_zone: str = "UTC"
    provisions: tuple[Provision, ...] = ()
    adherences: tuple[Adherence, ...] = ()
    zones: tuple[Zone, ...] = ()
    parties: Parties = field(default_factory=Parties)

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.time_zone)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise InvalidInput(f"{self.time_zone!r} is no time zone.") from None
        for moment in (self.effective_from, self.effective_to):
            if moment is not None and moment.utcoffset() is None:
                raise InvalidInput(f"{moment} does not say in which time zone.")
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise InvalidInput(
                f"the agreement ends on {self.effective_to}, before it begins: {self.effective_from}."
            )

    @cached_property
    def days(self) -> Span:
        """Every day on which it was in force for some time."""
        last = dt.date.max
        if self.effective_to is not None:
            last = self._day(self.effective_to - dt.timedelta(microseconds=1))
        return Span(self._day(self.effective_from), last)

    @cached_property
    def whole_days(self) -> Span | None:
        """Those on which it was in force from the first moment to the last; None where none is."""
        first, last = self.days.first.toordinal(), self.days.last.toordinal()
        if self.effective_from > self._start_of(self.days.first):
            first += 1
        if self.effective_to is not None and self.effective_to < self._end_of(self.days.last):
            last -= 1
        if first > last:
            return None
        return Span(dt.date.fromordinal(first), dt.date.fromordinal(last))

    @cached_property
    def grounds(self) -> Timeline[Ground]:
        """Where it holds, by days."""
        zones = [zone for zone in self.zones if zone.reading in (None, self.reading.id)]
        limited = any(zone.rule == ZoneRule.INCLUDE for zone in zones)
        return Timeline(
            [zone.days for zone in zones],
            lambda day: Ground([zone for zone in zones if day in zone.days], limited=limited),
        )

    def prohibiting(self, act: str) -> list[Provision]:
        return [provision for provision in self.provisions if provision.prohibits(act)]

    @cached_property
    def standings(self) -> Standings:
        """What parties are to it, by days."""
        return Standings(self.adherences, self.reading.id, self.parties)

    def _day(self, moment: dt.datetime) -> dt.date:
        try:
            return moment.astimezone(ZoneInfo(self.time_zone)).date()
        except OverflowError:
            # Within a day of the calendar's ends, where a time zone may lead beyond them.
            return moment.date()

    def _start_of(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.min, ZoneInfo(self.time_zone))

    def _end_of(self, day: dt.date) -> dt.datetime:
        if day == dt.date.max:
            return dt.datetime.combine(day, dt.time.max, ZoneInfo(self.time_zone))
        return self._start_of(day + dt.timedelta(days=1))
