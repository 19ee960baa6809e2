"""Eight who write and eight who read, on the server and the database that `make run` gives everybody."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.soak.loads import Load
from tracker.databases import database

pytestmark = pytest.mark.soak

SECONDS = int(os.environ.get("SECONDS", "60"))
BARE = 5


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("tracker.sqlite3*"))


def bare(file: Path, length: int) -> float:
    """Commits a second of one process that writes rows of so many bytes, with the tracker's pragmas."""
    with closing(sqlite3.connect(file, isolation_level=None)) as at:
        at.executescript(database(f"sqlite:///{file}")["OPTIONS"]["init_command"])
        at.execute("CREATE TABLE bare (row BLOB)")
        began, count = time.monotonic(), 0
        while time.monotonic() - began < BARE:
            at.execute("BEGIN IMMEDIATE")
            at.execute("INSERT INTO bare VALUES (?)", [os.urandom(length)])
            at.execute("COMMIT")
            count += 1
        return count / (time.monotonic() - began)


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_fails_nobody_and_loses_nothing(site, tmp_path):
    site.start()
    load = Load(site)
    # A first write, which is slower, and the size to begin with.
    assert site.submit("first").status == 201
    before = size(site.folder)

    with load.on(writers=8, readers=8):
        time.sleep(SECONDS)

    writes = load.answers[201]
    length = max(1, (size(site.folder) - before) // max(1, writes))
    limit = bare(tmp_path / "bare.sqlite3", length)
    print(
        f"{SECONDS} s: {writes} writes ({writes / SECONDS:.1f} a second), {load.answers[200]} reads, "
        f"{len(load.lost())} lost, answers {dict(load.answers)}; the bare limit is {limit:.0f} commits "
        f"a second of {length} bytes"
    )
    assert not load.lost()
    assert {*load.answers} == {200, 201}
    site.manage("verify_ledger")
    site.manage("verify_evidence")
