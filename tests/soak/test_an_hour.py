"""An hour of ordinary use: nothing fails, nothing grows, nothing becomes slower."""

from __future__ import annotations

import os
import statistics
import threading
import time
from pathlib import Path

import pytest

from tests.soak.loads import READ
from tests.soak.site import Site

pytestmark = pytest.mark.soak

MINUTES = float(os.environ.get("MINUTES", "60"))
# Requests a second, of which one in ten writes.
PACE = int(os.environ.get("PACE", "20"))
# How many write at most, all of them together, for an account may submit 1,000 reports an hour.
WRITERS = 8
# An hour begins to count when everything has been loaded once.
WARM = 0.2


def memory(site: Site) -> int:
    """Bytes of memory that the processes of a site hold together."""
    assert site.process is not None
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(told[2]) == site.process.pid:
            total += int(told[21]) * os.sysconf("SC_PAGE_SIZE")
    return total


class Use:
    """One request after another at a steady pace, by some who take turns."""

    def __init__(self, site: Site) -> None:
        self.site, self.began = site, time.monotonic()
        self.took: list[tuple[float, float]] = []
        """When each was asked, and how long it took, in seconds."""
        self.statuses: list[int] = []
        self._turn, self._taking = 0, threading.Lock()

    def go_on(self) -> None:
        while True:
            with self._taking:
                number, self._turn = self._turn, self._turn + 1
            due = self.began + number / PACE
            if due > self.began + 60 * MINUTES:
                return
            time.sleep(max(0, due - time.monotonic()))
            asked = time.monotonic()
            if number % 10:
                answer = self.site.get(READ[number % len(READ)])
            else:
                writer = number // 10 % WRITERS
                answer = self.site.submit(f"hour/{number}", writer=writer)
            self.statuses.append(answer.status)
            self.took.append((asked - self.began, time.monotonic() - asked))


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_fails_nobody_and_does_not_grow(site):
    site.start()
    use = Use(site)
    threads = [threading.Thread(target=use.go_on) for _nth in range(WRITERS)]
    for thread in threads:
        thread.start()
    held: list[tuple[float, float]] = []
    logged = 0
    while any(thread.is_alive() for thread in threads):
        held.append((time.monotonic() - use.began, memory(site)))
        log = Path(f"{site.url.removeprefix('sqlite:///')}-wal")
        logged = max(logged, log.stat().st_size if log.exists() else 0)
        time.sleep(min(5, MINUTES))

    warm = 60 * MINUTES * WARM
    slope = statistics.linear_regression(*zip(*(h for h in held if h[0] > warm), strict=True)).slope
    middle = 60 * MINUTES * (1 + WARM) / 2
    first = p95([took for at, took in use.took if warm < at <= middle])
    last = p95([took for at, took in use.took if at > middle])
    print(
        f"{MINUTES} min: {len(use.statuses)} requests, of which "
        f"{sum(status >= 500 for status in use.statuses)} failed; memory grows by "
        f"{slope * 3600 / 1e6:.1f} MB an hour; p95 {1000 * first:.0f} ms, then {1000 * last:.0f} ms; "
        f"the write-ahead log has {logged / 1e6:.1f} MB at most"
    )
    assert {*use.statuses} <= {200, 201}
    assert logged < 64_000_000
    if MINUTES >= 60:
        # Of less than an hour a slope tells nothing yet.
        assert slope * 3600 < 10_000_000
        assert last < 1.2 * first
