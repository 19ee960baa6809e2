"""What lies on disks: evidence, backups, and room for more."""

from __future__ import annotations

import shutil
import stat
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection

from tracker.desk import backups
from tracker.desk.management.doctor.findings import Finding, look, ok, wrong
from tracker.desk.models import ciphers
from tracker.desk.workflow import encrypting, evidence
from tracker.errors import InvalidInput

DAY = 24 * 60 * 60
GIGABYTE = 1_000_000_000
LITTLE, TOO_LITTLE = 5 * GIGABYTE, GIGABYTE


def findings() -> Iterator[Finding]:
    yield from _evidence()
    yield _last_backup()
    yield from _left_over()
    yield from _key()
    yield from _field_key()
    yield from _room()


def _evidence() -> Iterator[Finding]:
    root = settings.EVIDENCE_ROOT
    if root.exists() and stat.S_IMODE(root.stat().st_mode) & 0o077:
        yield wrong(f"Others on this machine may enter {root}: chmod 700.")
    count, first = 0, ""
    for fault in evidence.faults(is_quick=True):
        count, first = count + 1, first or fault
    if count:
        yield wrong(f"{count} faults in the store of evidence: {first} See verify_evidence.")
    else:
        yield ok(f"All evidence is in {root}, by name and size (verify_evidence reads it).")


def _last_backup() -> Finding:
    root = settings.BACKUP_ROOT
    made = backups.last_made_at(root)
    if made is None:
        return look(f"No backup lies in {root}.")
    days = (time.time() - made) / DAY
    told = f"The last backup in {root} is {days:.0f} days old."
    if days > 7:
        return wrong(told)
    return look(told) if days > 2 else ok(told)


def _left_over() -> Iterator[Finding]:
    for folder in backups.left_over():
        if time.time() - folder.stat().st_mtime > DAY:
            yield wrong(f"{folder} holds the database in plain: a backup was killed. Remove it.")


def _key() -> Iterator[Finding]:
    try:
        if backups.read_key(settings.BACKUP_KEY_FILE):
            yield ok("Backups are encrypted. Is a copy of the key elsewhere?")
        else:
            yield look("Backups are not encrypted: BACKUP_KEY_FILE names no key.")
    except InvalidInput as refusal:
        yield wrong(refusal.message)


def _field_key() -> Iterator[Finding]:
    """Whether what is encrypted can be read, and whether somebody else could read it."""
    known = [key.id for key in ciphers.ring()]
    needed = encrypting.keys_needed()
    for missing in sorted(needed - {*known}):
        yield wrong(f"FIELD_KEY lacks the key {missing}: what it encrypts cannot be read.")
    if needed & {*known[1:]}:
        yield look("Some is still encrypted by an earlier key: run rotate_field_key.")
    if needed <= {*known}:
        yield ok(
            f"FIELD_KEY opens all that is encrypted ({known[0]} is the newest). Is a copy kept?"
        )
    if settings.FIELD_KEY_FILE:
        yield from _field_key_file(Path(settings.FIELD_KEY_FILE).absolute())


def _field_key_file(file: Path) -> Iterator[Finding]:
    if not file.exists():
        return
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield wrong(f"Others on this machine may read {file}: chmod 600.")
    beside = [settings.BACKUP_ROOT, settings.EVIDENCE_ROOT]
    if any(file.is_relative_to(folder) for folder in beside):
        yield wrong(f"{file} lies among what it is to protect: whoever takes that has both.")
    elif connection.vendor == "sqlite" and file.parent == _database().parent:
        yield look(f"{file} lies beside the database: whoever takes the disk has both.")


def _database() -> Path:
    return Path(connection.settings_dict["NAME"]).absolute()


def _room() -> Iterator[Finding]:
    """Once for each disk that something of ours lies on."""
    folders = [settings.EVIDENCE_ROOT, settings.BACKUP_ROOT]
    if connection.vendor == "sqlite":
        folders.append(_database().parent)
    for folder in {each.stat().st_dev: each for each in map(_there, folders)}.values():
        free = shutil.disk_usage(folder).free
        told = f"{free / GIGABYTE:.1f} GB are free around {folder}."
        level = wrong if free < TOO_LITTLE else look if free < LITTLE else ok
        yield level(told)


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    whole = folder.absolute()
    return next(each for each in chain([whole], whole.parents) if each.exists())
