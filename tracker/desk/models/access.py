from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tries(models.Model):
    """How often one sender has knocked at one door, counted for all processes together."""

    door = models.CharField(_("door"), max_length=20, help_text=_("What is counted."))
    # A keyed hash: an address that was here stands in no table.
    sender = models.CharField(_("sender"), max_length=64, help_text=_("Whose tries, as a hash."))
    began_at = models.DateTimeField(_("began at"), help_text=_("Since when it is counted."))
    count = models.PositiveIntegerField(_("count"), help_text=_("How many since then."))

    class Meta:
        verbose_name = _("tries")
        verbose_name_plural = _("tries")
        constraints = [
            models.UniqueConstraint(fields=["door", "sender"], name="tries_once_a_door_and_sender"),
        ]
        indexes = [models.Index(fields=["began_at"], name="tries_by_age")]

    def __str__(self) -> str:
        return f"{self.door}: {self.count}"


class TokenUse(models.Model):
    """On which day a token was used last; a token without a row never was."""

    token = models.OneToOneField(
        settings.KNOX_TOKEN_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="use",
        verbose_name=_("token"),
        help_text=_("Which."),
    )
    used_on = models.DateField(_("last used on"), help_text=_("The day, and no more than that."))

    class Meta:
        verbose_name = _("use of a token")
        verbose_name_plural = _("uses of tokens")

    def __str__(self) -> str:
        return str(self.used_on)
