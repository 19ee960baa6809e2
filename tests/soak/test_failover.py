"""A primary that is killed under load and a standby that takes its place: nobody restarts the tracker."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.soak.clusters import Cluster, is_here
from tests.soak.loads import Load
from tests.soak.site import Site
from tests.soak.test_database_crashes import until_it_answers

pytestmark = pytest.mark.soak

# Seconds of load before the primary is killed, and after the standby has taken over.
SECONDS = int(os.environ.get("SECONDS", "15"))


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary, and its standby."""
    if not is_here() or not shutil.which("pg_basebackup"):
        pytest.skip("no PostgreSQL server is installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        primary = Cluster.made(Path(folder) / "primary")
        standby = primary.followed(Path(folder) / "standby")
        yield primary, standby
        standby.stop()


def await_standbys(cluster: Cluster, names: str) -> None:
    """Let commits wait until the standbys that are called so have them."""
    with psycopg.connect(cluster.url, autocommit=True) as connected:
        connected.execute(sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(names))
        connected.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("names", ["*", ""], ids=["synchronous", "asynchronous"])
def test_goes_on_at_the_standby(pair: tuple[Cluster, Cluster], tmp_path: Path, names: str):
    primary, standby = pair
    await_standbys(primary, names)
    hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    url = f"postgres://postgres@{hosts}/postgres?target_session_attrs=read-write"
    site = Site(tmp_path, url, tmp_path / "evidence")
    site.prepare()
    site.start()
    load = Load(site)
    with load.on(writers=7):
        time.sleep(SECONDS)
        before = len(load.reports)
        primary.stop()
        began = time.monotonic()
        standby.promote()
        # It would wait for a standby of its own.
        await_standbys(standby, "")
        until_it_answers(site)
        took = time.monotonic() - began
        time.sleep(SECONDS)
    lost = load.lost()
    print(
        f"{len(load.reports)} reports acknowledged, {before} of them before, {len(lost)} lost; "
        f"answers {dict(load.answers)}; answering {took:.1f} s after the primary was killed"
    )
    assert site.process is not None
    assert site.process.poll() is None
    assert len(load.reports) > before
    # Without waiting for the standby the last moments may be.
    assert not lost or not names
    assert took < 10
    site.manage("verify_ledger")
    site.kill()
