"""One code base, three roles: the public's node holds editions and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ASK = """
import django; django.setup()
from django.test import Client
import json, sys
client = Client(SERVER_NAME="localhost")
print(json.dumps({address: client.get(address).status_code for address in sys.argv[1:]}))
"""


def run(*arguments: str, role: str, database: Path) -> str:
    environment = {
        **os.environ,
        "TRACKER_ROLE": role,
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "only for the tests of the roles, 32 characters",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def statuses(*addresses: str, role: str, database: Path) -> dict[str, int]:
    return json.loads(run("-c", ASK, *addresses, role=role, database=database))


@pytest.fixture(scope="module")
def public_node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("public") / "node.sqlite3"
    run("manage.py", "migrate", role="public", database=database)
    return database


def test_gives_a_public_node_the_tables_of_the_editions_alone(public_node):
    rows = sqlite3.connect(public_node).execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )

    assert {name for (name,) in rows} == {
        "django_migrations",
        "public_accusationrollup",
        "public_cellrollup",
        "public_edition",
        "public_entry",
        "public_facet",
        "public_lastchange",
        "public_rollup",
        "public_spot",
        "public_tombstone",
    }


def test_serves_everything_public_from_a_public_node_and_no_desk(public_node):
    public = [
        "/",
        "/api/v1/incidents/",
        "/api/v1/reports/",
        "/api/v1/docs/",
        "/docs/",
        "/docs/codebook/",
        "/docs/asvs/",
        "/docs/scaling/",
        "/docs/security/",
        "/api/v1/schema/",
        "/ogc",
        "/ogc/collections/incidents/items",
        "/health/ready",
    ]
    answered = statuses(*public, "/admin/", role="public", database=public_node)

    assert answered == {**dict.fromkeys(public, 200), "/admin/": 404}


def test_serves_no_public_page_from_the_desk(tmp_path):
    database = tmp_path / "desk.sqlite3"
    run("manage.py", "migrate", role="desk", database=database)

    answered = statuses("/", "/api/v1/incidents/", "/admin/login/", role="desk", database=database)

    assert answered == {"/": 404, "/api/v1/incidents/": 404, "/admin/login/": 200}
