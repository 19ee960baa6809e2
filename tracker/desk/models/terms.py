"""What an agreement says, whom it binds and where, and how its readers differ on it."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Act, Role, ZoneRule
from tracker.desk.models.agreements import Agreement
from tracker.desk.models.fields import CodesField, NameField
from tracker.desk.models.parties import Party


class Provision(models.Model):
    """A passage of an agreement, and the acts it prohibits."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="provisions",
        verbose_name=_("agreement"),
        help_text=_("Whose passage it is."),
    )
    number = models.CharField(
        _("number"), max_length=20, help_text=_("Its number in the text, such as 2(a).")
    )
    text = models.TextField(_("text"), help_text=_("What it demands, in English."))
    text_ar = models.TextField(
        _("text in Arabic"), blank=True, help_text=_("What it demands, in Arabic.")
    )
    acts = CodesField(_("acts"), codes=Act, help_text=_("What it prohibits."))

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="provision_has_its_number_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Reading(models.Model):
    """One way to understand an agreement: the text's as deposited, a party's, a jurist's."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="readings",
        verbose_name=_("agreement"),
        help_text=_("What is read."),
    )
    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=50,
        help_text=_("Public id of the reading. It is never changed once made."),
    )
    name = NameField(_("name"), max_length=200, help_text=_("Whose it is, in English."))
    name_ar = NameField(
        _("name in Arabic"), max_length=200, blank=True, help_text=_("Whose it is, in Arabic.")
    )
    whose = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("whose"),
        help_text=_("The party that reads it so; empty for the text itself and for jurists."),
    )
    basis = models.CharField(
        _("basis"), max_length=300, blank=True, help_text=_("Where it is stated.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What it holds, in English."))
    note_ar = models.TextField(
        _("note in Arabic"), blank=True, help_text=_("What it holds, in Arabic.")
    )

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["agreement", "id"]

    def __str__(self) -> str:
        return self.name


class OfReading(models.Model):
    """What holds for one reading of an agreement, or for all of them, on some days."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("agreement"),
        help_text=_("What it belongs to."),
    )
    reading = models.ForeignKey(
        Reading,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("reading"),
        help_text=_("The reading it belongs to; empty where it belongs to all."),
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("First day; empty: from the beginning.")
    )
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Last day; empty: to the end.")
    )
    basis = models.CharField(
        _("basis"), max_length=300, blank=True, help_text=_("What it rests on, in English.")
    )
    basis_ar = models.CharField(
        _("basis in Arabic"),
        max_length=300,
        blank=True,
        help_text=_("What it rests on, in Arabic."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
        ]


class Adherence(OfReading):
    """What a party is to an agreement."""

    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="adherences",
        verbose_name=_("party"),
        help_text=_("Who it is; those that answer to it are meant too."),
    )
    role = models.CharField(
        _("role"), max_length=16, choices=Role, help_text=_("What it is to the agreement.")
    )

    class Meta(OfReading.Meta):
        verbose_name = _("adherence")
        verbose_name_plural = _("adherences")
        ordering = ["party__name", "valid_from", "id"]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_role_display()}"


class ZoneQuerySet(models.QuerySet["Zone"]):
    def for_reading(self, reading: Reading) -> Self:
        """Those of one reading and those of all."""
        return self.filter(Q(reading=reading) | Q(reading=None))


class Zone(OfReading):
    """An area in which an agreement holds, or does not."""

    public_id = models.UUIDField(
        _("public id"), default=uuid.uuid4, unique=True, editable=False, help_text=_("Random.")
    )
    name = NameField(_("name"), max_length=200, help_text=_("Name in English."))
    name_ar = NameField(
        _("name in Arabic"), max_length=200, blank=True, help_text=_("Name in Arabic.")
    )
    rule = models.CharField(
        _("rule"), max_length=8, choices=ZoneRule, help_text=_("Whether it is in or out.")
    )
    geometry: models.JSONField[Any, Any] = models.JSONField(
        _("geometry"), help_text=_("GeoJSON Polygon or MultiPolygon, longitude before latitude.")
    )

    objects = ZoneQuerySet.as_manager()

    class Meta(OfReading.Meta):
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["agreement", "name", "id"]

    def __str__(self) -> str:
        return self.name
