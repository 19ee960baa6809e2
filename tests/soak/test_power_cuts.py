"""The power goes at any moment: whatever was said to be kept is found when it is back."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path

import pytest
from django.conf import settings

from tests.soak import recording
from tests.soak.site import Site
from tracker.desk.backups import archives
from tracker.errors import TrackerError

pytestmark = pytest.mark.soak

CUTS = int(os.environ.get("CUTS", "400"))
WORK = int(os.environ.get("WORK", "12"))
ACKNOWLEDGED, DATABASE = "acknowledged", "tracker.sqlite3"
# Of each file that is taken in.
ROWS = 5


class Synchronous(StrEnum):
    """SQLite's pragma of that name."""

    FULL = "FULL"
    NORMAL = "NORMAL"


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    if not (compiler := shutil.which("cc")):
        pytest.skip("no compiler of C is here")
    library = tmp_path / "recorder.so"
    source = Path(__file__).parent / "recorder.c"
    subprocess.run(  # noqa: S603
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True
    )
    return library


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """The folder of a tracker that is ready to work."""
    folder = tmp_path / "tracker"
    folder.mkdir()
    Site(tmp_path, f"sqlite:///{folder / DATABASE}", folder / "evidence").prepare(writers=1)
    return folder


def record(folder: Path, recorder: Path, synchronous: Synchronous) -> list[recording.Done]:
    """What a desk at work does to its files."""
    told = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "EVIDENCE_ROOT": str(folder / "evidence"),
        "LD_PRELOAD": str(recorder),
        # Without a slash at its end: the names in the folder itself are synced too.
        "RECORDED": str(folder),
        "RECORD": str(folder.parent / "record"),
    }
    command = (sys.executable, "-m", "tests.soak.recorded_work", str(folder), str(WORK))
    subprocess.run([*command, synchronous], cwd=settings.BASE_DIR, env=told, check=True)  # noqa: S603
    return list(recording.read(folder.parent / "record"))


def states(
    disk: recording.Disk, done: list[recording.Done], folder: Path
) -> Iterator[tuple[str, set[str], dict[str, bytes]]]:
    """At each cut: after which fate of the bytes, what had been acknowledged, and the files left."""
    first = next(n for n, each in enumerate(done) if each.first.endswith(ACKNOWLEDGED.encode()))
    cuts = set(random.Random(2017).sample(range(first, len(done)), CUTS))
    for number, each in enumerate(done):
        disk.do(each)
        if number in cuts:
            everything = disk.everything()
            told = everything[str(folder / ACKNOWLEDGED)].decode().splitlines()
            yield "everything", {*told}, everything
            yield "synced", {*told}, disk.what_was_synced()


def lay(files: dict[str, bytes], folder: Path, elsewhere: Path) -> None:
    shutil.rmtree(elsewhere, ignore_errors=True)
    for name, content in files.items():
        # Shared memory is no file that outlives anything.
        if not name.endswith("-shm"):
            path = elsewhere / Path(name).relative_to(folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def missing(told: set[str], folder: Path) -> set[str]:
    """What was acknowledged and is not there. Raises sqlite3.DatabaseError where nothing can be read."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        [(whole,)] = database.execute("PRAGMA integrity_check").fetchall()
        assert whole == "ok"
        asked = {
            "report": "SELECT external_id FROM desk_report",
            "evidence": "SELECT sha256 FROM desk_evidence",
            "edition": "SELECT id FROM public_edition",
            "import": "SELECT id FROM desk_importrun WHERE state = 'committed' AND "
            "(SELECT count(*) FROM desk_report WHERE import_run_id = desk_importrun.id) = 5",
        }
        found = {
            f"{kind} {name}" for kind, query in asked.items() for (name,) in database.execute(query)
        }
        named = {digest for (digest,) in database.execute("SELECT sha256 FROM desk_evidence")}
    found |= {f"backup {path.name}" for path in folder.glob("*.backup") if is_backup(path)}
    torn = {f"bytes of {each}" for each in named if not is_kept(folder, each)}
    return (told - found) | torn


def is_kept(folder: Path, sha256: str) -> bool:
    path = folder / "evidence" / sha256[:2] / sha256[2:]
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def is_backup(path: Path) -> bool:
    try:
        archives.check(path, None, database=path.parent / "looked-at")
    except TrackerError:
        return False
    return True


def losses(folder: Path, recorder: Path, synchronous: Synchronous) -> Counter[str]:
    """How many states lost something, by the fate of the bytes, and by the kind that was lost."""
    disk = recording.Disk(folder)
    done = record(folder, recorder, synchronous)
    lost, count, elsewhere = Counter[str](), 0, folder.parent / "after"
    for fate, told, files in states(disk, done, folder):
        count += 1
        lay(files, folder, elsewhere)
        if gone := missing(told, elsewhere):
            lost[fate] += 1
            lost.update({each.split()[0] for each in gone})
    print(f"{synchronous}: {count} states of {len(done)} things done; lost something: {dict(lost)}")
    return lost


def test_loses_nothing_that_was_acknowledged(prepared, recorder):
    assert not losses(prepared, recorder, Synchronous.FULL)


def test_would_see_what_is_lost(prepared, recorder):
    lost = losses(prepared, recorder, Synchronous.NORMAL)

    assert lost["synced"] > 0
    assert lost["everything"] == 0
