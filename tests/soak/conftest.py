from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.clusters import Cluster, is_here
from tests.soak.site import Site


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if not is_here():
        pytest.skip("no PostgreSQL server is installed")
    # Every folder above it has to let the server's user through.
    base = tmp_path_factory.getbasetemp()
    for folder in (base, base.parent):
        folder.chmod(0o711)
    made = Cluster.made(base / "cluster")
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
