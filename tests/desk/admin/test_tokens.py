"""API tokens on a user's page: shown once, told by their last day of use, revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

import pytest
from django.utils import timezone
from knox.models import AuthToken

from tests.desk.admin.pages import address
from tests.factories import make_user
from tracker.desk.models import User

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def partner() -> User:
    return make_user("contributor", username="partner")


def made(desk, user, days=30):
    page = desk.post(address("user_tokens", user.pk), {"days": days})
    found = re.search(r"<code dir=\"ltr\">(\w{64})</code>", page.text)
    return found and found[1]


def asked(client, token):
    headers = {"Authorization": f"Token {token}"}
    return client.post(
        "/api/v1/reports/", {}, content_type="application/json", headers=headers
    ).status_code


def test_shows_a_token_once(desk, partner):
    token = made(desk, partner)

    page = desk.get(address("user_tokens", partner.pk))

    assert asked(desk, token) == 400  # let in, and refused for what it did not say
    assert token not in page.text
    assert token[:8] in page.text


def test_tells_the_day_of_last_use_and_no_hour(desk, partner):
    token = made(desk, partner)
    url = address("user_tokens", partner.pk)
    assert desk.get(url).text.count("<td>never</td>") == 1

    asked(desk, token)

    assert desk.get(url).context["tokens"][0].use.used_on == timezone.localdate()


def test_keeps_a_token_as_a_hash_alone(desk, partner):
    token = made(desk, partner)

    (row,) = AuthToken.objects.values()

    assert token not in str(row)
    assert row["digest"] == hashlib.sha512(token.encode()).hexdigest()


def test_lets_a_token_in_no_longer_than_it_was_made_for(desk, partner):
    token = made(desk, partner, days=1)
    (row,) = AuthToken.objects.all()
    assert abs(row.expiry - row.created - DAY) < dt.timedelta(minutes=1)

    AuthToken.objects.update(expiry=timezone.now() - dt.timedelta(seconds=1))

    assert asked(desk, token) == 401


def test_revokes_a_token(desk, partner):
    token = made(desk, partner)

    desk.post(address("user_tokens", partner.pk), {"revoke": token[:15]})

    assert asked(desk, token) == 401
    assert not partner.auth_token_set.exists()


def test_revokes_no_token_of_another_user(desk, partner):
    token = made(desk, partner)

    desk.post(address("user_tokens", make_user().pk), {"revoke": token[:15]})

    assert asked(desk, token) == 400


@pytest.mark.parametrize("days", ["0", "3651", "x", ""])
def test_makes_no_token_for_a_wrong_time(desk, partner, days):
    assert made(desk, partner, days) is None
    assert not partner.auth_token_set.exists()


def test_makes_no_token_for_who_may_not_submit(desk):
    user = make_user(username="outsider")

    assert made(desk, user) is None
    assert not user.auth_token_set.exists()
