from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.places import Place
from tracker.desk.models.users import User


class PlaceMergeQuerySet(models.QuerySet["PlaceMerge"]):
    def standing(self) -> Self:
        """Those that have not been undone."""
        return self.filter(undone_at__isnull=True)


class PlaceMerge(models.Model):
    """Who merged one place into another, when, and all that came over by it."""

    place = models.ForeignKey(
        Place,
        models.CASCADE,
        related_name="merges",
        verbose_name=_("place"),
        help_text=_("The place that was merged."),
    )
    into = models.ForeignKey(
        Place,
        models.CASCADE,
        related_name="taken_in",
        verbose_name=_("merged into"),
        help_text=_("The place that stands for it."),
    )
    moved: models.JSONField[Any, Any] = models.JSONField(
        _("moved"),
        editable=False,
        help_text=_("The rows that were moved, made or filled in, for the merge to be undone by."),
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

    objects = PlaceMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of places")
        verbose_name_plural = _("merges of places")
        ordering = ["merged_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(undone_at__isnull=True),
                name="place_is_merged_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} → {self.into}"
