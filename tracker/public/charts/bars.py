"""Columns along time: how many of each kind in each bucket, and beneath what monitors could see.

Pure: numbers in, shapes out. Shapes are measured in a drawing of which the page says how large it is:
a column takes 10 wide, the whole is 100 high.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE, HIGH, GAP = 10, 100, 1
# The steps that an axis may have, times a power of ten.
STEPS = (1, 2, 4, 6, 10)


@dataclass(frozen=True)
class Bucket:
    """One stretch of days: how many of each kind, from the bottom up, and how far it was watched."""

    first: dt.date
    last: dt.date
    counts: Mapping[str, int]
    sight: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Part:
    """A rectangle of one kind."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    bucket: Bucket
    x: float
    parts: list[Part]


@dataclass(frozen=True)
class Strip:
    """Columns in a row that were watched alike."""

    sight: str
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A line between two columns, where something began or ended."""

    x: float
    day: dt.date


@dataclass(frozen=True)
class Bars:
    """A drawing `width` wide and 100 high; `top` is the number at its upper edge."""

    width: float
    top: int
    columns: list[Column]
    strips: list[Strip]
    marks: list[Mark]

    @property
    def half(self) -> int:
        """The number half-way up."""
        return self.top // 2

    @property
    def first(self) -> dt.date | None:
        return self.columns[0].bucket.first if self.columns else None

    @property
    def last(self) -> dt.date | None:
        return self.columns[-1].bucket.last if self.columns else None


def draw(buckets: Sequence[Bucket], turns: Sequence[dt.date] = ()) -> Bars:
    """The columns of these buckets, oldest first; `turns` are days before which a line is drawn."""
    top = rounded_up(max((each.total for each in buckets), default=0))
    return Bars(
        width=WIDE * len(buckets),
        top=top,
        columns=[_column(number, each, top) for number, each in enumerate(buckets)],
        strips=_strips(buckets),
        marks=[Mark(x, day) for day in turns for x in [_edge(buckets, day)] if x is not None],
    )


def rounded_up(most: int) -> int:
    """The first even number of a scale that people read easily, at or above this one."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= max(most, 2) and step * power % 2 == 0:
                return step * power
        power *= 10


def _column(number: int, bucket: Bucket, top: int) -> Column:
    parts, reached = [], 0
    for kind, count in bucket.counts.items():
        if count:
            reached += count
            parts.append(
                Part(kind, round(HIGH - HIGH * reached / top, 2), round(HIGH * count / top, 2))
            )
    return Column(bucket, number * WIDE + GAP, parts)


def _strips(buckets: Sequence[Bucket]) -> list[Strip]:
    strips: list[Strip] = []
    for number, bucket in enumerate(buckets):
        if strips and strips[-1].sight == bucket.sight:
            before = strips.pop()
            strips.append(Strip(before.sight, before.x, before.width + WIDE))
        else:
            strips.append(Strip(bucket.sight, number * WIDE, WIDE))
    return strips


def _edge(buckets: Sequence[Bucket], day: dt.date) -> float | None:
    """Where a day begins; None where it is not drawn."""
    for number, bucket in enumerate(buckets):
        if bucket.first <= day <= bucket.last:
            return number * WIDE
    return None
