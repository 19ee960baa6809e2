"""Signatures by which a receiver knows that a message is ours, and not an old one sent anew.

No secret is kept anywhere: each is made from the webhook's key and the tracker's own SECRET_KEY, so a
copy of the database alone gives none away.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

from tracker.desk.models import Delivery, Webhook

SALT = "tracker.desk.webhooks"


def new_key() -> str:
    return secrets.token_hex(32)


def secret_of(webhook: Webhook) -> str:
    """Its secret, as the receiver's software takes it."""
    return "whsec_" + base64.b64encode(_secret(webhook.key)).decode()


def headers(delivery: Delivery, now: dt.datetime) -> dict[str, str]:
    """What is sent beside a message's body: by each secret that holds now, one signature.

    The moment is that of the sending, not of what is told.
    """
    webhook, moment = delivery.webhook, str(int(now.timestamp()))
    keys = [webhook.key]
    if webhook.earlier_key and webhook.earlier_until and now < webhook.earlier_until:
        keys.append(webhook.earlier_key)
    signed = f"{delivery.message_id}.{moment}.{delivery.body}".encode()
    return {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    made = hmac.digest(_secret(key), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(made).decode()}"


def _secret(key: str) -> bytes:
    return salted_hmac(SALT, key, algorithm="sha256").digest()
