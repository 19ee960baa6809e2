"""Situation reports: the days they are about, and what was corrected in them since they were issued."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.agreements import Agreement


class SituationReport(models.Model):
    """What happened in a period, told once: its numbers are worked out when it is issued, and stay."""

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="situation_reports",
        verbose_name=_("agreement"),
        help_text=_("What it is about: incidents on whose days this was in force; empty for all."),
    )
    date_start = models.DateField(_("first day"), help_text=_("First day of its period."))
    date_end = models.DateField(_("last day"), help_text=_("Last day of its period."))
    number = models.PositiveIntegerField(
        _("number"),
        null=True,
        editable=False,
        help_text=_("Its number among those about the same; empty until it is issued."),
    )
    slug = models.SlugField(  # noqa: DJ001 - until it is issued it has none
        _("slug"),
        max_length=64,
        unique=True,
        null=True,
        editable=False,
        help_text=_("Its public id; empty until it is issued."),
    )
    sha256 = models.CharField(
        _("SHA-256"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Hash of its numbers as they were issued."),
    )
    published_on = models.DateField(
        _("issued on"), null=True, editable=False, help_text=_("Day it was issued.")
    )

    class Meta:
        verbose_name = _("situation report")
        verbose_name_plural = _("situation reports")
        ordering = ["-date_end", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end__gte=F("date_start")),
                name="situation_report_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        about = self.agreement or _("All incidents")
        return f"{about}, {self.date_start} – {self.date_end}"


class Erratum(models.Model):
    """A correction of an issued report: it is added to it, and rewrites none of its numbers."""

    report = models.ForeignKey(
        SituationReport,
        models.CASCADE,
        related_name="errata",
        verbose_name=_("report"),
        help_text=_("What it corrects."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), editable=False, help_text=_("Its number in the report.")
    )
    text = models.TextField(_("text"), help_text=_("What is wrong, and what is right."))
    text_ar = models.TextField(_("text in Arabic"), blank=True, help_text=_("The same in Arabic."))
    added_on = models.DateField(
        _("added on"), default=timezone.localdate, editable=False, help_text=_("Day it was added.")
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="erratum_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.number}"
