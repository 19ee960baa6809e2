"""A disk that fills while people write: nothing is lost, reads go on, and room is all it needs."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.site import Site

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk"),
]
# Files of evidence of this many bytes, and pages that are read between them.
LARGE = 400_000
PAGES = ("/incidents/", "/api/v1/incidents/", "/", "/api/v1/incidents.csv")
WRITES = int(os.environ.get("WRITES", "40"))
MEGABYTES = 64


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 64 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(disk))
    subprocess.run(mount, check=True)  # noqa: S603
    yield disk
    subprocess.run(("umount", "-l", str(disk)), check=True)  # noqa: S603, S607


@pytest.fixture
def serve(tmp_path: Path) -> Iterator:
    started: list[Site] = []

    def serve(*, database: Path, evidence: Path) -> Site:
        site = Site(tmp_path, f"sqlite:///{database / 'tracker.sqlite3'}", evidence)
        site.prepare(writers=1)
        started.append(site)
        site.start()
        return site

    yield serve
    for site in started:
        site.kill()


def fill(disk: Path, *, but: int) -> Path:
    """Fill a disk up to so many bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - but)
    return ballast


class Tried:
    """What came of a number of writes and of the reads between them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.reports, self.evidence, self.reads = Counter[int](), Counter[int](), Counter[int]()
        self.kept: set[str] = set()
        self.brought = 0

    def go_on(self, writes: int) -> None:
        for number in range(writes):
            name = f"{len(self.kept)}/{self.reports.total()}"
            status = self.site.submit(name, text="Shells fell on the valley. " * 600).status
            self.reports[status] += 1
            if status == 201:
                self.kept.add(name)
            content = os.urandom(LARGE)
            status = self.site.bring(content).status
            self.evidence[status] += 1
            self.brought += status == 201
            self.reads[self.site.get(PAGES[number % len(PAGES)]).status] += 1

    def tell(self, what: str) -> None:
        print(
            f"{what}: reports {dict(self.reports)}, evidence {dict(self.evidence)}, "
            f"reads {dict(self.reads)}"
        )

    def check(self) -> None:
        """Nothing that was acknowledged is lost, and nothing was answered as a fault."""
        assert self.kept <= self.site.names()
        assert len(self.site.digests()) == self.brought
        assert {*self.reports, *self.evidence} <= {201, 507}
        assert self.reads[200] >= 0.99 * self.reads.total()
        self.site.manage("verify_evidence")
        self.site.manage("verify_ledger")


def test_says_that_it_is_full_and_goes_on_when_there_is_room(small, serve):
    site = serve(database=small, evidence=small / "evidence")
    ballast, tried = fill(small, but=4_000_000), Tried(site)

    tried.go_on(WRITES)
    tried.tell("filling")
    assert tried.reports[507] > 0
    assert tried.evidence[507] > 0

    ballast.unlink()
    after = Tried(site)
    after.kept, after.brought = tried.kept, tried.brought
    after.go_on(20)
    after.tell("with room again")
    assert (after.reports, after.evidence) == ({201: 20}, {201: 20})
    assert site.process.poll() is None
    tried.brought = after.brought
    tried.check()
    after.check()


def test_enters_reports_while_the_store_of_evidence_alone_is_full(small, serve, tmp_path):
    site = serve(database=tmp_path, evidence=small)
    ballast, tried = fill(small, but=2_000_000), Tried(site)

    tried.go_on(WRITES)
    tried.tell("with a full store")
    assert tried.reports == {201: WRITES}
    assert tried.evidence[507] > 0

    ballast.unlink()
    assert [site.bring(os.urandom(LARGE)).status for _nth in range(20)] == [201] * 20
    tried.brought += 20
    tried.check()
