"""Tokens of partners' systems: shown once, kept as a hash, until a day that is said."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from tracker.desk.models import TokenUse, User
from tracker.errors import NotAllowed

LONGEST = 3650
USUAL = 365


def of(user: User) -> QuerySet[AuthToken]:
    """A user's tokens with their use, the newest first."""
    return AuthToken.objects.filter(user=user).select_related("use").order_by("-created", "pk")


def issue(user: User, *, days: int) -> str:
    """A fresh token, which nobody can be told again. Raises NotAllowed for who may not submit."""
    if not user.has_perm("desk.add_report"):
        said = _("“%s” may not submit reports: add the group contributor first.")
        raise NotAllowed(said % user)
    _kept, token = AuthToken.objects.create(user, expiry=dt.timedelta(days=days))
    return token


def revoke(user: User, key: str) -> bool:
    """Let a token open nothing any more. False where the user has no such token."""
    gone, _each = AuthToken.objects.filter(user=user, token_key=key).delete()
    return bool(gone)


def note_use(token: AuthToken) -> None:
    """Keep the day on which a token was used; written once a day."""
    today = timezone.localdate()
    if not TokenUse.objects.filter(token=token, used_on=today).exists():
        TokenUse.objects.update_or_create(token=token, defaults={"used_on": today})
