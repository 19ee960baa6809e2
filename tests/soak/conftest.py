from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.clusters import Cluster, is_here
from tests.soak.site import Site


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if not is_here():
        pytest.skip("no PostgreSQL server is installed")
    # Not below pytest's own folders, which each run closes to all users but its own.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        made = Cluster.made(Path(folder) / "cluster")
        yield made
        made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A tracker with eight writers that has not been started, on either database."""
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").url
    made = Site(tmp_path, url, tmp_path / "evidence")
    made.prepare()
    yield made
    made.kill()
