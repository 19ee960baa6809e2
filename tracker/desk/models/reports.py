from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import (
    Act,
    DatePrecision,
    GeoPrecision,
    Justification,
    Means,
    SetAside,
    Stance,
)
from tracker.desk.models.encrypted import (
    EncryptedCharField,
    EncryptedJSONField,
    EncryptedTextField,
)
from tracker.desk.models.fields import CodesField
from tracker.desk.models.imports import Imported
from tracker.desk.models.parties import Party
from tracker.desk.models.sources import SEE_CONFIDENTIAL, Source
from tracker.desk.models.users import User


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this user may read: a confidential source's reports only with the right to."""
        if user.has_perm(SEE_CONFIDENTIAL):
            return self
        return self.exclude(source__is_confidential=True).exclude(
            relayed_from__is_confidential=True
        )

    def unattached(self) -> Self:
        """Those that wait for an incident: neither attached nor corrected nor set aside."""
        return self.filter(incident__isnull=True, correction__isnull=True, set_aside="")

    def current(self) -> Self:
        """Those that no correction has taken the place of."""
        return self.filter(correction__isnull=True)


class Report(Imported):
    """One source's statement about one alleged event, kept as it was made."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="reports",
        verbose_name=_("source"),
        help_text=_("Where the statement was read, seen or heard."),
    )
    relayed_from = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_reports",
        verbose_name=_("relayed from"),
        help_text=_("Who made the statement, where the source only passes it on."),
    )
    external_id = models.CharField(
        _("external id"), max_length=128, blank=True, help_text=_("The source's own number for it.")
    )
    edition = models.PositiveSmallIntegerField(
        _("edition"),
        default=1,
        editable=False,
        help_text=_("Which edition of the source's own record it is, counted from 1."),
    )
    url = models.URLField(
        _("address"), max_length=1000, blank=True, help_text=_("Where it stands.")
    )
    archive_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, help_text=_("Where a copy is kept.")
    )
    published_on = models.DateField(
        _("stated on"), null=True, blank=True, help_text=_("Day the statement was made.")
    )
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("BCP 47 code of the text.")
    )
    text = models.TextField(_("text"), help_text=_("What it says: an excerpt or a summary."))
    translation = models.TextField(
        _("translation"), blank=True, help_text=_("The text in English, where it is not.")
    )
    date_start = models.DateField(_("first day"), help_text=_("Day it is said to have happened."))
    date_end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Last day, where it lasted longer.")
    )
    date_precision = models.PositiveSmallIntegerField(
        _("date precision"),
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text=_("How well the date is known (UCDP)."),
    )
    place_as_written = models.CharField(
        _("place as written"), max_length=200, blank=True, help_text=_("In the source's own words.")
    )
    place = models.ForeignKey(
        "Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("place"),
        help_text=_("The place of the gazetteer that is meant."),
    )
    geo_precision = models.PositiveSmallIntegerField(
        _("place precision"),
        choices=GeoPrecision,
        null=True,
        blank=True,
        help_text=_("How well the place is known (UCDP)."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        help_text=_("WGS 84 degrees, where the source gives a position. Never published."),
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, help_text=_("WGS 84 degrees, beside the latitude.")
    )
    radius_m = models.PositiveIntegerField(
        _("radius in metres"),
        null=True,
        blank=True,
        help_text=_("How far from the position or the place it may have been."),
    )
    acts = CodesField(_("acts"), codes=Act, help_text=_("What is said to have been done."))
    means = CodesField(_("means"), codes=Means, help_text=_("The weapons or methods named."))
    accused: models.ManyToManyField[Party, models.Model] = models.ManyToManyField(
        Party,
        blank=True,
        related_name="accusing_reports",
        verbose_name=_("accused"),
        help_text=_("The parties it names as responsible; their order means nothing."),
    )
    accused_as_written = models.CharField(
        _("accused as written"), max_length=200, blank=True, help_text=_("In the source's words.")
    )
    stance = models.CharField(
        _("stance"),
        max_length=24,
        choices=Stance,
        default=Stance.ALLEGES,
        help_text=_("What the statement does with the allegation."),
    )
    justification = models.CharField(
        _("justification"),
        max_length=20,
        choices=Justification,
        blank=True,
        help_text=_("The reason a party gives, where it gives one."),
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    raw = EncryptedJSONField(
        _("as received"),
        null=True,
        blank=True,
        editable=False,
        encoder=DjangoJSONEncoder,
        help_text=_("The record as it was received, untouched; empty where it was typed."),
    )
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="correction",
        verbose_name=_("supersedes"),
        help_text=_("The report this one corrects and takes the place of."),
    )
    incident = models.ForeignKey(
        "Incident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("incident"),
        help_text=_("The incident it is about; from then on its content stands."),
    )
    set_aside = models.CharField(
        _("set aside"),
        max_length=12,
        choices=SetAside,
        blank=True,
        editable=False,
        help_text=_("Why it waits for no incident; empty where it does, or has one."),
    )
    set_aside_because = EncryptedCharField(
        _("set aside because"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("The reason given; never published."),
    )
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
        help_text=_("The report that holds the same statement."),
    )
    claimed_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("claimed by"),
        help_text=_("Who is looking at it now, so that nobody else does."),
    )
    claimed_at = models.DateTimeField(
        _("claimed at"), null=True, editable=False, help_text=_("Since when.")
    )
    public_id = models.UUIDField(
        _("public id"),
        null=True,
        unique=True,
        editable=False,
        help_text=_("Random, drawn when first published."),
    )
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="reports",
        verbose_name=_("entered by"),
        help_text=_("Who typed or submitted it."),
    )
    entered_at = models.DateTimeField(
        _("entered at"), auto_now_add=True, help_text=_("When it reached the desk.")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-date_start", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id", "edition"],
                condition=~Q(external_id=""),
                name="report_once_a_source_and_external_id",
                violation_error_message=_(
                    "This source already has a report with this external id."
                ),
            ),
            models.CheckConstraint(
                condition=Q(date_end__isnull=True) | Q(date_end__gte=F("date_start")),
                name="report_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(date_precision__range=(1, 5)), name="report_date_precision_is_ucdp"
            ),
            models.CheckConstraint(
                condition=Q(geo_precision__isnull=True) | Q(geo_precision__range=(1, 7)),
                name="report_place_precision_is_ucdp",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="report_lies_on_the_earth",
                violation_error_message=_("Give latitude and longitude both, or neither."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=Q(set_aside="") | Q(incident__isnull=True),
                name="report_set_aside_has_no_incident",
            ),
            models.CheckConstraint(
                condition=Q(set_aside=SetAside.DUPLICATE, duplicate_of__isnull=False)
                | (~Q(set_aside=SetAside.DUPLICATE) & Q(duplicate_of__isnull=True)),
                name="report_that_is_a_duplicate_says_of_which",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="report_does_not_supersede_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["-date_start", "-id"], name="report_newest_first"),
            # Rows that have no number of their own are found again by what they say.
            models.Index(
                fields=["source", "fingerprint"],
                condition=Q(external_id="") & ~Q(fingerprint=""),
                name="report_by_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.date_start}"

    @property
    def claimant(self) -> Source:
        """Who makes the statement: not who passes it on."""
        return self.relayed_from or self.source

    @property
    def is_confidential(self) -> bool:
        """Whether the public may learn only what kind of source it comes from."""
        return self.source.is_confidential or self.claimant.is_confidential

    @property
    def is_locked(self) -> bool:
        """Whether its content stands: it is attached, or the public has read it."""
        return self.incident_id is not None or self.public_id is not None


# What a report states. The database refuses to change these once the report is locked.
STATED = (
    "source",
    "relayed_from",
    "external_id",
    "url",
    "archive_url",
    "published_on",
    "language",
    "text",
    "translation",
    "date_start",
    "date_end",
    "date_precision",
    "place_as_written",
    "place",
    "geo_precision",
    "latitude",
    "longitude",
    "radius_m",
    "acts",
    "means",
    "accused",
    "accused_as_written",
    "stance",
    "justification",
)
