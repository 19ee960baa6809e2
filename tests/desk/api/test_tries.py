"""Who keeps knocking is told to wait, by whichever process answers: the count is in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from knox.models import AuthToken

from tests.factories import make_user
from tracker.desk.api import rights
from tracker.desk.models import Tries
from tracker.desk.workflow import tries
from tracker.desk.workflow.tries import Limit

pytestmark = pytest.mark.django_db
URL = "/api/desk/v1/reports/"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    hour = dt.timedelta(hours=1)
    monkeypatch.setattr(rights, "WRONG_TOKENS", Limit(3, hour))
    monkeypatch.setattr(rights, "SUBMISSIONS", Limit(2, hour))


def ask(client, token, address="192.0.2.1"):
    return client.get(URL, headers={"Authorization": f"Token {token}"}, REMOTE_ADDR=address)


def test_tells_who_guesses_tokens_to_wait(client):
    answers = [ask(client, f"{number:064x}") for number in range(5)]

    assert [each.status_code for each in answers] == [401, 401, 401, 429, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert 3500 < int(answers[-1]["Retry-After"]) <= 3600


@pytest.mark.parametrize("token", ["\u00ff" * 64, "", "a b", "x" * 5000])
def test_counts_what_is_no_token_as_well(client, token):
    answers = [ask(client, token).status_code for _ in range(4)]

    assert answers == [401, 401, 401, 429]


def test_lets_in_a_token_that_holds_whatever_others_tried_from_its_address(client):
    token = AuthToken.objects.create(make_user("reviewer"))[1]
    for number in range(5):
        ask(client, f"{number:064x}")

    assert ask(client, token).status_code == 200


def test_counts_each_address_by_itself(client):
    for number in range(5):
        ask(client, f"{number:064x}")

    assert ask(client, "0" * 64, "192.0.2.2").status_code == 401


def test_keeps_no_address(client):
    ask(client, "0" * 64, "192.0.2.77")

    assert "192.0.2.77" not in str(list(Tries.objects.values()))


def test_counts_afresh_when_the_time_is_over_or_the_clock_was_set_back(client, monkeypatch):
    for later in (dt.timedelta(0), dt.timedelta(hours=2), dt.timedelta(days=-3)):
        moment = timezone.now() + later
        monkeypatch.setattr(tries, "clock", lambda moment=moment: moment)

        answers = [ask(client, "0" * 64).status_code for _ in range(4)]

        assert answers == [401, 401, 401, 429]


def test_takes_so_many_submissions_an_hour_from_one_account(client):
    user = make_user("contributor")
    tokens = [AuthToken.objects.create(user)[1] for _ in range(2)]

    answers = [
        client.post(
            "/api/v1/reports/",
            {},
            content_type="application/json",
            headers={"Authorization": f"Token {tokens[number % 2]}"},
        )
        for number in range(3)
    ]

    assert [each.status_code for each in answers] == [400, 400, 429]
    assert "Retry-After" in answers[-1]
