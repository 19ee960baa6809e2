"""Backups: one file that holds the database of one moment and all the evidence it names."""

from __future__ import annotations

from tracker.desk.backups.keys import read_key
from tracker.desk.backups.making import Made, last_made_at, left_over, make
from tracker.desk.backups.restoring import Restored, restore

__all__ = ["Made", "Restored", "last_made_at", "left_over", "make", "read_key", "restore"]
