"""What pages, maps and charts of the public site cost among a million incidents.

RECORD is how many incidents there are; RECORD_URL names a database that is filled and counted already.
"""

from __future__ import annotations

import pytest

from tests.benchmarks.test_serving import READY, RECORD, run, url

__all__ = ["url"]

pytestmark = pytest.mark.benchmark

MOST_MILLISECONDS, MOST_KILOBYTES = 200, 60


def test_moves_about_in_all_there_is_in_little_time_and_few_bytes(url: str):
    if not READY:
        run(url, "manage.py", "migrate", "-v0")
        filling = f"from tests.benchmarks import public_record; public_record.fill({RECORD})"
        run(url, "manage.py", "shell", "-v0", "-c", filling)
        run(url, "manage.py", "rebuild_rollups", "-v0")

    told = run(url, "-m", "tests.benchmarks.site")

    print(f"\n{told}")
    for line in told.splitlines():
        sort, milliseconds, _ms, kilobytes, *_what = line.split()
        assert float(kilobytes) < MOST_KILOBYTES, line
        assert sort == "filtered" or float(milliseconds) < MOST_MILLISECONDS, line
