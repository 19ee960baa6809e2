"""The first administrator, so that a fresh installation can be entered at all."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group

from tracker.desk.models import User
from tracker.desk.workflow.administrators import GROUP
from tracker.desk.workflow.recording import recorded

USERNAME = "admin"


def is_missing() -> bool:
    return not User.objects.filter(is_superuser=True).exists()


def make_or_renew() -> str:
    """Give the administrator a fresh random password, making the user if need be, and return it."""
    password = secrets.token_urlsafe(12)
    with recorded(by=None, why="The administrator is given a new password."):
        user, _ = User.objects.get_or_create(username=USERNAME)
        user.is_active = user.is_staff = user.is_superuser = True
        user.set_password(password)
        user.save()
        user.groups.add(*Group.objects.filter(name=GROUP))
    return password
