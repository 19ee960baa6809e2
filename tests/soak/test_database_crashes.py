"""PostgreSQL that crashes under load and comes back: nobody restarts the tracker, and nothing is lost."""

from __future__ import annotations

import os
import time

import pytest

from tests.soak.clusters import Cluster
from tests.soak.loads import BROKEN, REFUSED, Load
from tests.soak.site import DEPARTED, Site

pytestmark = pytest.mark.soak

CRASHES, SECONDS = int(os.environ.get("CRASHES", "20")), 60


def until_it_answers(site: Site) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            if site.get("/api/v1/incidents/").status == 200:
                return time.monotonic() - began
        except DEPARTED:
            pass
        time.sleep(0.02)
    raise AssertionError("it does not come back")


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_comes_back_by_itself(site, cluster: Cluster):
    site.start()
    load, took = Load(site), []
    with load.on(writers=7):
        for _nth in range(CRASHES):
            time.sleep(SECONDS / CRASHES)
            cluster.crash()
            took.append(until_it_answers(site))
    print(
        f"{CRASHES} crashes: {len(load.reports)} reports and {len(load.evidence)} files acknowledged, "
        f"{len(load.lost())} lost; answers {dict(load.answers)}; answering {max(took):.2f} s after "
        "the database at most"
    )
    assert not load.lost()
    assert load.answers[201]
    assert {each for each in load.answers if each >= 500} <= {503}
    assert load.impatient.total() == 0
    assert load.answers[REFUSED] == load.answers[BROKEN] == 0
    assert max(took) < 5
    assert site.process.poll() is None
    site.manage("verify_ledger")
    site.manage("verify_evidence")
