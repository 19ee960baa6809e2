"""What is said to be kept outlives a power cut: the bytes, their name, and the folder's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import make_evidence
from tracker.desk.models import Evidence
from tracker.desk.workflow import evidence

Synced = list[tuple[int, int]]


@pytest.fixture
def synced(monkeypatch) -> Synced:
    """Of every file and folder that is made durable, the number of its inode and the rows by then."""
    told: Synced = []
    really = os.fsync

    def sync(descriptor: int) -> None:
        told.append((os.fstat(descriptor).st_ino, Evidence.objects.count()))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    return told


def inode(path: Path) -> int:
    return path.stat().st_ino


@pytest.mark.django_db
def test_makes_evidence_durable_before_its_row_is_there(synced: Synced):
    kept = evidence.path_of(make_evidence().sha256)

    for path in (kept, kept.parent, settings.EVIDENCE_ROOT):
        assert (inode(path), 0) in synced, path
    # The bytes before the name that they are found by.
    assert [each for each, _rows in synced].index(inode(kept)) == 0


@pytest.mark.django_db(transaction=True)
def test_makes_a_backup_durable_before_it_has_its_name(synced: Synced, tmp_path: Path):
    backup = tmp_path / "backups" / "tracker.backup"
    backup.parent.mkdir()

    call_command("backup", str(backup))

    order = [each for each, _rows in synced]
    assert order.index(inode(backup)) < order.index(inode(backup.parent))
