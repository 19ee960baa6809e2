"""Messages sent to a live server, again and again until they arrive or are given up."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from tests.desk.workflow.webhooks.receiver import receiving
from tests.factories import make_webhook
from tracker.desk.models import Delivery, Revision
from tracker.desk.models.webhooks import DeliveryState
from tracker.desk.workflow import webhooks
from tracker.desk.workflow.webhooks import posting, sending
from tracker.errors import Conflict

pytestmark = pytest.mark.django_db


def waiting(webhook) -> Delivery:
    webhooks.send_test(webhook)
    return Delivery.objects.latest("pk")


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def send_later(clock, **period: float) -> None:
    clock.pass_by(**period)
    webhooks.send_due()


def test_delivers_once_and_says_so(webhook, receiver, clock):
    delivery = waiting(webhook)

    assert webhooks.send_due()
    assert not webhooks.send_due()

    [received] = receiver.received
    assert received.path == "/in?from=tracker"
    assert received.headers["webhook-id"] == delivery.message_id
    assert received.headers["Host"] == f"127.0.0.1:{receiver.server_port}"
    assert json.loads(received.body)["timestamp"] == "2017-01-15"
    delivery = again(delivery)
    assert (delivery.state, delivery.status, delivery.error) == (DeliveryState.DELIVERED, 204, "")
    assert (delivery.attempts, delivery.attempted_at) == (1, clock.now)


def test_lets_the_worker_send(webhook, receiver):
    waiting(webhook)

    call_command("work", once=True)

    assert len(receiver.received) == 1


def test_tries_again_on_schedule_with_the_same_id_and_words(webhook, receiver, clock):
    receiver.says(500, b"Out of order.")
    delivery = waiting(webhook)
    webhooks.send_due()

    for wait in sending.WAITS:
        delivery = again(delivery)
        assert delivery.next_attempt_at == clock.now + wait * 1.05
        clock.now = delivery.next_attempt_at - dt.timedelta(seconds=1)
        assert not webhooks.send_due()
        send_later(clock, seconds=1)

    delivery = again(delivery)
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 10)
    assert (delivery.status, delivery.answer) == (500, "Out of order.")
    assert len({(each.headers["webhook-id"], each.body) for each in receiver.received}) == 1
    assert len(receiver.received) == 10


def test_arrives_when_the_receiver_is_well_again(webhook, receiver, clock):
    receiver.says(503)
    delivery = waiting(webhook)
    webhooks.send_due()
    assert again(webhook).failing_since == clock.now
    receiver.says(200, b"Thank you.")

    send_later(clock, seconds=6)

    assert again(delivery).state == DeliveryState.DELIVERED
    assert (again(delivery).error, again(delivery).answer) == ("", "")
    assert (again(webhook).failing_since, again(webhook).paused_until) == (None, None)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_follows_no_redirect(webhook, receiver, status):
    with receiving() as elsewhere:
        receiver.says(status, headers={"Location": elsewhere.url})
        delivery = waiting(webhook)

        webhooks.send_due()

        assert elsewhere.received == []
    assert (again(delivery).state, again(delivery).status) == (DeliveryState.WAITING, status)
    assert "nobody follows" in again(delivery).error


def test_switches_off_what_says_it_is_gone_and_enters_it_in_the_ledger(webhook, receiver):
    receiver.says(410)
    delivery, second = waiting(webhook), waiting(webhook)

    webhooks.send_due()

    assert (again(webhook).is_active, again(webhook).switched_off) == (False, "gone")
    assert again(delivery).state == DeliveryState.FAILED
    assert again(second).state == DeliveryState.WAITING
    assert len(receiver.received) == 1
    entered = Revision.objects.of("webhook", webhook.pk).latest("number")
    assert (entered.by, entered.why) == (None, "The address answered that it is gone.")


def test_switches_off_what_has_failed_for_days(webhook, receiver, clock):
    receiver.says(500)
    waiting(webhook)
    webhooks.send_due()
    clock.pass_by(days=4)
    waiting(webhook)
    webhooks.send_due()
    assert again(webhook).is_active

    clock.pass_by(days=1)
    webhooks.send_due()

    assert (again(webhook).is_active, again(webhook).switched_off) == (False, "failing")


def test_sends_nothing_to_what_is_switched_off_and_takes_it_up_when_on_again(webhook, receiver):
    delivery = waiting(webhook)
    webhook.is_active = False
    webhook.save()
    assert not webhooks.send_due()

    webhook.is_active = True
    webhook.save()
    webhooks.send_due()

    assert again(delivery).state == DeliveryState.DELIVERED


def test_waits_no_longer_than_it_may_for_a_server_that_trickles(webhook, receiver, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.1)
    receiver.trickles(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    delivery = waiting(webhook)

    webhooks.send_due()

    assert (again(delivery).state, again(delivery).status) == (DeliveryState.WAITING, None)
    assert again(delivery).error == "There was no answer in time."


def test_waits_no_longer_than_it_may_for_one_that_says_nothing(webhook, receiver, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.1)
    receiver.reply = lambda handler: receiver.is_over.wait()
    delivery = waiting(webhook)

    webhooks.send_due()

    assert again(delivery).error == "There was no answer in time."


def test_keeps_no_more_of_a_huge_answer_than_its_beginning(webhook, receiver):
    receiver.says(500, b"<script>\0\xff" + b"x" * 10_000_000)
    delivery = waiting(webhook)

    webhooks.send_due()

    assert again(delivery).answer == "<script> \N{REPLACEMENT CHARACTER}" + "x" * 190


def test_knows_what_is_gone_though_its_answer_breaks_off(webhook, receiver):
    beginning = b"HTTP/1.1 410 Gone\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nWe mov"
    receiver.reply = lambda handler: handler.wfile.write(beginning)
    delivery = waiting(webhook)

    webhooks.send_due()

    assert (again(delivery).status, again(webhook).switched_off) == (410, "gone")


@pytest.mark.parametrize(
    ("beginning", "error"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "What it answered is not HTTP."),
        (b"", "What it answered is not HTTP."),
    ],
)
def test_takes_what_is_no_answer_for_a_failure(webhook, receiver, beginning, error):
    receiver.reply = lambda handler: handler.wfile.write(beginning)
    delivery = waiting(webhook)

    webhooks.send_due()

    assert again(delivery).error == error


def test_takes_no_connection_for_a_failure(webhook, receiver):
    with receiving() as gone:
        webhook.url = gone.url
        webhook.save()
    delivery = waiting(webhook)

    webhooks.send_due()

    assert again(delivery).error == "There was no connection."


def test_lets_one_that_fails_hold_up_no_other(webhook, receiver, clock):
    with receiving() as broken:
        broken.says(500)
        other = make_webhook(url=broken.url)
        for _time in range(3):
            waiting(other)
        waiting(webhook)

        webhooks.send_due()

        assert (len(broken.received), len(receiver.received)) == (1, 1)
        # All three are due by then, and one of them is tried.
        send_later(clock, seconds=6)
        assert len(broken.received) == 2


def test_takes_up_what_a_killed_worker_held(webhook, receiver, clock, monkeypatch):
    delivery = waiting(webhook)

    def die(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "post", die)
        with pytest.raises(KeyboardInterrupt):
            webhooks.send_due()
    send_later(clock, seconds=119)
    assert receiver.received == []

    send_later(clock, seconds=1)

    assert [each.headers["webhook-id"] for each in receiver.received] == [delivery.message_id]
    assert again(delivery).attempts == 2


def test_gives_up_what_kills_its_worker_every_time(webhook, receiver, clock):
    delivery = waiting(webhook)
    Delivery.objects.update(attempts=10)

    assert not webhooks.send_due()

    assert again(delivery).state == DeliveryState.FAILED
    assert receiver.received == []


def test_sends_again_with_the_same_id_and_words(webhook, receiver, clock):
    delivery = waiting(webhook)
    webhooks.send_due()

    webhooks.send_again(delivery)
    webhooks.send_due()

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert again(delivery).state == DeliveryState.DELIVERED


def test_sends_again_at_once_what_had_to_wait(webhook, receiver):
    receiver.says(500)
    delivery = waiting(webhook)
    webhooks.send_due()
    receiver.says(204)

    webhooks.send_again(delivery)
    webhooks.send_due()

    assert again(delivery).state == DeliveryState.DELIVERED


def test_sends_nothing_by_hand_to_what_is_switched_off(webhook):
    delivery = waiting(webhook)
    webhook.is_active = False
    webhook.save()

    for by_hand in (
        lambda: webhooks.send_test(webhook),
        lambda: webhooks.send_again(again(delivery)),
    ):
        with pytest.raises(Conflict, match="is switched off"):
            by_hand()


def test_forgets_what_was_sent_a_month_ago(webhook, receiver, clock):
    old = waiting(webhook)
    webhooks.send_due()
    clock.pass_by(days=31)
    waiting(webhook)

    webhooks.send_due()

    assert Delivery.objects.count() == 1
    assert not Delivery.objects.filter(pk=old.pk).exists()


def test_tells_when_nobody_sends(webhook, client, clock):
    waiting(webhook)
    assert client.get("/health/ready").status_code == 200

    clock.pass_by(minutes=6)

    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "no worker sends them" in answer.json()["detail"]


def test_finds_no_trouble_where_the_receiver_is_at_fault(webhook, receiver, client, clock):
    receiver.says(500)
    waiting(webhook)
    webhooks.send_due()

    clock.pass_by(seconds=30)

    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_sends_each_once_where_two_workers_reach_for_it(webhook, receiver):
    for _time in range(6):
        waiting(webhook)
    both = threading.Barrier(2)

    def work() -> None:
        try:
            both.wait()
            webhooks.send_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    sent = [each.headers["webhook-id"] for each in receiver.received]
    assert len(sent) == len(set(sent)) == 6


def test_logs_neither_where_it_sends_nor_what(webhook, receiver, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.says(410, b"zugvogel")
    waiting(webhook)

    webhooks.send_due()

    own = [each for each in caplog.records if not each.name.startswith("django.db")]
    assert own == []
