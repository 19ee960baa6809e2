"""A backup made: the database first, then the evidence that it names, so that none can be lacking."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.db import connection

from tracker.desk.backups import archives, manifests
from tracker.desk.backups.archives import Archive
from tracker.desk.backups.engines import engine_of
from tracker.desk.backups.manifests import Manifest
from tracker.desk.backups.postgresql import CannotTry
from tracker.desk.models import Evidence, ImportRun
from tracker.desk.workflow import evidence, recording
from tracker.errors import Conflict

Tell = Callable[[str], None]
# What a folder is called in which copies in plain lie.
IN_PLAIN = ".tracker-in-plain-"
# What is told of evidence, once in so many files.
OFTEN = 500


@dataclass
class Made:
    """A backup that was written, and what is wrong with what is in it."""

    manifest: Manifest
    faults: list[str] = field(default_factory=list)


def make(path: Path, *, secret: bytes | None, is_verified: bool, tell: Tell) -> Made:
    """Write a backup of the database and its evidence there.

    Raises Conflict where none can be written, and leaves none then.
    """
    if path.exists():
        raise Conflict(f"{path} is there already: no backup is written over.")
    engine = engine_of(connection.settings_dict)
    workplace = engine.workplace(connection.settings_dict)
    # Twice, for it is put back once more to verify it.
    require_room(workplace, 2 * engine.size())
    with workshop(workplace) as folder, _arriving(path) as (file, part):
        tell("Copying the database.")
        copy = folder / "database"
        with engine.snapshot(copy):
            manifest, kept = manifests.describe(), _evidence()
        require_room(path.parent, copy.stat().st_size + sum(kept.values()))
        _write(file, secret, copy, manifest, kept, tell)
        made = Made(manifest, [f"The evidence {each} is missing." for each in manifest.missing])
        if is_verified:
            tell("Verifying: restoring it to a scratch database.")
            try:
                made.faults += _verify(part, secret, folder)
            except CannotTry as reason:
                tell(f"Read again and found whole, but not restored: {reason.message}.")
    return made


def require_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Conflict(
            f"{folder} has {_megabytes(free)} MB free, and {_megabytes(needed)} MB are needed."
        )


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder for copies in plain, for the tracker alone, gone in the end."""
    with tempfile.TemporaryDirectory(prefix=IN_PLAIN, dir=folder) as made:
        yield Path(made)


def last_made_at(folder: Path) -> float | None:
    """When the last backup in this folder was made, in seconds since 1970; None where none is."""
    return max((path.stat().st_mtime for path in folder.glob("*.backup")), default=None)


def left_over() -> list[Path]:
    """Folders of copies in plain that a backup or restore left which was killed, or uses now."""
    database = connection.settings_dict
    return sorted(engine_of(database).workplace(database).glob(f"{IN_PLAIN}*"))


def _evidence() -> dict[str, int]:
    """The SHA-256 and the size of each file that the database names."""
    named: dict[str, int] = {}
    for rows in (Evidence.objects.all(), ImportRun.objects.all()):
        named |= dict(rows.values_list("sha256", "size"))
    return dict(sorted(named.items()))


@contextmanager
def _arriving(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file that has its name once it is whole and durable, and is gone otherwise."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, part
        part.replace(path)
        _sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _write(
    file: IO[bytes],
    secret: bytes | None,
    copy: Path,
    manifest: Manifest,
    kept: dict[str, int],
    tell: Tell,
) -> None:
    archive = Archive(file, secret)
    with copy.open("rb") as database:
        archive.add_database(database)
    tell(f"Adding {len(kept)} files of evidence.")
    for number, sha256 in enumerate(kept, 1):
        try:
            with evidence.opened(sha256) as each:
                archive.add_evidence(sha256, each)
        except Conflict:
            # The rest is worth all the more.
            manifest.missing.append(sha256)
        if number % OFTEN == 0:
            tell(f"{number} of {len(kept)}.")
    archive.finish(manifest)
    file.flush()
    os.fsync(file.fileno())


def _verify(part: Path, secret: bytes | None, folder: Path) -> list[str]:
    """What is wrong with the ledger in a backup, restored to a database that is gone after it.

    Raises Conflict where the backup does not hold what it should.
    """
    again = folder / "again"
    manifest = archives.check(part, secret, database=again)
    with engine_of(connection.settings_dict).scratch(again):
        if unlike := list(manifests.unlike(manifest)):
            raise Conflict("The backup does not hold what it should: " + " ".join(unlike))
        return list(recording.faults(recording.read_head(manifest.head)))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _megabytes(count: int) -> int:
    return -(-count // 1_000_000)
