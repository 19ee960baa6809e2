"""Where claimants differ: one rule, for the desk and for the public.

Compared is what each claimant said last of a thing, and only those are compared who tell: silence
neither agrees nor contradicts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Said = TypeVar("Said")
Day = dt.date | None


@dataclass(frozen=True)
class Statement:
    """What a claimant said on a day: `told` by field, without the fields it does not tell."""

    claimant: Hashable
    stated_on: Day
    told: Mapping[str, Hashable]


def oldest_first(said: Iterable[Said], day: Callable[[Said], Day]) -> list[Said]:
    """By day, what has none last; of one day, in the order given."""
    return sorted(said, key=lambda each: (day(each) is None, day(each) or dt.date.min))


def latest_first(said: Iterable[Said], day: Callable[[Said], Day]) -> list[Said]:
    """By day backwards, what has none last; of one day, in the order given backwards."""
    return sorted(said, key=lambda each: day(each) or dt.date.min)[::-1]


def standing(statements: Iterable[Statement]) -> dict[str, dict[Hashable, Hashable]]:
    """By field, what each claimant who tells of it said last."""
    stands: dict[str, dict[Hashable, Hashable]] = {}
    for statement in latest_first(statements, day=lambda each: each.stated_on):
        for field, value in statement.told.items():
            stands.setdefault(field, {}).setdefault(statement.claimant, value)
    return stands


def differing(statements: Iterable[Statement]) -> set[str]:
    """The fields of which claimants tell different things."""
    stands = standing(statements)
    return {field for field, by_claimant in stands.items() if len({*by_claimant.values()}) > 1}
