"""What a party is to an agreement on a day, by the records of all that speak for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.codebook import Role
from tracker.errors import InvalidInput
from tracker.scope.days import ALWAYS, Span, Timeline
from tracker.scope.parties import Parties

# The roles of those who accepted the agreement, the strongest first.
ACCEPTED = (Role.SIGNATORY, Role.GUARANTOR, Role.ADHERENT)


@dataclass(frozen=True)
class Adherence:
    """What a party is to the agreement, on some days; under one reading, or under all.

    `basis` says where that is written. Raises InvalidInput for a role that is none.
    """

    party: str
    role: Role
    days: Span = ALWAYS
    basis: str = ""
    # The id of the reading it belongs to; without one it belongs to all.
    reading: str | None = None

    def __post_init__(self) -> None:
        if self.role not in Role:
            raise InvalidInput(f"{self.role!r} is no role of a party.")


@dataclass(frozen=True)
class Standing:
    """What a party is to the agreement; nothing, where no record says. Each basis, if any is given."""

    party: str
    role: Role | None = None
    bases: tuple[str, ...] = ()


class Standings:
    """The records of one agreement under one reading. What it has worked out it keeps."""

    def __init__(self, rows: Iterable[Adherence], reading: str, parties: Parties) -> None:
        self._parties = parties
        self._rows = _heard(rows, reading)
        self._timelines: dict[str, Timeline[Standing]] = {}

    def during(self, party: str, days: Span) -> list[Standing]:
        """What a party is on these days, in their order."""
        if party not in self._timelines:
            kin = self._parties.kin(party)
            turns = [row.days for each in kin for row in self._rows.get(each, [])]
            self._timelines[party] = Timeline(
                [*turns, *self._parties.turning_days(kin)], lambda day: self._on(party, day)
            )
        return self._timelines[party].during(days)

    def _on(self, party: str, day: dt.date) -> Standing:
        """The nearest of those who speak for the party, and have any record, decide alone."""
        for speakers in self._parties.speaking_for(party, day):
            rows = [row for each in speakers for row in self._rows.get(each, [])]
            if rows:
                return _standing(party, rows, [row for row in rows if day in row.days])
        return Standing(party)


def _heard(rows: Iterable[Adherence], reading: str) -> dict[str, list[Adherence]]:
    """The rows by party. Where a reading speaks of a party, what is said for all readings is not heard."""
    own: dict[str, list[Adherence]] = {}
    common: dict[str, list[Adherence]] = {}
    for row in rows:
        if row.reading == reading:
            own.setdefault(row.party, []).append(row)
        elif row.reading is None:
            common.setdefault(row.party, []).append(row)
    return common | own


def _standing(party: str, rows: list[Adherence], valid: list[Adherence]) -> Standing:
    if not valid:
        # One who accepts it on another day has not accepted it on this one.
        joins = any(row.role in ACCEPTED for row in rows)
        return Standing(party, Role.NON_SIGNATORY if joins else None)
    role = _one({row.role for row in valid})
    bases = {row.basis for row in valid if row.basis and role in (row.role, Role.DISPUTED)}
    return Standing(party, role, tuple(sorted(bases)))


def _one(roles: set[Role]) -> Role:
    """What several roles come to: records that contradict one another leave it disputed."""
    # To watch over it as well adds nothing to another role.
    roles = roles - {Role.MONITOR} or roles
    if len(roles) > 1 and not roles <= set(ACCEPTED):
        return Role.DISPUTED
    return next(role for role in (*ACCEPTED, *Role) if role in roles)
