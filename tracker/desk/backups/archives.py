"""What lies in a backup, one thing after the other: the database, the evidence, and the manifest."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tracker.desk.backups.manifests import Manifest
from tracker.desk.backups.sealing import DAMAGED, Sealer, unsealed
from tracker.errors import InvalidInput

DATABASE, MANIFEST = "database", "manifest.json"
_EVIDENCE = re.compile(r"evidence/([0-9a-f]{64})")


class Archive:
    """A backup that is being written. Its manifest comes last, and says what came before it."""

    def __init__(self, file: IO[bytes], secret: bytes | None) -> None:
        self._sealer = Sealer(file, secret)
        self._tar = tarfile.open(fileobj=self._sealer, mode="w|")  # noqa: SIM115
        self.digests: dict[str, str] = {}

    def add_database(self, file: IO[bytes]) -> None:
        self._add(DATABASE, file)

    def add_evidence(self, sha256: str, file: IO[bytes]) -> None:
        self._add(f"evidence/{sha256}", file)

    def finish(self, manifest: Manifest) -> None:
        manifest.members = dict(self.digests)
        self._add(MANIFEST, io.BytesIO(manifest.to_json()))
        self._tar.close()
        self._sealer.finish()

    def _add(self, name: str, file: IO[bytes]) -> None:
        member = tarfile.TarInfo(name)
        member.size = file.seek(0, os.SEEK_END)
        file.seek(0)
        hashing = _Hashing(file)
        self._tar.addfile(member, hashing)
        self.digests[name] = hashing.digest.hexdigest()


class _Hashing(io.RawIOBase):
    """A file, and the digest of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def check(path: Path, secret: bytes | None, *, database: Path) -> Manifest:
    """Read a backup from end to end, and lay its database there. Raises InvalidInput.

    Nothing of what it holds may be used before: what is wrong may stand at its very end.
    """
    found: dict[str, str] = {}
    manifest = None
    for name, file in _members(path, secret):
        if name == MANIFEST:
            manifest = Manifest.from_json(file.read())
            continue
        hashing = _Hashing(file)
        with open(database if name == DATABASE else os.devnull, "wb") as copy:  # noqa: PTH123
            shutil.copyfileobj(hashing, copy, 1024 * 1024)
        found[name] = hashing.digest.hexdigest()
    if manifest is None or DATABASE not in found or found != manifest.members:
        raise InvalidInput(DAMAGED % "it does not hold what its manifest says")
    return manifest


def evidence(path: Path, secret: bytes | None) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of evidence in a backup that was checked, each with its SHA-256."""
    for name, file in _members(path, secret):
        if kept := _EVIDENCE.fullmatch(name):
            yield kept[1], file


def evidence_of(manifest: Manifest) -> Iterator[str]:
    """The SHA-256 of each file of evidence in it."""
    for name in manifest.members:
        if kept := _EVIDENCE.fullmatch(name):
            yield kept[1]


def _members(path: Path, secret: bytes | None) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with path.open("rb") as file:
            content = unsealed(file, secret)
            with tarfile.open(fileobj=content, mode="r|") as tar:
                for member in tar:
                    held = tar.extractfile(member)
                    if held is None:
                        raise InvalidInput(DAMAGED % "it holds what no backup does")
                    yield member.name, held
            # What follows the last thing in it is sealed as well.
            while content.read(1024 * 1024):
                pass
    except OSError as error:
        raise InvalidInput(f"{error.filename or path}: {error.strerror}.") from error
    except tarfile.TarError as error:
        raise InvalidInput(DAMAGED % "what it holds cannot be told apart") from error
