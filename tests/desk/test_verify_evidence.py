"""The command that reads all evidence again, after accidents of every kind."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import PICTURE, make_evidence, make_incident, make_source, make_user
from tracker.desk.workflow import importing

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent
HOURS = 60 * 60
NO_DATABASE = {"DJANGO_SETTINGS_MODULE": "tracker.settings", "DATABASE_URL": "sqlite://:memory:"}
# Keeps a file, and is killed while it does: no database is reached.
KEEP = """
import io, os, signal, sys, django; django.setup()
from django.db import connection
from tracker.desk.models import Report, User
from tracker.desk.workflow import evidence

def die(*_): os.kill(os.getpid(), signal.SIGKILL)

class Torn(io.BytesIO):
    def read(self, size=-1): return super().read(10) or die()

content = bytes.fromhex(sys.argv[2])
file = Torn(content) if sys.argv[1] == "while it is received" else io.BytesIO(content)
with connection.execute_wrapper(die):
    evidence.keep(file, name="", report=Report(pk=1), by=User(pk=1))
"""


def verify(capsys, *, faults: int = 0) -> list[str]:
    """What the command says, when it finds as many faults."""
    refusal = pytest.raises(CommandError, match=f"^{faults} faults found in the store")
    with refusal if faults else nullcontext():
        call_command("verify_evidence")
    return capsys.readouterr().out.splitlines()


def whole(checked: int) -> list[str]:
    return [f"All files are what was received: {checked} checked."]


def only_file(store: Path) -> Path:
    [path] = [path for path in store.rglob("*") if path.is_file()]
    return path


def bring(content: bytes = b"date,text\n2017-01-15,Shells fell.\n") -> None:
    """A file to be imported: it lies in the same store."""
    user, source = make_user(), make_source()
    importing.receive(io.BytesIO(content), name="week.csv", source=source, by=user)


def age(path: Path, hours: float) -> None:
    moment = time.time() - hours * HOURS
    os.utime(path, (moment, moment))


def test_finds_nothing_wrong_with_a_whole_store(capsys):
    make_evidence()
    make_evidence(b"Shells fell.", incident=make_incident())

    assert verify(capsys) == whole(2)


def test_finds_nothing_wrong_where_nothing_was_ever_kept(capsys):
    assert verify(capsys) == whole(0)


def test_finds_a_byte_that_has_changed(capsys, store):
    kept, again = make_evidence(), make_evidence()
    path = only_file(store)
    path.chmod(0o600)
    path.write_bytes(PICTURE[:-1] + b"\1")

    assert verify(capsys, faults=2) == [
        f"evidence {each.pk}: its file {kept.sha256} is no longer what was received."
        for each in (kept, again)
    ]


def test_finds_a_file_that_is_gone(capsys, store):
    kept = make_evidence()
    only_file(store).unlink()

    assert verify(capsys, faults=1) == [f"evidence {kept.pk}: its file {kept.sha256} is missing."]


def test_finds_a_file_that_no_evidence_names(capsys, store):
    make_evidence()
    (store / "ff").mkdir()
    stray = store / "ff" / "stray"
    stray.touch()
    age(stray, hours=2)

    assert verify(capsys, faults=1) == ["ff/stray: no evidence names this file."]


def test_lets_a_file_lie_that_may_just_be_arriving(capsys, store):
    make_evidence()
    stray = store / "arriving" / "tmp"
    stray.touch()
    age(stray, hours=0.9)

    assert verify(capsys) == whole(1)


@pytest.mark.parametrize(
    ("when", "left"), [("while it is received", "arriving"), ("before its row", "f7")]
)
def test_leaves_no_evidence_without_bytes_when_killed(capsys, store, when, left):
    killed = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", KEEP, when, PICTURE.hex()],
        cwd=ROOT,
        env={**os.environ, **NO_DATABASE, "EVIDENCE_ROOT": str(store)},
        check=False,
    )

    path = only_file(store)
    assert killed.returncode == -signal.SIGKILL
    assert path.parent.name == left
    assert verify(capsys) == whole(0)
    age(path, hours=2)
    assert verify(capsys, faults=1) == [f"{path.relative_to(store)}: no evidence names this file."]


def test_knows_the_files_that_were_brought_to_be_imported(store, capsys):
    bring()
    age(only_file(store), hours=2)
    assert verify(capsys) == whole(1)

    only_file(store).unlink()

    [told] = verify(capsys, faults=1)
    assert re.fullmatch(r"import \d+: its file [0-9a-f]{64} is missing\.", told)
