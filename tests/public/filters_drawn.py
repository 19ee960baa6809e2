"""Combinations of filters, drawn by a fixed seed from all that can be asked of incidents and reports."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from tests.public.worlds import FIRST, Country
from tracker.codebook import Act, Means, Stance, Target, VerdictCode, Verification

Asked = dict[str, str]
SEED = 20170130
_VERDICTS = [each.value for each in VerdictCode if each != VerdictCode.CONTESTED]
_WORDS = ["shells", "قصف", "deir", "no-such-word", "spring", "two"]
_BOXES = ["36,33,37,34", "-180,-90,180,90", "179,60,-170,70", "35,32,43,37", "0,0,1,1"]
_NEAR = [("33.6,36.1", "15"), ("65.6,-171", "500"), ("35.3,40.1", "2000"), ("0,0", "1")]


class Drawn:
    """Draws combinations of one to four filters, with any order of the results."""

    def __init__(self, country: Country, seed: int = SEED) -> None:
        self._country = country
        self._random = random.Random(seed)
        self._filters: list[Callable[[], Asked]] = [
            *(
                lambda name=name: {name: self._some(country.values[name])}
                for name in ("agreement", "accused", "claimant", "place")
            ),
            lambda: {"attributed": self._some(country.values["accused"])},
            lambda: {"act": self._some([*Act])},
            lambda: {"means": self._some([*Means])},
            lambda: {"target": self._some([*Target])},
            lambda: {"verification": self._some([*Verification])},
            lambda: {"verdict": self._some(_VERDICTS)},
            self._verdict_under_a_reading,
            lambda: {"contested": self._one(["true", "false"])},
            lambda: {"located": self._one(["true", "false"])},
            self._days,
            lambda: {"bbox": self._one(_BOXES)},
            self._near,
            lambda: {"max_geo_precision": self._one("1234567")},
            lambda: {"max_date_precision": self._one("12345")},
            lambda: {"updated_since": self._one(["2017-05-02", "2017-05-03", "2018-01-01"])},
            lambda: {"q": self._one(_WORDS)},
        ]

    def of_incidents(self, number: int) -> list[Asked]:
        """So many, the first of which asks for nothing."""
        return [{}, *(self._combined(self._filters) for _ in range(number - 1))]

    def of_reports(self, number: int) -> list[Asked]:
        own: list[Callable[[], Asked]] = [
            lambda: {"stance": self._some([*Stance])},
            lambda: {"incident": self._some(self._country.values["incident"])},
        ]
        return [{}, *(self._combined([*self._filters, *own]) for _ in range(number - 1))]

    def _combined(self, filters: list[Callable[[], Asked]]) -> Asked:
        asked: Asked = {}
        # Few at once most of the time: many find nothing.
        for draw in self._random.sample(filters, self._random.choice([1, 1, 1, 2, 2, 3, 4])):
            asked |= draw()
        if self._random.random() < 0.5:
            asked["ordering"] = self._one(["-date", "date", "-updated", "updated"])
        return asked

    def _one(self, values: list[str] | str) -> str:
        return self._random.choice(values)

    def _some(self, values: list[str]) -> str:
        return ",".join(self._random.sample(values, min(len(values), self._random.randint(1, 3))))

    def _days(self) -> Asked:
        first, days = self._random.randint(-5, 60), self._random.randint(0, 40)
        bounds = {
            "date_from": (FIRST + dt.timedelta(days=first)).isoformat(),
            "date_to": (FIRST + dt.timedelta(days=first + days)).isoformat(),
        }
        return {
            name: bounds[name]
            for name in self._random.sample([*bounds], self._random.choice([1, 2]))
        }

    def _near(self) -> Asked:
        near, within_km = self._random.choice(_NEAR)
        return {"near": near, "within_km": within_km}

    def _verdict_under_a_reading(self) -> Asked:
        return {
            "verdict": self._some(_VERDICTS),
            "reading": self._some(self._country.values["reading"]),
        }
