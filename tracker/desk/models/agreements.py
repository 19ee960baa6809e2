from __future__ import annotations

import datetime as dt
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import AgreementClass
from tracker.desk.models.fields import NameField


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), "time_zone", {"name": name})


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def published(self) -> Self:
        return self.filter(published_on__isnull=False)


class Agreement(models.Model):
    """A ceasefire or a truce: the text incidents are judged against."""

    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=64,
        help_text=_("Public id of the agreement. It is never changed once made."),
    )
    title = NameField(_("title"), max_length=300, help_text=_("Title in English."))
    title_ar = NameField(
        _("title in Arabic"), max_length=300, blank=True, help_text=_("Title in Arabic.")
    )
    classification = models.CharField(
        _("class"), max_length=20, choices=AgreementClass, help_text=_("What sort it is.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="local_truces",
        verbose_name=_("parent"),
        help_text=_("The wider agreement a local truce stands under."),
    )
    effective_from = models.DateTimeField(
        _("effective from"), help_text=_("The moment it came into force.")
    )
    effective_to = models.DateTimeField(
        _("effective to"),
        null=True,
        blank=True,
        help_text=_("The moment it ceased to be in force; empty while it lasts."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Asia/Damascus",
        validators=[validate_time_zone],
        help_text=_("The zone in which its days begin and end, such as Asia/Damascus."),
    )
    end_reason = models.CharField(
        _("end reason"), max_length=300, blank=True, help_text=_("Why it ceased to be in force.")
    )
    document = models.CharField(
        _("document"), max_length=300, blank=True, help_text=_("Its text: title or UN symbol.")
    )
    document_url = models.URLField(
        _("document address"), max_length=500, blank=True, help_text=_("Where its text is found.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it says, in English."))
    summary_ar = models.TextField(
        _("summary in Arabic"), blank=True, help_text=_("What it says, in Arabic.")
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        editable=False,
        help_text=_("Day of first publication; empty while only the desk sees it."),
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["effective_from"]
        permissions = [("publish_agreement", _("Can publish agreements"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="agreement_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def touches(self, first: dt.date, last: dt.date) -> bool:
        """Whether it was in force at any moment from the first day to the end of the last."""
        zone = ZoneInfo(self.time_zone)
        begins = dt.datetime.combine(first, dt.time.min, zone)
        ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, zone)
        return self.effective_from < ends and (
            self.effective_to is None or self.effective_to > begins
        )
