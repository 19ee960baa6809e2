"""The outbox sent: the only code that says of a delivery what became of it.

A worker holds a delivery by putting off its next attempt. If it is killed, another sends it then.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.models import Delivery, Webhook
from tracker.desk.models.webhooks import DeliveryState, SwitchedOff
from tracker.desk.workflow.recording import recorded
from tracker.desk.workflow.webhooks import signing
from tracker.desk.workflow.webhooks.posting import Answer, post

# The waits after each attempt that failed, as standardwebhooks.com advises: three days in all.
WAITS = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    *(dt.timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
# Longer than any sending takes, with the looking up of a name.
HOLD = dt.timedelta(minutes=2)
# What has failed for so long is switched off.
PATIENCE = dt.timedelta(days=5)
KEPT = dt.timedelta(days=30)
# As many are sent before the worker looks for other work.
MOST = 20
# What waits for so long tells that no worker is there.
LATE = dt.timedelta(minutes=5)
clock = timezone.now
draw = secrets.SystemRandom().random


def send_due(*, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Send what is due, MOST of it at most; whether there was any. Not to be called in a transaction."""
    for number in range(MOST):
        delivery = None if stopping() else _taken(clock())
        if delivery is None:
            return number > 0
        headers = signing.headers(delivery, clock())
        _keep(delivery, post(delivery.webhook.url, delivery.body, headers), clock())
    return True


def is_late() -> bool:
    """Whether messages have been there for the sending for minutes, and none was sent meanwhile."""
    since = clock() - LATE
    sent = Delivery.objects.filter(attempted_at__gte=since)
    return Delivery.objects.due(since).exists() and not sent.exists()


def _taken(now: dt.datetime) -> Delivery | None:
    """The delivery that is next in turn, held for a while; one that never gets an end is given up."""
    while found := Delivery.objects.due(now).order_by("next_attempt_at", "id").first():
        still = Delivery.objects.due(now).filter(pk=found.pk, attempts=found.attempts)
        if found.attempts > len(WAITS):
            still.update(**_ended(DeliveryState.FAILED), error=_("Its worker stopped every time."))
            continue
        # One statement that asks once more: who comes second changes no row.
        if still.update(attempts=F("attempts") + 1, next_attempt_at=now + HOLD, attempted_at=now):
            return Delivery.objects.select_related("webhook").get(pk=found.pk)
    return None


@transaction.atomic
def _keep(delivery: Delivery, answer: Answer, now: dt.datetime) -> None:
    # What meanwhile another holds, or was asked for anew, is not this one's to end.
    mine = Delivery.objects.filter(pk=delivery.pk, next_attempt_at=delivery.next_attempt_at)
    told: dict[str, Any] = {"status": answer.status, "error": answer.error, "answer": answer.text}
    if answer.has_arrived:
        mine.update(**told, **_ended(DeliveryState.DELIVERED))
        _recover(delivery.webhook)
    else:
        wait = _wait(delivery.attempts) if answer.status != HTTPStatus.GONE else None
        again = {"next_attempt_at": now + wait} if wait else _ended(DeliveryState.FAILED)
        mine.update(**told, **again)
        _suffer(delivery.webhook, answer, now)
    Delivery.objects.made_before(now - KEPT).delete()


def _wait(attempts: int) -> dt.timedelta | None:
    """How long until the next attempt: a tenth of chance in it, so that not all come at once."""
    if attempts > len(WAITS):
        return None
    return WAITS[attempts - 1] * (1 + draw() / 10)


def _ended(state: DeliveryState) -> dict[str, Any]:
    return {"state": state, "next_attempt_at": None}


def _recover(webhook: Webhook) -> None:
    failing = Webhook.objects.filter(pk=webhook.pk, failing_since__isnull=False)
    failing.update(failing_since=None, paused_until=None)


def _suffer(webhook: Webhook, answer: Answer, now: dt.datetime) -> None:
    """Pause, so that one address that does not answer never holds up the others, or switch off."""
    since = webhook.failing_since or now
    held = Webhook.objects.filter(pk=webhook.pk)
    held.update(failing_since=since, paused_until=now + WAITS[1 if webhook.failing_since else 0])
    if answer.status == HTTPStatus.GONE:
        _switch_off(webhook, SwitchedOff.GONE)
    elif now - since >= PATIENCE:
        _switch_off(webhook, SwitchedOff.FAILING)


def _switch_off(webhook: Webhook, why: SwitchedOff) -> None:
    with recorded(by=None, why=str(why.label)):
        Webhook.objects.filter(pk=webhook.pk).update(is_active=False, switched_off=why)
