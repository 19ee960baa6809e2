from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from tests.desk.geocoding.stranger import Stranger, serving
from tracker import settings as environment
from tracker.desk.geocoding import answers, turns

SCHEMES = {
    "nominatim": "nominatim+http://",
    "photon": "photon+http://",
    "geonames": "geonames+http://scout@",
}


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.waits: list[float] = []
        """The seconds that were waited while it stood."""

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **period: float) -> None:
        self.now += dt.timedelta(**period)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(turns, "clock", clock)
    monkeypatch.setattr(answers, "clock", clock)
    monkeypatch.setattr(turns, "pause", clock.waits.append)
    return clock


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with serving() as server:
        yield server


@pytest.fixture
def choose(db, clock, stranger, settings, monkeypatch) -> Callable[..., None]:
    """Set GEOCODER to a provider, at the stranger's address unless told otherwise."""

    def choose(provider: str, *, host: str = "", path: str = "") -> None:
        address = f"{SCHEMES[provider]}{host or stranger.host}{path}"
        monkeypatch.setenv("GEOCODER", address)
        settings.GEOCODER = environment._geocoder()

    return choose
