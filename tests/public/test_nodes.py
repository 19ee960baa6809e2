"""A public node serves a file that holds what is published, and nothing of the desk."""

from __future__ import annotations

import base64
import re
import sqlite3
import struct
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.utils import ConnectionHandler, OperationalError

from tests.factories import make_incident, make_user
from tests.rights import policy
from tests.rights.planting import Planted
from tests.test_roles import run, statuses
from tracker.databases import database
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded
from tracker.public.models import Edition

pytestmark = pytest.mark.django_db(transaction=True)

# Through the door of a server, for a test client keeps its connection from one request to the next.
SERVE = """
import os, sys, json
from django.test import RequestFactory
from tracker.wsgi import application
def count():
    environ = RequestFactory(SERVER_NAME="localhost").get("/api/v1/incidents/").environ
    answer = application(environ, lambda *_: None)
    results = json.loads(b"".join(answer))["results"]
    answer.close()
    return len(results)
before = count()
os.replace(sys.argv[1], sys.argv[2])
print(before, count())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "node.sqlite3"


def published() -> None:
    with recorded(by=None):
        publishing.publish(make_incident(), by=make_user("reviewer"))


def test_writes_every_edition_as_it_is(file):
    published()

    call_command("publish_to", file)

    rows = sqlite3.connect(file).execute("SELECT public_id, digest FROM public_edition")
    assert sorted(rows) == sorted(Edition.objects.values_list("public_id", "digest"))


def test_leaves_nothing_else_beside_the_file(file):
    call_command("publish_to", file)
    call_command("publish_to", file)

    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_says_where_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("publish_to", tmp_path / "missing" / "node.sqlite3")


def test_keeps_every_confidential_value_out_of_the_bytes_of_the_file(file):
    with recorded(by=None):
        planted = Planted()
    kept = {
        (model, field): planted.needles[model, field]
        for model, field in policy.chosen(policy.read("fields.csv", keys=2), "public", cell="no")
    }

    call_command("publish_to", file)

    told = file.read_bytes().lower()
    assert {key for key, needle in kept.items() if any(s in told for s in spelt(needle))} == set()
    assert len(kept) > 30
    assert any(needle.encode() in told for needle in planted.needles.values())


def spelt(needle: str) -> list[bytes]:
    """A value as it is, as the number that SQLite stores, backwards, in hexadecimal and in base64 at whichever offset it begins."""
    plain = needle.lower().encode()
    coded = [base64.b64encode(b" " * pad + needle.encode()).lower()[4:-4] for pad in range(3)]
    number = [struct.pack(">d", float(needle)).lower()] if re.fullmatch(r"\d+\.\d+", needle) else []
    return [
        *number,
        plain,
        plain[::-1],
        plain.hex().encode(),
        *(code for code in coded if len(code) > 7),
    ]


def test_is_ready_to_serve_and_has_no_desk(file):
    published()
    call_command("publish_to", file)

    answered = statuses(
        *("/", "/api/v1/incidents/", "/ogc", "/feeds/incidents.atom", "/docs/", "/health/ready"),
        *("/admin/", "/api/desk/v1/reports/"),
        role="public",
        database=Path(f"{file}?immutable=1"),
    )

    assert [*answered.values()] == [200] * 6 + [404] * 2


def test_shows_a_new_file_with_the_next_request(file):
    call_command("publish_to", file)
    published()
    newer = file.with_name("newer.sqlite3")
    call_command("publish_to", newer)

    told = run(
        "-c", SERVE, str(newer), str(file), role="public", database=Path(f"{file}?immutable=1")
    )

    assert told.split() == ["0", "1"]


def test_does_not_write_to_a_file_that_is_replaced(file):
    call_command("publish_to", file)
    node = ConnectionHandler({"default": database(f"sqlite:///{file}?immutable=1")})["default"]

    with pytest.raises(OperationalError, match="readonly"), node.cursor() as cursor:
        cursor.execute("DELETE FROM public_edition")
    node.close()
