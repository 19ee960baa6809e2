from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_evidence, make_incident, make_source
from tracker.desk.backups.looking import looking_at


@pytest.fixture
def world(transactional_db: None) -> None:
    """A little of everything, committed."""
    make_source(name="Canary in the source", is_confidential=True)
    make_evidence(incident=make_incident())


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "tracker.backup"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("correct horse battery staple\n")
    return file


@pytest.fixture(scope="session")
def other_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a second database; SQLite needs none before there is something in it."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with django_db_blocker.unblock():
        _tell_postgresql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _tell_postgresql(f"CREATE DATABASE {name} TEMPLATE template0")
    yield name
    with django_db_blocker.unblock():
        _tell_postgresql(f"DROP DATABASE {name} WITH (FORCE)")


def _tell_postgresql(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def elsewhere(tmp_path: Path, transactional_db: None, other_database: str) -> str:
    """The address of a database that is empty."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere' / 'tracker.sqlite3'}"
    with looking_at({**connection.settings_dict, "NAME": other_database}):
        _tell_postgresql("DROP SCHEMA public CASCADE")
        _tell_postgresql("CREATE SCHEMA public")
    told: Any = connection.settings_dict
    server = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    return f"postgres://{server}/{other_database}"
