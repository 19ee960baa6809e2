"""How often one sender knocks at a door: counted in the database, so by all processes together.

Reads of the public are not counted, since a write for each would cost more than they do: what is
costly among them has a limit of its own, and the proxy in front counts the rest.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tracker.desk.models import Tries

# After so long a row counts nothing any more, whatever it was for.
KEPT = dt.timedelta(days=1)
clock = timezone.now


class Limit(NamedTuple):
    most: int
    within: dt.timedelta


def count(door: str, sender: str, limit: Limit) -> int:
    """Count a try. Tells for how many seconds the sender has to wait; 0 where it need not."""
    known, now = {"door": door, "sender": _hashed(sender)}, clock()
    # Who is told to wait writes nothing.
    held = Tries.objects.filter(**known).first()
    if held and (wait := _wait(held, limit, now)):
        return wait
    with transaction.atomic():
        Tries.objects.get_or_create(**known, defaults={"began_at": now, "count": 0})
        held = Tries.objects.select_for_update(no_key=True).get(**known)
        if wait := _wait(held, limit, now):
            return wait
        if _is_over(held, limit, now):
            held.began_at, held.count = now, 0
            Tries.objects.filter(began_at__lt=now - KEPT).delete()
        held.count += 1
        held.save(update_fields=["began_at", "count"])
    return 0


def _wait(held: Tries, limit: Limit, now: dt.datetime) -> int:
    if held.count < limit.most or _is_over(held, limit, now):
        return 0
    return max(1, int((held.began_at + limit.within - now).total_seconds()))


def _is_over(held: Tries, limit: Limit, now: dt.datetime) -> bool:
    # What began in the future is from before the clock was set back.
    return not held.began_at <= now < held.began_at + limit.within


def _hashed(sender: str) -> str:
    return salted_hmac("tracker.tries", sender, algorithm="sha256").hexdigest()
