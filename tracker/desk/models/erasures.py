from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.sources import Source
from tracker.desk.models.users import User

ERASE = "desk.erase_person"


class ErasureReason(models.TextChoices):
    """Why somebody is erased: a code, for a sentence could tell again who it was."""

    ASKED = "asked", _("The person asked for it")
    DANGER = "danger", _("It puts the person in danger")
    LAW = "law", _("The law demands it")
    MISTAKE = "mistake", _("It should never have been kept")


class Erasure(models.Model):
    """Who asked that a person be erased, who else confirmed it, when and why: never who it was."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=_("source"),
        help_text=_("A confidential source; empty where it is a user."),
    )
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=_("user"),
        help_text=_("Someone who worked at the desk or submitted reports; empty for a source."),
    )
    reason = models.CharField(
        _("reason"), max_length=8, choices=ErasureReason, help_text=_("Why they are erased.")
    )
    asked_by = models.ForeignKey(
        User,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("asked by"),
        help_text=_("Who asked for it."),
    )
    asked_at = models.DateTimeField(
        _("asked at"), auto_now_add=True, help_text=_("When it was asked for.")
    )
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
        help_text=_("Who else confirmed it; empty while nothing is erased."),
    )
    confirmed_at = models.DateTimeField(
        _("confirmed at"), null=True, editable=False, help_text=_("When it was erased.")
    )

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [("erase_person", _("Can have people erased"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, user__isnull=True)
                | Q(source__isnull=True, user__isnull=False),
                name="erasure_is_of_a_source_or_a_user",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ErasureReason.values), name="erasure_has_a_known_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False))
                & ~Q(confirmed_by=F("asked_by")),
                name="erasure_takes_two",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(source__isnull=False),
                name="source_is_erased_once",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(user__isnull=False),
                name="user_is_erased_once",
            ),
        ]

    def __str__(self) -> str:
        return str(_("erasure %s") % self.pk)
