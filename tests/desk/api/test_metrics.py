"""What a monitor reads, and who may."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.db import OperationalError
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import make_party, make_source
from tracker.desk.models import Job, Revision
from tracker.desk.workflow import jobs
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db
TOKEN = "drawn-by-lot-and-known-to-the-monitor-alone"  # noqa: S105 - of no server
URL = "/metrics"


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.METRICS_TOKEN = TOKEN
    settings.BACKUP_ROOT = tmp_path / "backups"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


def ask(client, shown=f"Bearer {TOKEN}"):
    return client.get(URL, headers={"Authorization": shown})


def read(client) -> dict[tuple[str, ...], float]:
    """Each value by its name and what it is of."""
    answer = ask(client)
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize("shown", ["", "Bearer ", f"Token {TOKEN}", f"Bearer {TOKEN}x", TOKEN])
def test_has_nothing_there_for_who_shows_no_token(client, shown):
    answer = ask(client, shown)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_has_nothing_there_where_no_token_is_set(client, settings):
    settings.METRICS_TOKEN = ""

    assert ask(client, "Bearer ").status_code == 404


def test_counts_jobs_and_tells_when_no_worker_takes_them(client):
    jobs.enqueue("test", {}, key="1", by=None)
    assert read(client)["tracker_worker_missing",] == 0

    Job.objects.update(heartbeat_at=jobs.clock() - dt.timedelta(hours=1))

    told = read(client)
    assert told["tracker_jobs", "waiting"] == 1
    assert told["tracker_jobs", "failed"] == 0
    assert told["tracker_job_stalled_seconds",] >= 3600
    assert told["tracker_worker_missing",] == 1


def test_tells_how_old_the_last_backup_is(client, settings):
    assert ("tracker_backup_timestamp_seconds",) not in read(client)

    settings.BACKUP_ROOT.mkdir()
    for name, at in (("old", 1_000_000), ("new", 2_000_000)):
        path = settings.BACKUP_ROOT / f"{name}.backup"
        path.touch()
        os.utime(path, (at, at))

    assert read(client)["tracker_backup_timestamp_seconds",] == 2_000_000


def test_tells_how_far_the_ledger_is_and_how_much_room_there_is(client):
    with recorded(by=None):
        make_party()

    told = read(client)

    assert told["tracker_ledger_number",] == Revision.objects.latest("number").number
    assert told["tracker_free_bytes", "evidence"] > 0


def test_says_no_word_that_anybody_wrote(client):
    make_source(name="Ottoline", slug="ottoline")
    jobs.enqueue("test", {"of": "Ottoline"}, key="Ottoline", by=None)

    assert "ottoline" not in ask(client).content.decode().lower()


def test_answers_that_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("no")

    monkeypatch.setattr("tracker.desk.api.metrics.recording.head", away)
    client.raise_request_exception = False

    answer = ask(client)

    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
