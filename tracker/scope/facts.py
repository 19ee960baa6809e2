"""What an incident is to the judge."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

from tracker.codebook import DatePrecision
from tracker.errors import InvalidInput
from tracker.scope.days import Span


@dataclass(frozen=True)
class Circle:
    """Where it happened: within so many metres of a point of latitude and longitude (WGS 84).

    Raises InvalidInput for a point that is not on the earth, or a radius that is no distance.
    """

    latitude: float
    longitude: float
    radius_m: float

    def __post_init__(self) -> None:
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise InvalidInput(f"{self.latitude}, {self.longitude} is no position on the earth.")
        if not 0 <= self.radius_m < math.inf:
            raise InvalidInput(f"a radius of {self.radius_m} metres is no distance.")

    @property
    def radius_km(self) -> float:
        return self.radius_m / 1000


@dataclass(frozen=True)
class Facts:
    """What the desk holds to have happened. What it does not know it leaves out.

    The days are those of the place, as given; `days` are all that may be meant. The accused are
    alternatives: one or all of them may have done it. The targets are not: all of them were hit.
    A place known only as a country has no circle. Raises InvalidInput where the days run backwards.
    """

    first: dt.date
    last: dt.date
    # A grade of codebook.DatePrecision.
    precision: int = DatePrecision.DAY
    circle: Circle | None = None
    # Codes of codebook.Act.
    acts: frozenset[str] = frozenset()
    # Ids of parties, as in terms.Terms.parties.
    accused: frozenset[str] = frozenset()
    # Codes of codebook.Target, and the ids of the parties among the targets.
    targets: frozenset[str] = frozenset()
    target_parties: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        Span(self.first, self.last)

    @cached_property
    def days(self) -> Span:
        """Every day on which it may have happened."""
        return Span(self.first, self.last).widened(self.precision)
