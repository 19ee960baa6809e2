"""A ceasefire incident tracker: the record both sides can be held to.

SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log that two connections write and checkpoint at the
same moment (sqlite.org/wal.html, "the WAL-reset bug"). Where Python's own library is that old, the
newer one that pysqlite3 carries takes its place here, before Django first imports it.
"""

from __future__ import annotations

import sqlite3
import sys

FIRST_SAFE_SQLITE = (3, 51, 3)

if sqlite3.sqlite_version_info < FIRST_SAFE_SQLITE:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
