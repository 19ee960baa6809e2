from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.encrypted import EncryptedEmailField


class User(AbstractUser):
    """Someone who works at the desk, or a partner's system that submits reports."""

    email = EncryptedEmailField(
        _("email address"), blank=True, help_text=_("Where the desk reaches them.")
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
