"""The sessions of staff: how long they last, who has which, and how they are ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from tracker.desk.models import User

# However much somebody does, the password is asked for again after so long.
LONGEST = dt.timedelta(hours=12)
# That somebody is still there is noted no more often than this: each note is a write.
NOTED_EVERY = dt.timedelta(minutes=1)
_BEGAN, _SEEN = "began", "seen"


@dataclass(frozen=True)
class Held:
    """One session of a user: when it began, and when it was last used, to the minute."""

    key: str
    began: dt.datetime | None
    seen: dt.datetime | None


def is_over(session: Any) -> bool:
    """Whether nobody has used a session for too long, or it has lasted too long."""
    now, began, seen = timezone.now(), _moment(session, _BEGAN), _moment(session, _SEEN)
    is_idle = seen is not None and now - seen > settings.SESSION_IDLE
    return is_idle or (began is not None and now - began > LONGEST)


def begin(session: Any) -> None:
    """Note that somebody has just logged in."""
    session[_BEGAN] = session[_SEEN] = timezone.now().isoformat()


def note(session: Any) -> None:
    """Note that a session is in use."""
    now, seen = timezone.now(), _moment(session, _SEEN)
    if seen is not None and now - seen >= NOTED_EVERY:
        session[_SEEN] = now.isoformat()


def of(user: User) -> list[Held]:
    """The sessions a user has, the one used last first."""
    held = [Held(key, _moment(told, _BEGAN), _moment(told, _SEEN)) for key, told in _told(user)]
    return sorted(held, key=lambda each: each.seen or timezone.now(), reverse=True)


def end(user: User, *, but: str | None = None) -> int:
    """End all sessions of a user, or all but the one with this key. Answers how many."""
    keys = [key for key, _told_of_it in _told(user) if key != but]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _told(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each session of a user, and what it holds. Whose one is stands in it alone."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        told = session.get_decoded()
        if told.get(SESSION_KEY) == str(user.pk):
            yield session.session_key, told


def _moment(session: Any, name: str) -> dt.datetime | None:
    told = session.get(name)
    return dt.datetime.fromisoformat(told) if told else None
