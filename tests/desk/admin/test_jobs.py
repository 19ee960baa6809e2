from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.admin.pages import address
from tests.factories import make_user
from tracker.desk import tasks
from tracker.desk.models import Job
from tracker.desk.models.jobs import JobState

LIST = "job_changelist"


def make_job(**fields) -> Job:
    return Job.objects.create(
        **{"kind": "count", "key": "1", "heartbeat_at": timezone.now(), **fields}
    )


def make_failed(**fields) -> Job:
    ended = {"state": JobState.FAILED, "started_at": timezone.now(), "finished_at": timezone.now()}
    return make_job(error="The disk is full.", attempts=5, **ended, **fields)


@pytest.fixture
def browser(client: Client, reviewer) -> Client:
    client.force_login(reviewer)
    return client


def try_again(browser: Client, *jobs: Job) -> None:
    chosen = {"action": "try_again", "_selected_action": [job.pk for job in jobs]}
    browser.post(address(LIST), chosen)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ">–<"),
        ({"done": 7}, ">7<"),
        (
            {"done": 300, "total": 1200},
            'value="25" aria-label="Progress"></progress> 25 % (300 of 1',
        ),
    ],
)
def test_shows_how_far_a_job_has_come(browser, fields, shown):
    make_job(**fields)

    assert shown in browser.get(address(LIST)).text


def test_calls_the_work_by_its_name(browser, monkeypatch):
    monkeypatch.setitem(tasks.KINDS, "count", tasks.Kind("Count the incidents", lambda *_: None))
    make_job()

    assert "Count the incidents" in browser.get(address(LIST)).text


def test_shows_why_a_job_failed(browser):
    job = make_failed()

    assert "The disk is full." in browser.get(address(LIST)).text
    assert "The disk is full." in browser.get(address("job_change", job.pk)).text


def test_tries_a_failed_job_again(browser, reviewer):
    job = make_failed(done=3, cursor=3)

    try_again(browser, job)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.cursor) == (JobState.WAITING, 0, "", 3)
    assert "Tried again." in browser.get(address("job_history", job.pk)).text


def test_tries_nothing_else_again_and_says_so(browser):
    failed, waiting = make_failed(key="2"), make_job()

    chosen = {"action": "try_again", "_selected_action": [failed.pk, waiting.pk]}
    answer = browser.post(address(LIST), chosen, follow=True)

    assert "1 job will be tried again." in answer.text
    assert f"“count {waiting.pk}” has not failed" in answer.text


@pytest.mark.parametrize("page", ["add", "delete"])
def test_lets_nobody_write_a_job(desk, page):
    job = make_job()

    answer = desk.get(reverse(f"admin:desk_job_{page}", args=[] if page == "add" else [job.pk]))

    assert answer.status_code == 403


def test_lets_nobody_change_a_job(desk):
    job = make_job()

    answer = desk.post(address("job_change", job.pk), {"state": JobState.DONE})

    assert answer.status_code == 403
    assert Job.objects.get(pk=job.pk).state == JobState.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "status"), [("data entry", 403), ("reviewer", 200), ("administrator", 200)]
)
def test_shows_jobs_to_those_who_review(client, group, status):
    client.force_login(make_user(group, is_staff=True))

    assert client.get(address(LIST)).status_code == status
