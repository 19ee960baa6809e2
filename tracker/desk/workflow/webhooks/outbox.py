"""What is to be sent, written down in the transaction that makes it true."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.models import Delivery, Webhook
from tracker.desk.models.webhooks import TEST, DeliveryState
from tracker.errors import Conflict

INCIDENTS = "/api/v1/incidents/"
clock = timezone.now


def tell(event: str, *, public_id: str, revision: int, **told: Any) -> None:
    """Let every webhook that wants to know be told what became of an incident.

    Only what its edition or its tombstone says: the receiver reads the rest in public.
    """
    wanting = [each for each in Webhook.objects.active() if event in each.events]
    url = f"{settings.PUBLIC_URL}{INCIDENTS}{public_id}/"
    _write(event, wanting, {"id": public_id, "revision": revision, "url": url, **told})


def send_test(webhook: Webhook) -> None:
    """Send what says nothing. Raises Conflict where the webhook is switched off."""
    _refuse_off(webhook)
    _let_be_sent(webhook)
    _write(TEST, [webhook], {})


@transaction.atomic
def send_again(delivery: Delivery) -> None:
    """Send a message once more, the same id and the same words, with all its attempts before it.

    Raises Conflict where its webhook is switched off.
    """
    _refuse_off(delivery.webhook)
    _let_be_sent(delivery.webhook)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.WAITING, attempts=0, next_attempt_at=clock()
    )


def _write(event: str, webhooks: Iterable[Webhook], data: dict[str, Any]) -> None:
    now = clock()
    # The day alone: editions tell no time of day either.
    told = {"type": event, "timestamp": timezone.localdate(now).isoformat(), "data": data}
    body = orjson.dumps(told).decode()
    Delivery.objects.bulk_create(
        Delivery(
            webhook=webhook,
            message_id=f"msg_{secrets.token_hex(16)}",
            event=event,
            body=body,
            created_at=now,
            next_attempt_at=now,
        )
        for webhook in webhooks
    )


def _refuse_off(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise Conflict(_("“%s” is switched off: nothing is sent to it.") % webhook)


def _let_be_sent(webhook: Webhook) -> None:
    """Whoever asks by hand does not wait until a pause is over."""
    Webhook.objects.filter(pk=webhook.pk).update(paused_until=None)
