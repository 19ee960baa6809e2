from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from tests.factories import make_place
from tracker.desk.models import Job, Place
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import jobs
from tracker.desk.workflow.jobs import Interrupted, LeaseLost, Progress
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2017, 1, 15, 12, tzinfo=dt.UTC)


class Clock:
    """Stands still until somebody lets time pass."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, span: dt.timedelta) -> None:
        self.now += span


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(jobs, "clock", clock)
    return clock


def enqueue(key: str = "3", kind: str = "count", by=None) -> Job:
    return jobs.enqueue(kind, {"agreement": 3}, key=key, by=by)


def claim(worker: str = "first") -> Job:
    job = jobs.claim(worker)
    assert job is not None
    return job


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_keeps_what_was_asked_for_and_by_whom(reviewer):
    job = now(enqueue(by=reviewer))

    assert (job.kind, job.arguments, job.created_by) == ("count", {"agreement": 3}, reviewer)
    assert (job.state, job.attempts, job.started_at) == (JobState.WAITING, 0, None)


def test_lets_equal_jobs_wait_as_one():
    first = enqueue()

    assert enqueue() == first
    assert Job.objects.count() == 1


@pytest.mark.parametrize("other", [{"key": "4"}, {"kind": "sort"}])
def test_tells_jobs_of_another_key_or_kind_apart(other):
    enqueue()

    enqueue(**other)

    assert Job.objects.count() == 2


def test_lets_a_job_wait_behind_an_equal_one_that_runs():
    running = enqueue()
    claim()

    behind = enqueue()

    assert behind != running
    assert jobs.claim("second") is None
    with Progress(now(running)):
        pass
    assert jobs.claim("second") == behind


def test_undoes_the_job_with_the_change_that_made_it_necessary():
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    assert jobs.claim("first") is None


def test_takes_jobs_in_the_order_they_were_asked_for():
    asked = [enqueue(key) for key in ("b", "a", "c")]

    assert [claim(f"worker {number}") for number in range(3)] == asked


def test_gives_a_job_to_one_of_two_workers():
    job = enqueue()

    assert jobs.claim("first") == job
    assert jobs.claim("second") is None
    assert now(job).worker == "first"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [["a"], ["a", "b", "c", "d"], ["a"] * 2])
def test_gives_each_job_to_one_of_workers_that_ask_at_once(keys):
    for key in keys:
        # Begun before: equal ones may wait beside each other.
        Job.objects.create(kind="count", key=key, heartbeat_at=NOON, started_at=NOON)
    at_once = threading.Barrier(4)

    def ask(number: int) -> Job | None:
        try:
            at_once.wait()
            return jobs.claim(f"worker {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [job for job in pool.map(ask, range(4)) if job]

    assert sorted(job.key for job in taken) == sorted(set(keys))
    assert {job.attempts for job in taken} == {1}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time there anyway")
@pytest.mark.django_db(transaction=True)
def test_begins_no_job_that_a_transaction_under_way_asks_for_again():
    job = enqueue()

    def reach_for_it() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20ms'")
            jobs.claim("first")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        assert enqueue() == job
        with pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(reach_for_it).result()

    assert jobs.claim("first") == job


def test_takes_up_again_what_a_killed_worker_left(clock):
    job = enqueue()
    claim()

    clock.pass_by(jobs.LEASE - dt.timedelta(seconds=1))
    assert jobs.claim("second") is None
    clock.pass_by(dt.timedelta(seconds=1))

    assert jobs.claim("second") == job
    assert (now(job).worker, now(job).attempts, now(job).started_at) == ("second", 2, NOON)


def test_renews_the_lease_with_every_batch(clock):
    enqueue()
    progress = Progress(claim())

    for cursor in range(3):
        clock.pass_by(jobs.LEASE * 0.9)
        with progress.batch(done=1, cursor=cursor):
            pass

    assert jobs.claim("second") is None


def test_goes_on_where_the_last_batch_left_off(clock):
    job = enqueue()
    progress = Progress(claim())
    progress.expect(5)
    with progress.batch(done=2, cursor={"after": 2}):
        make_place()

    clock.pass_by(jobs.LEASE)
    taken = claim("second")

    assert Progress(taken).cursor == {"after": 2}
    assert (taken.done, taken.total, taken.percent) == (2, 5, 40)
    assert job == taken


def test_keeps_nothing_of_a_batch_that_breaks():
    job = enqueue()

    def work(progress: Progress) -> None:
        for cursor in (1, 2):
            with progress.batch(done=1, cursor=cursor):
                make_place()
                1 / (2 - cursor)

    with pytest.raises(ZeroDivisionError), Progress(claim()) as progress:
        work(progress)

    assert Place.objects.count() == 1
    assert (now(job).done, now(job).cursor) == (1, 1)
    assert (now(job).state, now(job).attempts) == (JobState.WAITING, 1)
    assert "ZeroDivisionError" in now(job).error


def test_keeps_nothing_of_a_worker_whose_job_another_has(clock):
    job = enqueue()
    slow = Progress(claim())
    clock.pass_by(jobs.LEASE)
    claim("second")

    with pytest.raises(LeaseLost), slow.batch(done=1, cursor=1):
        make_place()

    assert not Place.objects.exists()
    assert (now(job).done, now(job).worker) == (0, "second")


def test_lets_a_worker_that_lost_its_job_end_in_peace(clock):
    job = enqueue()

    with Progress(claim()) as slow:
        clock.pass_by(jobs.LEASE)
        claim("second")
        slow.expect(5)

    assert (now(job).state, now(job).worker) == (JobState.RUNNING, "second")


def test_is_done_when_the_work_returns(clock):
    job = enqueue()

    with Progress(claim()):
        clock.pass_by(dt.timedelta(seconds=5))

    assert (now(job).state, now(job).percent) == (JobState.DONE, 100)
    assert now(job).finished_at == NOON + dt.timedelta(seconds=5)


def test_fails_at_once_with_the_message_where_the_work_is_refused():
    job = enqueue()

    with Progress(claim()):
        raise InvalidInput("There is no such agreement.")

    assert (now(job).state, now(job).error) == (JobState.FAILED, "There is no such agreement.")


def test_fails_after_the_last_attempt_that_got_no_further(clock):
    job = enqueue()
    for _attempt in range(jobs.MOST_ATTEMPTS):
        claim()
        clock.pass_by(jobs.LEASE)

    assert jobs.claim("first") is None
    assert now(job).state == JobState.FAILED
    assert now(job).error.startswith("It was begun 5 times and did not get any further. Its worker")


def test_counts_attempts_anew_where_it_got_further(clock):
    job = enqueue()
    for attempt in range(2 * jobs.MOST_ATTEMPTS):
        with Progress(claim()).batch(done=1, cursor=attempt):
            pass
        clock.pass_by(jobs.LEASE)

    assert jobs.claim("first") == job


def test_goes_on_to_the_next_job_where_one_fails(clock):
    enqueue("a")
    for _attempt in range(jobs.MOST_ATTEMPTS):
        claim()
        clock.pass_by(jobs.LEASE)
    waiting = enqueue("b")

    assert jobs.claim("first") == waiting


def test_puts_a_job_back_where_the_worker_is_to_stop_and_keeps_the_batch():
    job = enqueue()

    with Progress(claim(), stopping=lambda: True) as progress:
        with progress.batch(done=1, cursor=1):
            make_place()
        raise AssertionError("It went on.")

    assert Place.objects.count() == 1
    assert (now(job).state, now(job).attempts, now(job).cursor) == (JobState.WAITING, 0, 1)
    assert jobs.claim("second") == job


def test_lets_an_equal_job_wait_beside_one_that_was_put_back():
    enqueue()
    with Progress(claim(), stopping=lambda: True) as progress, progress.batch(done=1, cursor=1):
        pass

    enqueue()

    claim("second")
    assert jobs.claim("third") is None
    assert Job.objects.count() == 2


def test_tries_a_failed_job_again_where_it_stopped():
    job = enqueue()
    with Progress(claim()) as progress:
        with progress.batch(done=1, cursor=1):
            pass
        raise InvalidInput("The disk is full.")

    jobs.retry(job)

    taken = claim()
    assert (taken, taken.cursor, taken.attempts, taken.error) == (job, 1, 1, "")
    assert taken.finished_at is None


def test_tries_nothing_again_that_has_not_failed():
    job = enqueue()

    with pytest.raises(Conflict, match="has not failed"):
        jobs.retry(job)


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, None, None), (0, 0, None), (1, 3, 33), (4, 3, 100)]
)
def test_tells_how_much_is_done(done, total, percent):
    assert Job(done=done, total=total).percent == percent


def test_finds_no_trouble_while_a_job_is_soon_taken(clock):
    enqueue()
    clock.pass_by(jobs.LATE)

    assert jobs.trouble() == ""


def test_tells_that_nobody_takes_the_jobs_that_wait(clock):
    enqueue()
    clock.pass_by(jobs.LATE * 2)

    assert "no worker takes them" in jobs.trouble()


def test_tells_that_nobody_takes_up_what_a_killed_worker_left(clock):
    enqueue()
    claim()
    clock.pass_by(jobs.LATE * 2)

    assert "no worker takes them" in jobs.trouble()


def test_finds_no_trouble_where_the_worker_is_long_at_another_job(clock):
    enqueue("a")
    enqueue("b")
    progress = Progress(claim())
    clock.pass_by(jobs.LATE * 2)

    with progress.batch(done=1, cursor=1):
        pass

    assert jobs.trouble() == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "lost"},
        {"state": JobState.RUNNING, "worker": "first"},
        {"state": JobState.RUNNING, "lease_until": NOON},
        {"state": JobState.WAITING, "lease_until": NOON},
        {"state": JobState.DONE},
        {"state": JobState.WAITING, "finished_at": NOON},
    ],
)
def test_refuses_a_job_that_contradicts_itself(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="count", key="3", heartbeat_at=NOON, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": JobState.WAITING},
        {"state": JobState.RUNNING, "worker": "first", "lease_until": NOON},
    ],
)
def test_refuses_two_of_one_key_that_wait_to_be_begun_or_run(fields):
    Job.objects.create(kind="count", key="3", heartbeat_at=NOON, **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="count", key="3", heartbeat_at=NOON, **fields)


def test_is_no_error_of_the_work_to_be_interrupted():
    job = enqueue()

    with Progress(claim()):
        raise Interrupted("The worker is to stop.")

    assert (now(job).state, now(job).error) == (JobState.WAITING, "")
