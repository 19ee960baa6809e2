"""Signatures as the reference implementation of Standard Webhooks reads them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from tracker.desk.workflow import webhooks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(clock):
    """The reference refuses what is old by its own clock."""
    clock.now = timezone.now()


def verify(secret: str, received) -> dict:
    return Verifier(secret).verify(received.body, dict(received.headers))


def test_signs_so_that_the_receiver_can_tell_the_message_is_ours(webhook, receiver):
    webhooks.send_test(webhook)
    webhooks.send_due()

    [received] = receiver.received
    said = verify(webhooks.secret_of(webhook), received)
    assert said["type"] == "webhook.test"
    assert received.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "body"])
def test_signs_the_id_the_moment_and_the_words(webhook, receiver, changed):
    webhooks.send_test(webhook)
    webhooks.send_due()

    [received] = receiver.received
    told = {name.lower(): value for name, value in received.headers.items()}
    body = received.body
    if changed == "body":
        body = json.dumps({**json.loads(body), "type": "incident.withdrawn"})
    else:
        told[changed] = f"{int(told[changed]) - 1}" if changed.endswith("stamp") else "msg_0"

    with pytest.raises(WebhookVerificationError):
        Verifier(webhooks.secret_of(webhook)).verify(body, told)


def test_signs_by_the_old_secret_and_the_new_one_for_a_day(webhook, receiver, clock):
    old = webhooks.secret_of(webhook)
    webhooks.renew_secret(webhook)
    new = webhooks.secret_of(webhook)

    webhooks.send_test(webhook)
    webhooks.send_due()

    assert old != new
    [received] = receiver.received
    assert len(received.headers["webhook-signature"].split()) == 2
    assert verify(old, received) == verify(new, received)


def test_signs_by_the_new_secret_alone_when_the_day_is_over(webhook, receiver, clock):
    old = webhooks.secret_of(webhook)
    clock.now -= dt.timedelta(days=1)
    webhooks.renew_secret(webhook)
    clock.pass_by(days=1)

    webhooks.send_test(webhook)
    webhooks.send_due()

    [received] = receiver.received
    verify(webhooks.secret_of(webhook), received)
    with pytest.raises(WebhookVerificationError):
        verify(old, received)


def test_signs_by_two_secrets_at_most(webhook, receiver):
    first = webhooks.secret_of(webhook)
    for _time in range(2):
        webhooks.renew_secret(webhook)

    webhooks.send_test(webhook)
    webhooks.send_due()

    with pytest.raises(WebhookVerificationError):
        verify(first, receiver.received[0])


def test_makes_another_secret_under_another_secret_key(webhook, settings):
    before = webhooks.secret_of(webhook)
    assert before == webhooks.secret_of(webhook)

    settings.SECRET_KEY = settings.SECRET_KEY[::-1]

    assert webhooks.secret_of(webhook) != before
