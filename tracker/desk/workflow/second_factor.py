"""The second factor of staff: a code from an app on a phone (RFC 6238), or one of ten on paper.

The only code that writes devices. Who can publish, or change who may do what, must have one; anybody
may.
"""

from __future__ import annotations

import django_otp
from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tracker.desk.models import User
from tracker.desk.workflow.administrators import GROUP

# Whoever can do one of these could do harm that nobody else would see.
GRAVE = ("desk.publish_incident", "desk.change_user", "auth.change_group")
CODES_ON_PAPER = 10


def is_due(user: User) -> bool:
    """Whether a user must show a second factor before anything else is shown."""
    if not settings.TWO_FACTOR:
        return False
    is_grave = user.is_superuser or any(map(user.has_perm, GRAVE))
    return is_grave or user.groups.filter(name=GROUP).exists() or is_set_up(user)


def is_set_up(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def begun(user: User) -> TOTPDevice:
    """The app that a user is about to set up, whose secret is the same until it is confirmed."""
    app, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return app


@transaction.atomic
def confirm(user: User, code: str) -> tuple[TOTPDevice, list[str]] | None:
    """Set the app up whose first code this is, and draw the codes on paper; None for another code."""
    app = begun(user)
    if not django_otp.verify_token(user, app.persistent_id, code):
        return None
    app.refresh_from_db()
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    app.confirmed = True
    app.save(update_fields=["confirmed"])
    return app, draw_codes(user)


def shown(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """What of this user's a code is from; None where it is from nothing. Each code does once."""
    for kind in (TOTPDevice, StaticDevice):
        for device in kind.objects.filter(user=user, confirmed=True):
            if django_otp.verify_token(user, device.persistent_id, code):
                return device
    return None


@transaction.atomic
def draw_codes(user: User) -> list[str]:
    """Ten codes to be kept on paper, which take the place of any drawn before."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="paper")
    codes = [StaticToken.random_token() for _each in range(CODES_ON_PAPER)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return codes


@transaction.atomic
def take_away(user: User) -> bool:
    """Let a user who has lost it set it up anew. Returns whether there was one."""
    had = is_set_up(user)
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()
    return had
