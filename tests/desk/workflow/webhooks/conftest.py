from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.desk.workflow.webhooks.receiver import Receiver, receiving
from tests.factories import make_webhook
from tracker.desk.models import Webhook
from tracker.desk.workflow.webhooks import keeping, outbox, sending


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = dt.datetime(2017, 1, 15, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **period: float) -> None:
        self.now += dt.timedelta(**period)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (keeping, outbox, sending):
        monkeypatch.setattr(module, "clock", clock)
    # Of chance, half of what there can be.
    monkeypatch.setattr(sending, "draw", lambda: 0.5)
    return clock


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


@pytest.fixture
def webhook(db: None, receiver: Receiver, settings) -> Webhook:
    """The receiver's, on a network where that may be."""
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    return make_webhook(url=receiver.url)
