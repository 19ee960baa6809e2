"""A tracker that is told to stop in the middle of everything ends what it is at, and nothing else."""

from __future__ import annotations

import os
import time

import pytest

from tests.soak.loads import BROKEN, Load
from tests.soak.site import kill
from tests.soak.test_killed import table

pytestmark = pytest.mark.soak

STOPS = int(os.environ.get("STOPS", "3"))


def test_answers_what_it_has_begun_and_leaves_no_job_half_done(site):
    load, took = Load(site), []
    for number in range(STOPS):
        site.start()
        # Received, and left for the worker.
        file = str(table(site.folder, number))
        importing = site.begin("import_reports", file, "--source", "monitor", "--by", "nour")
        with load.on():
            time.sleep(6)
            began = time.monotonic()
            assert site.stop() == 0
            took.append(time.monotonic() - began)
        kill(importing)
        assert not load.lost()
    print(f"{STOPS} stops in {max(took):.1f} s at most: answers {dict(load.answers)}")
    assert load.reports
    assert {each for each in load.answers if each >= 500} == set()
    assert load.answers[BROKEN] == 0
    # Nobody holds a job whose worker has gone.
    assert site.rows("SELECT count(*) FROM desk_job WHERE state = 'running'") == [(0,)]
    site.manage("verify_ledger")
