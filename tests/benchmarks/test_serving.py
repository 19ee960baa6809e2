"""How long public answers take among a million incidents, beside the bare limits of the same reads.

Measured in processes of their own, by the settings an operator has, on a database of their own. RECORD
is how many incidents it holds; RECORD_URL names one that is filled already.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

pytestmark = pytest.mark.benchmark

RECORD = os.environ.get("RECORD", "1000000")
READY = os.environ.get("RECORD_URL", "")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    if READY or connection.vendor == "sqlite":
        yield READY or f"sqlite:///{tmp_path / 'record.sqlite3'}"
        return
    # Names and passwords of the tests' own database, which is not to be filled.
    server = os.environ["DATABASE_URL"]
    name = f"record_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connected:
        connected.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{server.rpartition('/')[0]}/{name}"
        connected.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(url: str, *command: str) -> str:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def test_serves_a_page_quicker_than_its_fields_are_put_together_by_hand(url: str):
    if not READY:
        run(url, "manage.py", "migrate", "-v0")
        filling = f"from tests.benchmarks import public_record; public_record.fill({RECORD})"
        run(url, "manage.py", "shell", "-v0", "-c", filling)

    measured = run(url, "-m", "tests.benchmarks.measuring")

    print(f"\n{'':10} {'milliseconds, median':58} {'ours':>9} {'bare':>9} {'ratio':>6}  wanted")
    print(measured)
    by_hand = next(line for line in measured.splitlines() if "fields built bare" in line)
    # Of a smaller record, what it takes to read the question is most of the answer.
    assert float(by_hand[70:].split()[2]) < 1 or int(RECORD) < 1_000_000
