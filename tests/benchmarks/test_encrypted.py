"""What it costs the desk that confidential sources are encrypted."""

from __future__ import annotations

import statistics
import time
from typing import Any

import pytest

from tests.factories import make_source

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

SOURCES, TURNS = 300, 15
LIST = "/admin/desk/source/"


def took(desk: Any, asked: dict[str, str]) -> float:
    began = time.process_time()
    assert desk.get(LIST, asked).status_code == 200
    return time.process_time() - began


def medians(desk: Any, *questions: dict[str, str]) -> list[float]:
    """How long each question takes, asked in turns."""
    turns = [[took(desk, asked) for asked in questions] for _turn in range(TURNS)]
    return [statistics.median(times) for times in zip(*turns, strict=True)]


def test_lists_confidential_sources_about_as_quickly_as_others(desk):
    for number in range(SOURCES):
        for is_hidden in (False, True):
            make_source(name=f"Source {number:03}", note="A note." * 9, is_confidential=is_hidden)

    plain, hidden = medians(desk, {"is_confidential__exact": "0"}, {"is_confidential__exact": "1"})
    searched, found = medians(desk, {"q": "nothing"}, {"q": "source 007"})

    print(f"{SOURCES} sources: {hidden / plain:.2f} times as long for confidential ones")
    print(f"a search among {2 * SOURCES}: {1000 * searched:.0f} ms, {1000 * found:.0f} ms")
    assert hidden / plain < 1.5
