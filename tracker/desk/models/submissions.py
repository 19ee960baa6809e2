from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.reports import Report
from tracker.desk.models.users import User


class Submission(models.Model):
    """A report that came over the API, and the receipt it was answered with."""

    receipt = models.UUIDField(
        _("receipt"), default=uuid.uuid4, unique=True, help_text=_("What the sender was told.")
    )
    sender = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("sender"),
        help_text=_("Whose token it came with."),
    )
    report = models.OneToOneField(
        Report,
        models.CASCADE,
        related_name="submission",
        verbose_name=_("report"),
        help_text=_("What it became."),
    )
    key = models.CharField(
        _("idempotency key"), max_length=128, blank=True, help_text=_("The sender's own key.")
    )
    body_hash = models.CharField(
        _("body hash"), max_length=64, help_text=_("SHA-256 of what was sent, its members sorted.")
    )
    received_at = models.DateTimeField(
        _("received at"), auto_now_add=True, help_text=_("When it came.")
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "key"], condition=~models.Q(key=""), name="submission_once_a_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.receipt)
