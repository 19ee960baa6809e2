from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Group, Harm
from tracker.desk.models.reports import Report


class Figure(models.Model):
    """A number a report gives. Numbers of different reports are never added up."""

    report = models.ForeignKey(
        Report,
        models.CASCADE,
        related_name="figures",
        verbose_name=_("report"),
        help_text=_("The report that gives it."),
    )
    harm = models.CharField(
        _("harm"), max_length=12, choices=Harm, default=Harm.KILLED, help_text=_("What it counts.")
    )
    group = models.CharField(
        _("group"), max_length=12, choices=Group, default=Group.ALL, help_text=_("Whom it counts.")
    )
    low = models.PositiveIntegerField(
        _("low"), null=True, blank=True, help_text=_("At least; empty is unknown, 0 is none.")
    )
    best = models.PositiveIntegerField(
        _("best"), null=True, blank=True, help_text=_("The number named; empty is unknown.")
    )
    high = models.PositiveIntegerField(
        _("high"), null=True, blank=True, help_text=_("At most; empty is unknown.")
    )
    as_written = models.CharField(
        _("as written"), max_length=100, blank=True, help_text=_("Such as “dozens”.")
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "harm", "group"], name="report_counts_each_thing_once"
            ),
            # Not low ≤ best ≤ high: what a source says is kept, and UCDP says otherwise with reason.
            models.CheckConstraint(
                condition=Q(low__isnull=False)
                | Q(best__isnull=False)
                | Q(high__isnull=False)
                | ~Q(as_written=""),
                name="figure_says_something",
                violation_error_message=_("Give a number, or the words used."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_harm_display()} ({self.get_group_display()})"
