"""A backup put back: nothing is touched before all of it was read and found whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from tracker.desk.backups import archives, manifests
from tracker.desk.backups.engines import engine_of, vendor_of
from tracker.desk.backups.looking import looking_at
from tracker.desk.backups.making import Tell, workshop
from tracker.desk.backups.manifests import Manifest
from tracker.desk.workflow import evidence, recording
from tracker.errors import Conflict, InvalidInput


@dataclass
class Restored:
    """What was put back, and what is wrong with it."""

    manifest: Manifest
    is_older: bool
    """Whether the database needs migrations that came since."""
    faults: list[str] = field(default_factory=list)


def restore(
    path: Path, *, into: dict[str, Any], secret: bytes | None, is_replacing: bool, tell: Tell
) -> Restored:
    """Put a backup into the database of these settings, and its evidence into the store.

    Raises InvalidInput where the backup is not to be trusted or not for this tracker, Conflict where
    the database or the store holds what it would overwrite: nothing is changed then.
    """
    engine = engine_of(into)
    if not is_replacing:
        _refuse_full(into)
    workplace = engine.workplace(into)
    workplace.mkdir(mode=0o700, parents=True, exist_ok=True)
    with workshop(workplace) as folder:
        tell("Reading the backup from end to end.")
        copy = folder / "database"
        manifest = archives.check(path, secret, database=copy)
        _refuse_unfit(manifest, into)
        _refuse_other_files(manifest)
        tell(f"Putting back {len(list(archives.evidence_of(manifest)))} files of evidence.")
        for sha256, file in archives.evidence(path, secret):
            evidence.put_back(sha256, file)
        tell("Putting back the database.")
        engine.load(copy, into)
    tell("Checking what was put back.")
    with looking_at(into):
        return _looked_over(manifest)


def _looked_over(manifest: Manifest) -> Restored:
    restored = Restored(manifest, manifests.is_older())
    restored.faults += [f"The evidence {each} was missing already." for each in manifest.missing]
    restored.faults += manifests.unlike(manifest)
    if not restored.is_older:
        # Of tables that are not today's, the ledger can be checked once they are migrated.
        restored.faults += recording.faults(recording.read_head(manifest.head))
    return restored


def _refuse_full(into: dict[str, Any]) -> None:
    if vendor_of(into) == "sqlite" and not Path(into["NAME"]).exists():
        return
    with looking_at(into):
        tables = len(connection.introspection.table_names())
    if tables:
        raise Conflict(
            f"The database {into['NAME']} is not empty: it has {tables} tables. Say --replace to "
            "destroy what it holds."
        )


def _refuse_unfit(manifest: Manifest, into: dict[str, Any]) -> None:
    if manifest.engine != vendor_of(into):
        raise InvalidInput(
            f"The backup is of a {manifest.engine} database, and this is a {vendor_of(into)} one."
        )
    if newer := manifests.unknown_migrations(manifest):
        raise InvalidInput(
            f"The backup was made by a newer tracker ({manifest.tracker}), with {newer[-1]}, which "
            "this one does not know. Restore it with that one."
        )


def _refuse_other_files(manifest: Manifest) -> None:
    for sha256 in archives.evidence_of(manifest):
        path = evidence.path_of(sha256)
        if path.exists():
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise Conflict(
                        f"{path} is not the evidence its name says. Look at it, and move it away."
                    )
