"""Partner systems told of what is published, by the rules of standardwebhooks.com.

What is to be told is written down in the transaction that publishes (outbox), and sent by the worker
until it has arrived or is given up (sending): at least once, and not always in order.
"""

from __future__ import annotations

from tracker.desk.workflow.webhooks.addresses import check
from tracker.desk.workflow.webhooks.keeping import begin, renew_secret, start_afresh
from tracker.desk.workflow.webhooks.outbox import send_again, send_test, tell
from tracker.desk.workflow.webhooks.sending import is_late, send_due
from tracker.desk.workflow.webhooks.signing import secret_of

__all__ = [
    "begin",
    "check",
    "is_late",
    "renew_secret",
    "secret_of",
    "send_again",
    "send_due",
    "send_test",
    "start_afresh",
    "tell",
]
