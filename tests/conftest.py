from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests import ledger
from tests.factories import make_user
from tracker.desk.models import Incident, User
from tracker.desk.workflow import publishing


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that lies beside the checkout of whoever has it."""
    folder = Path(__file__).parent.parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


@pytest.fixture(scope="session", autouse=True)
def cleared() -> Iterator[None]:
    """Let what stands in the database by its triggers go with the test that wrote it."""
    with pytest.MonkeyPatch.context() as patch:
        ledger.let_tests_end(patch)
        yield


@pytest.fixture(autouse=True)
def no_language_stays() -> Iterator[None]:
    """A request leaves its language to its thread, for the next request to choose its own."""
    yield
    translation.deactivate()


@pytest.fixture
def client() -> Client:
    """A browser whose every change must reach the ledger in the request that makes it."""
    return ledger.Client()


@pytest.fixture(autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> Path:
    """Where the evidence of one test would be kept: a folder that few of them come to make."""
    settings.EVIDENCE_ROOT = tmp_path_factory.getbasetemp() / f"evidence-{uuid.uuid4().hex}"
    return settings.EVIDENCE_ROOT


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer", username="rima", is_staff=True)


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    """A browser logged in at the desk with every right."""
    client.force_login(make_user(username="nour", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def publish(reviewer: User):
    """Publish an incident as the reviewer."""

    def signed(incident: Incident) -> Incident:
        publishing.publish(incident, by=reviewer)
        incident.refresh_from_db()
        return incident

    return signed
