from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from tracker.codebook import (
    Act,
    DatePrecision,
    GeoPrecision,
    Means,
    Publication,
    Sensitivity,
    Target,
    Verification,
)
from tracker.desk.models.encrypted import EncryptedTextField
from tracker.desk.models.fields import CodesField
from tracker.desk.models.parties import Party
from tracker.desk.models.revisions import SIGNING, Revision
from tracker.desk.models.users import User


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this user may read. Every desk view starts here."""
        return self if user.has_perm("desk.view_incident") else self.none()

    def with_changes(self) -> Self:
        """Each with `is_changed`: whether it is not as it was when it was last signed."""
        told = Revision.objects.filter(kind="incident", thing=OuterRef("pk"))
        signed = told.filter(after__contains=SIGNING).order_by("-number").values("number")[:1]
        later = told.filter(is_step=False, number__gt=OuterRef("signed"))
        return self.annotate(signed=Subquery(signed), is_changed=Exists(later))

    def standing(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_report_counts(self) -> Self:
        return self.annotate(
            report_count=Count("reports", filter=Q(reports__correction__isnull=True))
        )


class Incident(models.Model):
    """The desk's unit: what several reports tell of as one alleged event."""

    public_id = models.UUIDField(
        _("public id"),
        null=True,
        unique=True,
        editable=False,
        help_text=_("Random, drawn when first published."),
    )
    date_start = models.DateField(_("first day"), help_text=_("Day it is held to have happened."))
    date_end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Last day, where it lasted longer.")
    )
    date_precision = models.PositiveSmallIntegerField(
        _("date precision"),
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text=_("How well the date is known (UCDP)."),
    )
    place = models.ForeignKey(
        "Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("place"),
        help_text=_("Where it is held to have happened; empty where no one can tell."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        help_text=_("WGS 84 degrees, where better known than the place. Never published as it is."),
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, help_text=_("WGS 84 degrees, beside the latitude.")
    )
    geo_precision = models.PositiveSmallIntegerField(
        _("place precision"),
        choices=GeoPrecision,
        null=True,
        blank=True,
        help_text=_("How well the place is known (UCDP)."),
    )
    radius_m = models.PositiveIntegerField(
        _("radius in metres"),
        null=True,
        blank=True,
        help_text=_("How far from the position it may have been."),
    )
    acts = CodesField(_("acts"), codes=Act, help_text=_("What is alleged to have been done."))
    means = CodesField(_("means"), codes=Means, help_text=_("The weapons or methods."))
    targets = CodesField(
        _("targets"), codes=Target, help_text=_("Whom or what it was aimed at, or hit.")
    )
    target_parties = models.ManyToManyField(
        Party,
        blank=True,
        related_name="incidents_against",
        verbose_name=_("targeted parties"),
        help_text=_("Which parties, where fighters or positions were hit."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("In English, in the desk's own neutral words; public."),
    )
    summary_ar = models.TextField(
        _("summary in Arabic"), blank=True, help_text=_("The same in Arabic; public.")
    )
    verification = models.CharField(
        _("verification"),
        max_length=20,
        choices=Verification,
        default=Verification.REPORTED,
        help_text=_("How far it is established that it happened."),
    )
    sensitivity = models.CharField(
        _("sensitivity"),
        max_length=12,
        choices=Sensitivity,
        default=Sensitivity.OPEN,
        help_text=_("How much of where it happened the public may learn."),
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    publication = models.CharField(
        _("publication"),
        max_length=12,
        choices=Publication,
        default=Publication.DRAFT,
        editable=False,
        help_text=_("Who may see it."),
    )
    revision = models.PositiveIntegerField(
        _("revision"), default=0, editable=False, help_text=_("How often it has been published.")
    )
    published_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
        help_text=_("Who signed the edition the public reads."),
    )
    published_at = models.DateTimeField(
        _("published at"), null=True, editable=False, help_text=_("When that was.")
    )
    signed_facts: models.JSONField[Any, Any] = models.JSONField(
        _("signed facts"),
        null=True,
        editable=False,
        help_text=_("What the edition's verdicts rest on, to judge it again by other terms."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        # Indexed below where it is set: few are, and for all others SQLite would walk them all.
        db_index=False,
        related_name="absorbed",
        verbose_name=_("merged into"),
        help_text=_("The incident that stands for this one, where both are one."),
    )
    opened_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("opened by"),
        help_text=_("Who made it."),
    )
    opened_at = models.DateTimeField(
        _("opened at"), auto_now_add=True, help_text=_("When it was made.")
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-date_start", "-id"]
        permissions = [
            ("publish_incident", _("Can publish incidents")),
            ("merge_incident", _("Can merge and split incidents")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end__isnull=True) | Q(date_end__gte=F("date_start")),
                name="incident_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="incident_lies_on_the_earth",
                violation_error_message=_("Give latitude and longitude both, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(date_precision__range=(1, 5)), name="incident_date_precision_is_ucdp"
            ),
            models.CheckConstraint(
                condition=Q(geo_precision__isnull=True) | Q(geo_precision__range=(1, 7)),
                name="incident_place_precision_is_ucdp",
            ),
            models.CheckConstraint(
                condition=Q(publication__in=[Publication.DRAFT, Publication.IN_REVIEW])
                | Q(public_id__isnull=False, revision__gt=0, published_at__isnull=False),
                name="incident_is_published_with_an_id",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="incident_is_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["-date_start", "-id"], name="incident_newest_first"),
            # What lasted, and what is dated roughly, begins on other days than those it is sought by.
            models.Index(fields=["date_end"], name="incident_by_last_day"),
            models.Index(
                fields=["date_precision", "date_start"], name="incident_by_date_precision"
            ),
            models.Index(
                fields=["merged_into"],
                name="incident_merged_into",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        acts = ", ".join(str(Act(code).label) for code in self.acts) or str(_("Incident"))
        where = f", {self.place}" if self.place_id else ""
        return f"{acts}{where}, {self.date_start}"
