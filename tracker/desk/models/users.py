from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who works at the desk, or a partner's system that submits reports."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
