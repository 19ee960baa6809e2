from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import NameKind, PlaceKind
from tracker.desk.models.fields import FoldedField
from tracker.geo.names import fold


class PlaceQuerySet(models.QuerySet["Place"]):
    def named(self, text: str) -> Self:
        """Places one of whose names, in any script, holds this text."""
        wanted = fold(text)
        if not wanted:
            return self.none()
        spelled = PlaceName.objects.filter(folded__contains=wanted).values("place_id")
        return self.filter(Q(folded__contains=wanted) | Q(pk__in=spelled))


class Place(models.Model):
    """An entry of the gazetteer: a governorate, a village, a spring."""

    public_id = models.UUIDField(
        _("public id"),
        null=True,
        unique=True,
        editable=False,
        help_text=_("Random, drawn when first published."),
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("Usual name in English."))
    name_ar = models.CharField(
        _("name in Arabic"), max_length=200, blank=True, help_text=_("Usual name in Arabic.")
    )
    kind = models.CharField(
        _("kind"), max_length=16, choices=PlaceKind, help_text=_("What sort of place it is.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
        help_text=_("The next wider place it lies in."),
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("WGS 84 degrees, north positive.")
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, help_text=_("WGS 84 degrees, east positive.")
    )
    pcode = models.CharField(
        _("P-code"), max_length=20, blank=True, help_text=_("OCHA place code, such as SY03.")
    )
    external_id = models.CharField(
        _("external id"),
        max_length=64,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Authority and number in another gazetteer, such as geonames:170773."),
    )
    folded = FoldedField(of=("name", "name_ar"), help_text=_("Its names, folded for search."))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_lies_on_the_earth",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="place_does_not_lie_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def lineage(self) -> list[Place]:
        """The place itself, then each wider place it lies in."""
        line, place = [self], self.parent
        # A gazetteer loaded from several authorities can hold a circle: each place counts once.
        while place is not None and place not in line:
            line.append(place)
            place = place.parent
        return line


class PlaceName(models.Model):
    """Another name or spelling of a place."""

    place = models.ForeignKey(
        Place,
        models.CASCADE,
        related_name="names",
        verbose_name=_("place"),
        help_text=_("What bears the name."),
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("As written."))
    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        help_text=_("BCP 47 code, such as ar or ar-Latn."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=NameKind,
        default=NameKind.TRANSLITERATION,
        help_text=_("What sort of name it is."),
    )
    folded = FoldedField(of=("name",), help_text=_("The name, folded for search."))

    class Meta:
        verbose_name = _("place name")
        verbose_name_plural = _("place names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="place_bears_a_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
