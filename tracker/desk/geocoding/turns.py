"""One request at a time to a provider, a second apart, whichever process asks."""

from __future__ import annotations

import datetime as dt
import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.models import GeocoderTurn
from tracker.errors import GeocoderThrottled

# What Nominatim's usage policy allows; the others ask for no less.
INTERVAL = dt.timedelta(seconds=1)
LONGEST_WAIT = dt.timedelta(seconds=15)
REST = dt.timedelta(seconds=60)
clock = timezone.now
pause = time.sleep


def take(provider: str, *, name: str) -> None:
    """Return when it is our turn to ask; refuse where that is far off."""
    wait = _reserve(provider)
    if wait > LONGEST_WAIT:
        raise GeocoderThrottled(
            _("%(provider)s is asked too often at the moment. Ask again in a minute.")
            % {"provider": name}
        )
    if wait:
        pause(wait.total_seconds())


def push_back(provider: str) -> None:
    """Let nobody ask for a minute: the provider said it is asked too often."""
    with transaction.atomic(durable=True):
        turn = _locked(provider)
        turn.next_at = clock() + REST
        turn.save(update_fields=["next_at"])


def _reserve(provider: str) -> dt.timedelta:
    """How long until our turn, which is ours unless that is too long."""
    # Durable: within a longer transaction others would wait for it, and not for their turn.
    with transaction.atomic(durable=True):
        turn, now = _locked(provider), clock()
        # Turns so far off are from before the clock was set back; other machines' clocks differ less.
        ours = max(turn.next_at, now) if turn.next_at < now + 2 * REST else now
        if ours - now <= LONGEST_WAIT:
            turn.next_at = ours + INTERVAL
            turn.save(update_fields=["next_at"])
    return ours - now


def _locked(provider: str) -> GeocoderTurn:
    GeocoderTurn.objects.get_or_create(provider=provider, defaults={"next_at": clock()})
    return GeocoderTurn.objects.select_for_update().get(provider=provider)
