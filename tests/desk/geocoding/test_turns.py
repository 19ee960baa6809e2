"""The clock of these tests stands still: all their questions come at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.desk.geocoding.documents import NOMINATIM, SUGGESTIONS
from tracker.desk.geocoding import online, turns
from tracker.errors import GeocoderThrottled

NAMES = [f"Village {number}" for number in range(20)]


def test_asks_at_once_where_nobody_is_before(choose, clock):
    choose("nominatim")

    online.suggest("Madaya")
    clock.pass_by(seconds=1)
    online.suggest("Bloudan")

    assert clock.waits == []


def test_gives_those_who_ask_at_once_turns_a_second_apart(choose, clock, stranger):
    choose("nominatim")

    for name in NAMES[:4]:
        online.suggest(name)

    assert clock.waits == [1.0, 2.0, 3.0]
    assert len(stranger.questions) == 4


def test_refuses_who_would_wait_for_longer_than_a_quarter_of_a_minute(choose, clock, stranger):
    choose("nominatim")
    for name in NAMES[:16]:
        online.suggest(name)

    with pytest.raises(GeocoderThrottled, match=r"^Nominatim \(127\.0\.0\.1:\d+\) is asked too"):
        online.suggest("Madaya")
    clock.pass_by(seconds=1)
    online.suggest("Madaya")

    assert clock.waits[-2:] == [15.0, 15.0]
    assert len(stranger.questions) == 17


def test_takes_no_turn_for_what_is_known(choose, clock, stranger):
    choose("nominatim")
    online.suggest("Madaya")

    online.suggest("Madaya")

    assert clock.waits == []


def test_does_not_ask_what_another_was_told_meanwhile(choose, stranger, monkeypatch):
    choose("nominatim")
    online.suggest("Bloudan")
    stranger.says(NOMINATIM)

    def another_asks(seconds: float) -> None:
        monkeypatch.setattr(turns, "pause", lambda seconds: None)
        online.suggest("Madaya")

    monkeypatch.setattr(turns, "pause", another_asks)

    assert online.suggest("Madaya") == SUGGESTIONS["nominatim"]
    assert len(stranger.questions) == 2


def test_gives_each_provider_turns_of_its_own(choose, clock, stranger):
    choose("nominatim")
    online.suggest("Madaya")
    choose("photon")
    stranger.says({"features": []})

    online.suggest("Madaya")

    assert clock.waits == []


def test_lets_a_provider_rest_for_a_minute_that_says_it_is_asked_too_often(choose, clock, stranger):
    choose("nominatim")
    stranger.says({}, status=429)
    with pytest.raises(GeocoderThrottled):
        online.suggest("Madaya")
    stranger.says(NOMINATIM)

    clock.pass_by(seconds=44)
    with pytest.raises(GeocoderThrottled):
        online.suggest("Madaya")
    assert len(stranger.questions) == 1

    clock.pass_by(seconds=16)
    assert online.suggest("Madaya") == SUGGESTIONS["nominatim"]
    assert clock.waits == []


def test_asks_again_after_the_clock_was_an_hour_ahead(choose, clock, stranger):
    choose("nominatim")
    clock.pass_by(hours=1)
    online.suggest("Madaya")
    clock.pass_by(hours=-1)

    online.suggest("Bloudan")

    assert clock.waits == []
    assert len(stranger.questions) == 2


@pytest.fixture
def in_threads(transactional_db) -> Callable[[list[Callable[[], Any]]], list]:
    """Call each in a thread, all with connections of their own."""

    def called(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    def call_all(calls: list[Callable[[], Any]]) -> list[Any]:
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(called, calls))

    return call_all


def test_gives_turns_to_one_thread_at_a_time(in_threads, clock):
    def take_two() -> None:
        turns.take("here", name="Here")
        turns.take("here", name="Here")

    in_threads([take_two] * 8)

    assert sorted(clock.waits) == [float(second) for second in range(1, 16)]
