"""Server and worker killed again and again while everything is going on: what was said kept is kept."""

from __future__ import annotations

import csv
import os
import random
import time
from pathlib import Path

import pytest

from tests.soak.loads import Load
from tests.soak.site import SOON, Site, kill
from tracker.desk.backups import archives

pytestmark = pytest.mark.soak

# Two hundred take an hour a database.
ROUNDS = int(os.environ.get("ROUNDS", "200"))
ROWS = 300
# Longer than the lease of a job that was killed.
LEASE = 75


def table(folder: Path, number: int) -> Path:
    """A file of reports to take in."""
    file = folder / f"week {number}.csv"
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("id", "date", "text"))
        rows.writerows((f"{number}/{row}", "2017-01-15", f"Shell {row}.") for row in range(ROWS))
    return file


def at_work(site: Site, number: int) -> list:
    """Two commands beside the server: an import each time, and what else is long in turn."""
    file = str(table(site.folder, number))
    other = (("judge",), ("backup", str(site.folder / f"{number}.backup"), "--no-verify"))
    return [
        site.begin("import_reports", file, "--source", "monitor", "--by", "nour"),
        site.begin(*other[number % 2]),
    ]


def check_backups(site: Site) -> int:
    """Each file that has the name of a backup is a whole one; gives how many there are."""
    found = list(site.folder.glob("[0-9]*.backup"))
    for file in found:
        archives.check(file, None, database=site.folder / "looked-at")
        file.unlink()
    return len(found)


def let_jobs_end(site: Site) -> dict[str, int]:
    """How many jobs are in each state, once none is left to do."""
    deadline = time.monotonic() + 10 * LEASE
    while time.monotonic() < deadline:
        states = dict(site.rows("SELECT state, count(*) FROM desk_job GROUP BY state"))
        if not {"waiting", "running"} & {*states}:
            return states
        time.sleep(1)
    raise AssertionError(f"jobs do not end: {states}")


def check_imports(site: Site) -> int:
    """Of each file that came all rows were taken in, once; gives how many files came."""
    runs = site.rows("SELECT id, state FROM desk_importrun")
    per_run = dict(
        site.rows(
            "SELECT import_run_id, count(DISTINCT external_id) FROM desk_report "
            "WHERE import_run_id IS NOT NULL GROUP BY import_run_id"
        )
    )
    committed = [number for number, state in runs if state == "committed"]
    assert [per_run[number] for number in committed] == [ROWS] * len(committed)
    assert {*per_run} == {*committed}
    return len(committed)


def check_whole(site: Site) -> None:
    if site.url.startswith("sqlite"):
        assert site.rows("PRAGMA integrity_check") == [("ok",)]


def test_loses_nothing_when_it_is_killed(site):
    load, chance = Load(site), random.Random(2017)
    took, backups = [], 0
    for number in range(ROUNDS):
        # They take as long to begin as the server does, and shall be in the middle of it.
        others = at_work(site, number)
        took.append(site.start())
        assert not load.lost(), number
        check_whole(site)
        with load.on():
            time.sleep(chance.uniform(1, 9))
            site.kill()
            for other in others:
                kill(other)
        backups += check_backups(site)
    took.append(site.start())
    states = let_jobs_end(site)
    committed = check_imports(site)
    print(
        f"{ROUNDS} kills: {len(load.reports)} reports and {len(load.evidence)} files acknowledged, "
        f"{len(load.lost())} lost; answers {dict(load.answers)}; jobs {states}; {committed} imports; "
        f"{backups} backups; up again after {max(took):.1f} s at most"
    )
    assert not load.lost()
    assert load.reports
    assert load.evidence
    assert not {each for each in load.answers if each >= 500}
    assert {*states} <= {"done"}
    assert max(took) < SOON
    check_whole(site)
    assert site.manage("verify_ledger")
    assert site.manage("verify_evidence")
