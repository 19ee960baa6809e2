"""Who is who, and from when: names, whom a party answers to, and what it turned into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tracker.geo.names import fold
from tracker.scope.days import ALWAYS, Span


@dataclass(frozen=True)
class Party:
    """An actor. Its kind is a code of codebook.PartyKind.

    `parent` is the party it answers to, `successor` the one it turned into or became part of, on the
    day `succeeded_on`; where that day is not known, the two are held to be one on every day.
    """

    id: str
    name: str
    kind: str = ""
    parent: str | None = None
    successor: str | None = None
    succeeded_on: dt.date | None = None


@dataclass(frozen=True)
class PartyName:
    """A name a party bears or bore, and on which days."""

    party: str
    name: str
    borne: Span = ALWAYS


@dataclass(frozen=True)
class Parties:
    """All parties, and their names. Parties that answer to each other in a circle are no obstacle."""

    parties: tuple[Party, ...] = ()
    names: tuple[PartyName, ...] = ()

    def __getitem__(self, party: str) -> Party:
        """The party of an id; of an id never heard of, one of which nothing else is known."""
        return self._by_id.get(party) or Party(party, party)

    def called(self, written: str, day: dt.date) -> str | None:
        """The id of the party that a written name means on a day; None where none or several do.

        Those who bear the name that day come before those who bore it once or will: a name goes on
        being used. Such a name means what its bearer has turned into by that day.
        """
        bearers = self._bearers.get(fold(written), [])
        meant = {row.party for row in bearers if day in row.borne}
        meant = meant or {self.now(row.party, day) for row in bearers}
        return meant.pop() if len(meant) == 1 else None

    def now(self, party: str, day: dt.date) -> str:
        """What a party has turned into by a day; itself, where it has not."""
        return _reached([party], lambda each: self._became(each, day))[-1]

    def speaking_for(self, party: str, day: dt.date) -> Iterator[list[str]]:
        """Whose records count for a party on a day, the nearest first.

        Its own; those of what it has been; of what it has turned into; then the same of whom they
        answer to.
        """
        seen: set[str] = set()
        ones = [party]
        while ones:
            been = _reached(ones, lambda each: self._was(each, day))
            become = _reached(ones, lambda each: self._became(each, day))
            yield from (ones, been[len(ones) :], become[len(ones) :])
            seen.update(been, become)
            above = {self[each].parent for each in [*been, *become]}
            ones = sorted(parent for parent in above if parent and parent not in seen)

    def kin(self, party: str) -> list[str]:
        """Everyone whose records may count for a party on some day."""
        return _reached([party], self._near)

    def turning_days(self, ids: Iterable[str]) -> list[Span]:
        """Spans that begin where one of them turns into another."""
        days = [self[party].succeeded_on for party in ids]
        return [Span(day) for day in days if day]

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        # Of two with one id the same one is taken, in whatever order they come.
        return {party.id: party for party in sorted(self.parties, key=repr)}

    @cached_property
    def _bearers(self) -> dict[str, list[PartyName]]:
        dated = {(row.party, fold(row.name)) for row in self.names}
        rows = [PartyName(each.id, each.name) for each in self._by_id.values()]
        bearers: dict[str, list[PartyName]] = {}
        for row in [
            *self.names,
            *(row for row in rows if (row.party, fold(row.name)) not in dated),
        ]:
            bearers.setdefault(fold(row.name), []).append(row)
        return bearers

    @cached_property
    def _predecessors(self) -> dict[str, list[Party]]:
        before: dict[str, list[Party]] = {}
        for party in self._by_id.values():
            if party.successor:
                before.setdefault(party.successor, []).append(party)
        return before

    def _became(self, party: str, day: dt.date) -> list[str]:
        one = self[party]
        return [one.successor] if one.successor and _has_turned(one, day) else []

    def _was(self, party: str, day: dt.date) -> list[str]:
        return [each.id for each in self._predecessors.get(party, []) if _has_turned(each, day)]

    def _near(self, party: str) -> list[str]:
        one = self[party]
        before = [each.id for each in self._predecessors.get(party, [])]
        return [each for each in (one.parent, one.successor, *before) if each]


def _has_turned(party: Party, day: dt.date) -> bool:
    return (party.succeeded_on or dt.date.min) <= day


def _reached(starts: list[str], step: Callable[[str], Iterable[str]]) -> list[str]:
    """Where the steps lead from the starts, which come first; each once."""
    reached = dict.fromkeys(starts)
    waiting = list(starts)
    while waiting:
        for each in step(waiting.pop(0)):
            if each not in reached:
                reached[each] = None
                waiting.append(each)
    return list(reached)
