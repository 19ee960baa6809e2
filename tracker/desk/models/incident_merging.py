from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Verification
from tracker.desk.models.incidents import Incident
from tracker.desk.models.users import User


class IncidentMergeQuerySet(models.QuerySet["IncidentMerge"]):
    def standing(self) -> Self:
        """Those that have not been undone."""
        return self.filter(undone_at__isnull=True)


class IncidentMerge(models.Model):
    """Who merged one incident into another, when and why, and all that is needed to undo it."""

    incident = models.ForeignKey(
        Incident,
        models.CASCADE,
        related_name="merges",
        verbose_name=_("incident"),
        help_text=_("The incident that was merged."),
    )
    into = models.ForeignKey(
        Incident,
        models.CASCADE,
        related_name="taken_in",
        verbose_name=_("merged into"),
        help_text=_("The incident that stands for it."),
    )
    reports: models.JSONField[Any, Any] = models.JSONField(
        _("reports"), editable=False, help_text=_("The keys of the reports that came over.")
    )
    verification = models.CharField(
        _("verification"),
        max_length=20,
        choices=Verification,
        editable=False,
        help_text=_("How far it was established before it was found to be a duplicate."),
    )
    ended: models.JSONField[Any, Any] = models.JSONField(
        _("ended"),
        default=dict,
        editable=False,
        help_text=_(
            "Where the revisions of its editions ended, to go on from; empty if it had none."
        ),
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why; for the desk, never published.")
    )
    merged_by = models.ForeignKey(
        User,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("merged by"),
        help_text=_("Who merged them."),
    )
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True, help_text=_("When."))
    undone_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("undone by"),
        help_text=_("Who parted them again; empty while the merge stands."),
    )
    undone_at = models.DateTimeField(
        _("undone at"), null=True, editable=False, help_text=_("When that was.")
    )

    objects = IncidentMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of incidents")
        verbose_name_plural = _("merges of incidents")
        ordering = ["merged_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(undone_at__isnull=True),
                name="incident_is_merged_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident} → {self.into}"


class IncidentSplit(models.Model):
    """Who made a new incident of some of another's reports, when and why."""

    incident = models.ForeignKey(
        Incident,
        models.CASCADE,
        related_name="splits",
        verbose_name=_("incident"),
        help_text=_("The incident the reports were attached to."),
    )
    made = models.OneToOneField(
        Incident,
        models.CASCADE,
        related_name="split_from",
        verbose_name=_("new incident"),
        help_text=_("The incident that was made of them."),
    )
    reports: models.JSONField[Any, Any] = models.JSONField(
        _("reports"), editable=False, help_text=_("The keys of the reports that went over.")
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why; for the desk, never published.")
    )
    split_by = models.ForeignKey(
        User,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("split by"),
        help_text=_("Who split it."),
    )
    split_at = models.DateTimeField(_("split at"), auto_now_add=True, help_text=_("When."))

    class Meta:
        verbose_name = _("split of an incident")
        verbose_name_plural = _("splits of incidents")
        ordering = ["split_at", "id"]

    def __str__(self) -> str:
        return f"{self.incident} → {self.made}"
