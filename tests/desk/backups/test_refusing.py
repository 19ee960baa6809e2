"""What is not whole, not ours or not for here is not restored, and nothing is changed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.desk.backups.talking import files, held, refusal, run
from tracker.desk.backups.archives import Archive, check
from tracker.desk.backups.manifests import describe
from tracker.desk.backups.sealing import MAGIC
from tracker.desk.models import Source
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.usefixtures("world")

DAMAGES = 50


@pytest.fixture
def whole(backup: Path) -> bytes:
    run("backup", backup, no_verify=True)
    return backup.read_bytes()


@pytest.fixture
def encrypted(backup: Path, key: Path) -> bytes:
    run("backup", backup, no_verify=True, key_file=str(key))
    return backup.read_bytes()


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def cut(content: bytes, at: int) -> bytes:
    return content[:at]


def doubled(content: bytes, at: int) -> bytes:
    return content[:at] + content[max(0, at - 64) :]


def damaged(content: bytes) -> list[bytes]:
    """Fifty damages of three kinds at places from the first byte to the last."""
    kinds: list[Callable[[bytes, int], bytes]] = [flipped, cut, flipped, doubled]
    places = [round(each * (len(content) - 1) / (DAMAGES - 1)) for each in range(DAMAGES)]
    made = [kinds[number % 4](content, at) for number, at in enumerate(places)]
    made[2], made[3] = content + b"\0", content + content
    return made


def test_refuses_every_damaged_backup(backup, whole, elsewhere, store):
    before = files(store)

    refused = []
    for content in damaged(whole):
        backup.write_bytes(content)
        refused.append(refusal("restore", backup, into=elsewhere))

    assert len(refused) == DAMAGES
    assert all("amaged" in said or "no backup" in said for said in refused)
    assert held(elsewhere) == {}
    assert files(store) == before


def test_refuses_every_damaged_backup_that_is_encrypted(backup, encrypted, elsewhere, key):
    refused = []
    for content in damaged(encrypted):
        backup.write_bytes(content)
        refused.append(refusal("restore", backup, into=elsewhere, key_file=str(key)))

    assert len(refused) == DAMAGES
    assert all("amaged" in said or "no backup" in said for said in refused)
    assert held(elsewhere) == {}


def test_refuses_another_key(backup, encrypted, elsewhere, tmp_path):
    other = tmp_path / "other"
    other.write_text("incorrect horse battery staple\n")

    said = refusal("restore", backup, into=elsewhere, key_file=str(other))

    assert said == "The backup was encrypted with another key than the one given."
    assert held(elsewhere) == {}


def test_asks_for_the_key(backup, encrypted, elsewhere):
    assert "name the file that holds its key" in refusal("restore", backup, into=elsewhere)


def test_takes_nothing_that_anyone_could_have_written_for_encrypted(backup, whole, elsewhere, key):
    said = refusal("restore", backup, into=elsewhere, key_file=str(key))

    assert said.startswith("The backup is not encrypted, so that anyone may have written it")


def test_refuses_a_newer_format(backup, whole, elsewhere):
    header = bytearray(whole[: len(MAGIC) + 66])
    header[len(MAGIC)] = 2
    backup.write_bytes(header + hashlib.sha256(header).digest() + whole[len(header) + 32 :])

    assert "is of format 2, which a newer tracker writes" in refusal(
        "restore", backup, into=elsewhere
    )


def test_refuses_the_backup_of_another_kind_of_database(backup, elsewhere):
    manifest = describe()
    manifest.engine = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    with backup.open("wb") as file:
        archive = Archive(file, None)
        archive.add_database(io.BytesIO(b"theirs"))
        archive.finish(manifest)

    said = refusal("restore", backup, into=elsewhere)

    assert said.startswith(f"The backup is of a {manifest.engine} database, and this is")


def test_tells_of_a_table_that_does_not_hold_what_it_held(backup, whole, elsewhere, tmp_path):
    copy = tmp_path / "database"
    manifest = check(backup, None, database=copy)
    # One row of it was another when the manifest was written.
    with recorded(by=None):
        Source.objects.update(note="Changed meanwhile.")
    manifest.digests["desk_source"] = describe().digests["desk_source"]
    with backup.open("wb") as file, copy.open("rb") as database:
        archive = Archive(file, None)
        archive.add_database(database)
        archive.finish(manifest)

    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("restore", str(backup), into=elsewhere, stdout=said, stderr=said)

    assert "The table desk_source holds something else than it held." in said.getvalue()


@pytest.mark.parametrize("content", [b"", b"no backup at all", b"x" * 10_000])
def test_refuses_what_is_no_backup(backup, elsewhere, content):
    backup.write_bytes(content)

    assert refusal("restore", backup, into=elsewhere).startswith("This is no backup")


def test_refuses_what_is_not_there(backup, elsewhere):
    assert refusal("restore", backup, into=elsewhere) == f"{backup}: No such file or directory."


def test_never_puts_evidence_in_the_place_of_another_file(backup, whole, elsewhere, store):
    (path,) = (path for path in store.rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"something else")

    assert f"{path} is not the evidence its name says" in refusal("restore", backup, into=elsewhere)
    assert path.read_bytes() == b"something else"
    assert held(elsewhere) == {}


def test_refuses_an_address_that_is_of_no_database(backup, whole):
    assert "DATABASE_URL begins with 'mysql'" in refusal("restore", backup, into="mysql://x/y")
