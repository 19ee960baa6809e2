from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Codes, code
from tracker.desk.models.fields import CodesField, NameField


class WebhookEvent(Codes):
    """What a partner's system can be told of."""

    PUBLISHED = code(
        "incident.published",
        _("Incident published"),
        _("An incident can be read in public that could not be read before."),
    )
    CHANGED = code(
        "incident.changed", _("Incident changed"), _("The public reads another revision of it.")
    )
    WITHDRAWN = code(
        "incident.withdrawn",
        _("Incident withdrawn"),
        _("It was taken back, or another incident stands in its place."),
    )


# Sent by hand, to see whether anything arrives.
TEST = "webhook.test"


class SwitchedOff(models.TextChoices):
    """Why the tracker itself sends no more."""

    GONE = "gone", _("The address answered that it is gone.")
    FAILING = "failing", _("Nothing has arrived for days.")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Webhook(models.Model):
    """An address of a partner's system that is told at once what becomes of published incidents."""

    name = NameField(
        _("name"), max_length=100, help_text=_("Whose system it is. Shown at the desk alone.")
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_(
            "Where to send: https://… Who receives this learns to the second when something was "
            "published, as anyone does who keeps asking the public pages."
        ),
    )
    events = CodesField(
        _("events"), codes=WebhookEvent, help_text=_("What it is told of: one at least.")
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "Whether anything is sent. While it is off, what waits goes on waiting and nothing new "
            "is kept for it."
        ),
    )
    key = models.CharField(
        _("key"),
        max_length=64,
        editable=False,
        help_text=_("What its secret is made from, together with the tracker's own secret key."),
    )
    earlier_key = models.CharField(
        _("earlier key"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("The one before, which goes on signing for a while."),
    )
    earlier_until = models.DateTimeField(
        _("earlier secret until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Until when the secret before this one signs as well."),
    )
    secret_made_at = models.DateTimeField(
        _("secret made at"), editable=False, help_text=_("When its secret was made and shown.")
    )
    failing_since = models.DateTimeField(
        _("failing since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since when nothing has arrived; empty where the last that was sent did."),
    )
    paused_until = models.DateTimeField(
        _("paused until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Until when nothing is sent, because the last time it failed."),
    )
    switched_off = models.CharField(
        _("switched off because"),
        max_length=10,
        choices=SwitchedOff,
        blank=True,
        editable=False,
        help_text=_("Why the tracker sends no more; empty unless it decided so itself."),
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="webhook_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: dt.datetime) -> Self:
        """What is to be sent: it waits long enough, and its webhook is neither off nor paused."""
        ready = Webhook.objects.active().filter(
            Q(paused_until__isnull=True) | Q(paused_until__lte=at)
        )
        waiting = self.filter(state=DeliveryState.WAITING, next_attempt_at__lte=at)
        return waiting.filter(webhook__in=ready)

    def made_before(self, at: dt.datetime) -> Self:
        """What is no longer kept: older than this, and not about to be sent."""
        to_send = Q(state=DeliveryState.WAITING, webhook__is_active=True)
        return self.filter(Q(created_at__lt=at) & ~to_send)


class Delivery(models.Model):
    """One message to one webhook: what it says, and what became of it."""

    webhook = models.ForeignKey(
        Webhook,
        models.PROTECT,
        related_name="deliveries",
        verbose_name=_("webhook"),
        help_text=_("Whom it is for."),
    )
    message_id = models.CharField(
        _("message id"),
        max_length=40,
        unique=True,
        help_text=_("By it the receiver knows a message that comes twice."),
    )
    event = models.CharField(
        _("event"),
        max_length=30,
        choices=[*WebhookEvent.choices, (TEST, _("Test"))],
        help_text=_("What it tells of."),
    )
    body = models.TextField(_("body"), help_text=_("What is sent: public words alone."))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliveryState,
        default=DeliveryState.WAITING,
        help_text=_("Whether it waits to be sent, has arrived or was given up."),
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("How often it was sent.")
    )
    created_at = models.DateTimeField(
        _("written at"), help_text=_("When there was something to tell.")
    )
    attempted_at = models.DateTimeField(
        _("last sent at"), null=True, blank=True, help_text=_("When it was sent last.")
    )
    next_attempt_at = models.DateTimeField(
        _("next attempt at"),
        null=True,
        blank=True,
        help_text=_("When it is sent next; empty where it is not."),
    )
    status = models.PositiveSmallIntegerField(
        _("status"),
        null=True,
        blank=True,
        help_text=_("The HTTP status it was answered with; empty where nothing answered."),
    )
    error = models.CharField(
        _("error"), max_length=300, blank=True, help_text=_("Why it did not arrive the last time.")
    )
    answer = models.CharField(
        _("answer"),
        max_length=200,
        blank=True,
        help_text=_("How the answer begins that refused it."),
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_is_sent_in_turn",
            ),
            models.Index(fields=["created_at"], name="delivery_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state=DeliveryState.WAITING, next_attempt_at__isnull=False)
                    | Q(
                        state__in=[DeliveryState.DELIVERED, DeliveryState.FAILED],
                        next_attempt_at__isnull=True,
                    )
                ),
                name="delivery_waits_for_its_next_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"
