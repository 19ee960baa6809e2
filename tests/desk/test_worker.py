"""The worker as a process of its own, and what it does within this one."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.desk import villages
from tests.factories import make_place
from tracker.desk import tasks
from tracker.desk.models import Job, Place
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import jobs
from tracker.errors import InvalidInput

ROOT = Path(settings.BASE_DIR)
ALL = [f"Village {number}" for number in range(villages.COUNT)]


@pytest.fixture
def know(monkeypatch) -> Callable[[tasks.Work], None]:
    """Let the worker know the kind of work `test`."""
    return lambda work: monkeypatch.setitem(tasks.KINDS, "test", tasks.Kind("test", work))


def enqueue(key: str = "1") -> Job:
    return jobs.enqueue("test", {"key": key}, key=key, by=None)


def states() -> list[tuple[str, str]]:
    return list(Job.objects.order_by("pk").values_list("state", "error"))


@pytest.mark.django_db
def test_does_every_job_that_waits_with_its_arguments(know):
    know(lambda arguments, progress: make_place(name=arguments["key"]))
    for key in ("a", "b"):
        enqueue(key)

    call_command("work", once=True)

    assert list(Place.objects.order_by("pk").values_list("name", flat=True)) == ["a", "b"]
    assert states() == [(JobState.DONE, "")] * 2


@pytest.mark.django_db
def test_goes_on_after_a_job_that_is_refused(know):
    def refuse_one(arguments, progress) -> None:
        if arguments["key"] == "a":
            raise InvalidInput("There is no such agreement.")

    know(refuse_one)
    for key in ("a", "b"):
        enqueue(key)

    call_command("work", once=True)

    assert states() == [(JobState.FAILED, "There is no such agreement."), (JobState.DONE, "")]


@pytest.mark.django_db
def test_ends_at_a_bug_and_leaves_the_job_for_another_attempt(know):
    know(lambda arguments, progress: arguments["no such argument"])
    job = enqueue()

    with pytest.raises(KeyError):
        call_command("work", once=True)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert job.error == "It broke (KeyError): the log of the worker tells where."


@pytest.mark.django_db
def test_fails_a_job_that_this_version_does_not_know():
    enqueue()

    call_command("work", once=True)

    assert states() == [(JobState.FAILED, "This version does not know the work “test”.")]


@pytest.mark.django_db
def test_leaves_the_signals_of_whoever_calls_it_alone():
    before = signal.getsignal(signal.SIGTERM)

    call_command("work", once=True)

    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.django_db
def test_is_ready_unless_jobs_wait_that_no_worker_takes(client):
    job = enqueue()
    assert client.get("/health/ready").status_code == 200

    Job.objects.filter(pk=job.pk).update(heartbeat_at=job.heartbeat_at - 2 * jobs.LATE)

    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Jobs wait and no worker takes them: run work."


class Workers:
    """Processes that work on one database, in a file, with one job in it: see villages.py."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._started: list[subprocess.Popen[str]] = []

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        started = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *(command or ("-m", "tests.desk.villages"))],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": f"sqlite:///{self.database}",
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started.append(started)
        return started

    def pause_at(self, number: int) -> subprocess.Popen[str]:
        """A worker that stands in the middle of this batch by now."""
        worker = self.start(PAUSE_AT=str(number))
        assert worker.stdout is not None
        assert worker.stdout.readline() == "paused\n"
        return worker

    def work_off(self, *, minutes_ahead: int = 0) -> None:
        assert self.start(MINUTES_AHEAD=str(minutes_ahead)).wait(timeout=60) == 0

    def villages(self) -> list[str]:
        return [name for (name,) in self._ask("SELECT name FROM desk_place ORDER BY id")]

    def job(self) -> tuple[str, int, int]:
        """Its state, how many villages it counts, and its attempts."""
        [job] = self._ask("SELECT state, done, attempts FROM desk_job")
        return job

    def _ask(self, question: str) -> list[tuple]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(question).fetchall()

    def end(self) -> None:
        for each in self._started:
            with each:
                each.kill()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workers = Workers(tmp_path_factory.mktemp("workers") / "migrated.sqlite3")
    assert workers.start("manage.py", "migrate", "--verbosity=0").wait(timeout=120) == 0
    workers.end()
    return workers.database


@pytest.fixture
def workers(migrated: Path, tmp_path: Path) -> Iterator[Workers]:
    database = tmp_path / "tracker.sqlite3"
    shutil.copy(migrated, database)
    workers = Workers(database)
    yield workers
    workers.end()


def test_loses_and_doubles_nothing_when_it_is_killed_in_the_middle_of_a_batch(workers):
    worker = workers.pause_at(3)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=60)
    assert workers.villages() == ALL[:3]
    assert workers.job() == ("running", 3, 1)

    workers.work_off(minutes_ahead=2)

    assert workers.villages() == ALL
    assert workers.job() == ("done", len(ALL), 1)


def test_leaves_alone_what_another_worker_holds(workers):
    workers.pause_at(0).send_signal(signal.SIGKILL)

    workers.work_off()

    assert workers.villages() == []
    assert workers.job() == ("running", 0, 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_its_batch_and_puts_the_job_back_when_told_to_stop(workers, number):
    worker = workers.pause_at(3)
    worker.send_signal(number)
    worker.communicate(timeout=60)
    assert workers.villages() == ALL[:4]
    assert workers.job() == ("waiting", 4, 0)

    workers.work_off()

    assert workers.villages() == ALL
    assert workers.job()[:2] == ("done", len(ALL))


def test_ends_when_the_process_that_started_it_is_gone(workers):
    worker = workers.start("manage.py", "work", "--parent", "0")

    assert worker.wait(timeout=60) == 0
