"""What monitors could see, where and when, so that no report is not read as no violation."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Access, CoverageMeans
from tracker.desk.models.encrypted import EncryptedTextField
from tracker.desk.models.imports import Imported
from tracker.desk.models.parties import Party
from tracker.desk.models.places import Place
from tracker.desk.models.sources import SEE_CONFIDENTIAL, Source
from tracker.desk.models.users import User


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of monitors this user may know of."""
        if user.has_perm(SEE_CONFIDENTIAL):
            return self
        return self.exclude(monitor__is_confidential=True)


class Coverage(Imported):
    """How far one monitor could see one area in one period, and who kept it from seeing more."""

    public_id = models.UUIDField(
        _("public id"), unique=True, default=uuid.uuid4, editable=False, help_text=_("Random.")
    )
    monitor = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="coverage",
        verbose_name=_("monitor"),
        help_text=_("Who could see, or could not."),
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coverage",
        verbose_name=_("area"),
        help_text=_("Where; empty for the whole country."),
    )
    date_start = models.DateField(_("first day"), help_text=_("First day it was so."))
    date_end = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Last day it was so; empty until it is known to have ended."),
    )
    access = models.CharField(
        _("access"), max_length=16, choices=Access, help_text=_("How far it could see.")
    )
    obstructed_by = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obstructions",
        verbose_name=_("obstructed by"),
        help_text=_("Who is said to have kept it from seeing more; empty where not told."),
    )
    means = models.CharField(
        _("means"),
        max_length=16,
        choices=CoverageMeans,
        blank=True,
        help_text=_("How it watches; empty where not told."),
    )
    as_written = models.CharField(
        _("as written"),
        max_length=300,
        blank=True,
        help_text=_("In the document's own words, such as the reason it gives."),
    )
    document = models.CharField(
        _("document"),
        max_length=300,
        help_text=_("Where this was read: its title, or who relays it."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Where it stands."))
    stated_on = models.DateField(
        _("stated on"), null=True, blank=True, help_text=_("Day it was given out.")
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        editable=False,
        help_text=_("Day of first publication; empty while only the desk sees it."),
    )

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage period")
        verbose_name_plural = _("coverage periods")
        ordering = ["-date_start", "monitor__name", "id"]
        permissions = [("publish_coverage", _("Can publish coverage periods"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end=None) | Q(date_end__gte=F("date_start")),
                name="coverage_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(access=Access.FULL) | Q(obstructed_by=None),
                name="full_coverage_is_not_obstructed",
                violation_error_message=_("Whoever had full access was obstructed by nobody."),
            ),
        ]

    def __str__(self) -> str:
        area = self.place.name if self.place else str(_("whole country"))
        days = f"{self.date_start} – {self.date_end or '…'}"
        return f"{self.monitor}, {area}, {days}: {self.get_access_display()}"
