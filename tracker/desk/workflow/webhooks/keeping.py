"""Webhooks set up. The caller enters the change in the ledger, and saves one that is new."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from tracker.desk.models import Webhook
from tracker.desk.workflow.webhooks.signing import new_key

# How long the secret before goes on signing, so that the receiver can be told the new one in peace.
GRACE = dt.timedelta(hours=24)
clock = timezone.now


def begin(webhook: Webhook) -> None:
    """Give a webhook that is not saved yet its secret."""
    webhook.key, webhook.secret_made_at = new_key(), clock()


def renew_secret(webhook: Webhook) -> None:
    """Give a webhook another secret. The one before signs beside it for GRACE."""
    webhook.earlier_key, webhook.earlier_until = webhook.key, clock() + GRACE
    begin(webhook)
    webhook.save(update_fields=["key", "secret_made_at", "earlier_key", "earlier_until"])


def start_afresh(webhook: Webhook) -> None:
    """Forget how sending to a webhook went: its address is another, or it was switched on again."""
    webhook.failing_since, webhook.paused_until, webhook.switched_off = None, None, ""
