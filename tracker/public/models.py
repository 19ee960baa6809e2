"""Editions: the finished public form of what the desk has published, and their index.

Every public answer is read from these tables and from nowhere else. `desk.workflow.publishing` alone
writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _

from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.geo.distance import EARTH_RADIUS_KM, SPHERE_IS_OFF, box_around, geodesic_km
from tracker.public.accusing import AccusationRollup
from tracker.public.rollups import CellRollup, Rollup

__all__ = [
    "INDEXED",
    "AccusationRollup",
    "CellRollup",
    "Edition",
    "EditionQuerySet",
    "Entry",
    "Facet",
    "Kind",
    "Rollup",
    "Spot",
    "SpotQuerySet",
    "TileField",
    "Tombstone",
]


class Kind(models.TextChoices):
    """What an edition is the public form of."""

    INCIDENT = "incident", _("Incident")
    REPORT = "report", _("Report")
    SCOPE = "scope", _("Scope")
    HISTORY = "history", _("History")
    AGREEMENT = "agreement", _("Agreement")
    ZONES = "zones", _("Zones")
    PARTY = "party", _("Party")
    PLACE = "place", _("Place")
    BOUNDARY = "boundary", _("Boundary")
    SOURCE = "source", _("Source")
    TALLY = "tally", _("Tally")
    COVERAGE = "coverage", _("Coverage")
    SITUATION = "situation", _("Situation report")


# The kinds that have a row in the index.
INDEXED = {Kind.INCIDENT, Kind.REPORT}


class TileField(models.PositiveIntegerField):
    """The tile of the row's own latitude and longitude, worked out on every save and bulk create."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:  # noqa: FBT001
        row: Any = model_instance
        located = row.latitude is not None and row.longitude is not None
        tile = tiles.tile_of(row.latitude, row.longitude) if located else None
        setattr(row, self.attname, tile)
        return tile


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, kind: Kind) -> Self:
        rows = self.filter(kind=kind)
        # The index row's own kind is asked for too, because the indexes of lists begin with it.
        return rows.filter(entry__kind=kind) if kind in INDEXED else rows

    def worded(self, words: list[str]) -> Self:
        """Those whose names or text hold every one of these folded words."""
        wanted = Q()
        for word in words:
            wanted &= Q(search__contains=word)
        return self.filter(wanted)

    def with_facet(self, name: str, values: list[str]) -> Self:
        """Those that carry any of these values under a facet."""
        carrying = Facet.objects.filter(name=name, value__in=values)
        return self.filter(pk__in=carrying.values("edition_id"))

    def with_day(self, name: str, first: dt.date | None, last: dt.date | None) -> Self:
        """Those whose day under a facet lies from the first to the last; None is no bound."""
        days = Facet.objects.filter(name=name)
        if first:
            days = days.filter(value__gte=first.isoformat())
        if last:
            days = days.filter(value__lte=last.isoformat())
        return self.filter(pk__in=days.values("edition_id"))

    def inside(self, box: BBox) -> Self:
        """Those whose public position lies in a box, its edges included."""
        return self.filter(_indexed_in(box, "entry__"))

    def inside_or_nowhere(self, box: BBox) -> Self:
        """Those whose public position lies in a box, and those that have none."""
        return self.filter(_indexed_in(box, "entry__") | Q(entry__tile=None))

    def near(self, latitude: float, longitude: float, *, within_km: float) -> Self:
        """Those whose public position lies within a radius of kilometres on the ellipsoid.

        The sphere decides for all but those near the rim, and these are measured one by one: as
        many as they are, they stand at few positions.
        """
        around = self.inside(box_around(latitude, longitude, within_km * (1 + SPHERE_IS_OFF)))
        around = around.alias(sphere=_kilometres_from(latitude, longitude))
        around = around.filter(sphere__lte=within_km * (1 + SPHERE_IS_OFF))
        rim = around.filter(sphere__gte=within_km * (1 - SPHERE_IS_OFF))
        beyond = [
            pk
            for pk, *position in rim.values_list("pk", "entry__latitude", "entry__longitude")
            if _kilometres((latitude, longitude), tuple(position)) > within_km
        ]
        return around.exclude(pk__in=beyond)


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, kind: Kind) -> Self:
        return self.filter(kind=kind)

    def carrying(self, name: str, values: Iterable[Any] | None = None) -> Self:
        """Those whose edition carries any of these values under a facet, or any at all."""
        facets = Facet.objects.filter(name=name)
        if values is not None:
            facets = facets.filter(value__in=[str(value) for value in values])
        return self.filter(edition__in=facets.values("edition_id"))

    def inside(self, box: BBox) -> Self:
        """Those whose public position lies in a box, its edges included."""
        return self.filter(_indexed_in(box))


class SpotQuerySet(models.QuerySet["Spot"]):
    def inside(self, box: BBox) -> Self:
        """Those that lie in a box, its edges included."""
        return self.filter(_indexed_in(box))


def lying_in(box: BBox, row: str = "") -> Q:
    """What holds of the index rows in a box, `row` being the way to them."""
    strips = Q()
    for west, east in box.strips:
        strips |= Q(**{f"{row}longitude__range": (west, east)})
    return strips & Q(**{f"{row}latitude__range": (box.south, box.north)})


def _indexed_in(box: BBox, row: str = "") -> Q:
    """The same by their tiles too, so that the index by place finds them."""
    touched = tiles.tiles_of(box)
    lying = lying_in(box, row)
    return lying if touched is None else lying & Q(**{f"{row}tile__in": touched})


_kilometres = lru_cache(maxsize=4096)(geodesic_km)


def _kilometres_from(latitude: float, longitude: float) -> CombinedExpression:
    """Kilometres on the sphere between a position and the index row's."""
    # To a tenth of a millimetre: PostgreSQL refuses to square a difference of 1e-200 degrees.
    latitude, longitude = round(latitude, 9), round(longitude, 9)
    up = Radians(F("entry__latitude") - latitude) / 2
    along = Radians(F("entry__longitude") - longitude) / 2
    here = Cos(Radians(Value(latitude, output_field=FloatField())))
    haversine = Power(Sin(up), 2) + Power(Sin(along), 2) * Cos(Radians(F("entry__latitude"))) * here
    return 2 * EARTH_RADIUS_KM * ASin(Least(Sqrt(haversine), Value(1.0)))


class Edition(models.Model):
    """The public form of one thing, finished: what a reader is handed, byte for byte."""

    kind = models.CharField(max_length=12, choices=Kind, help_text=_("What it is the form of."))
    public_id = models.CharField(
        max_length=64,
        help_text=_(
            "A random UUID for incidents, their scope and history, reports, tallies, coverage, places"
            " and their boundaries; a slug for all else."
        ),
    )
    label = models.CharField(max_length=300, help_text=_("Name in English, to sort by."))
    search = models.TextField(help_text=_("Names and public text, folded, to search in."))
    revision = models.PositiveIntegerField(help_text=_("How often it has been published."))
    document = models.TextField(help_text=_("The finished JSON document."))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the document's UTF-8 bytes."))
    published_on = models.DateField(help_text=_("Day of first publication."))
    updated_on = models.DateField(help_text=_("Day of this revision. Days only, never the time."))
    change = models.BigIntegerField(
        null=True,
        editable=False,
        help_text=_("Number of the last change to it; null until the change is whole."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="one_edition_a_thing"),
        ]
        indexes = [
            models.Index(fields=["kind", "label", "public_id"], name="edition_by_label"),
            models.Index(fields=["kind", "change", "public_id"], name="edition_by_change"),
            models.Index(
                fields=["id"], condition=Q(change__isnull=True), name="edition_not_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Entry(models.Model):
    """The index row of an incident or a report: what lists and maps filter and sort by."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, help_text=_("Of."))
    kind = models.CharField(max_length=12, choices=Kind, help_text=_("Incident or report."))
    public_id = models.UUIDField(help_text=_("The edition's id: decides between equal dates."))
    date_start = models.DateField(help_text=_("First day."))
    date_end = models.DateField(help_text=_("Last day."))
    date_precision = models.PositiveSmallIntegerField(help_text=_("UCDP date precision, 1 to 5."))
    geo_precision = models.PositiveSmallIntegerField(
        null=True, help_text=_("UCDP place precision, 1 to 7; null where not known.")
    )
    latitude = models.FloatField(null=True, help_text=_("Public latitude, WGS 84 degrees."))
    longitude = models.FloatField(null=True, help_text=_("Public longitude, WGS 84 degrees."))
    tile = TileField(null=True, editable=False, help_text=_("Web-mercator tile at zoom 8."))
    verification = models.CharField(max_length=20, help_text=_("Verification code."))
    updated_on = models.DateField(help_text=_("Day of the edition's revision."))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("index row")
        verbose_name_plural = _("index rows")
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end__gte=F("date_start")), name="entry_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="entry_lies_on_the_earth",
            ),
        ]
        indexes = [
            # Pages are found by these two alone, without reading a row that is not on them.
            models.Index(
                fields=[
                    *("kind", "date_start", "public_id", "date_end"),
                    *("latitude", "longitude", "edition"),
                ],
                name="entry_by_day",
            ),
            models.Index(
                fields=[
                    *("kind", "tile", "date_start", "public_id"),
                    *("latitude", "longitude", "edition"),
                ],
                name="entry_by_place",
            ),
            models.Index(fields=["kind", "updated_on", "public_id"], name="entry_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Spot(models.Model):
    """The index row of a place: where it is found, and what decides between namesakes."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, help_text=_("Of."))
    latitude = models.FloatField(help_text=_("Latitude, WGS 84 degrees."))
    longitude = models.FloatField(help_text=_("Longitude, WGS 84 degrees."))
    population = models.PositiveIntegerField(
        null=True, help_text=_("How many live there; null where not known.")
    )
    tile = TileField(editable=False, help_text=_("Web-mercator tile at zoom 8."))

    objects = SpotQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot")
        verbose_name_plural = _("spots")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="spot_lies_on_the_earth",
            ),
        ]
        indexes = [models.Index(fields=["tile", "latitude", "longitude"], name="spot_by_tile")]

    def __str__(self) -> str:
        return str(self.edition)


class Facet(models.Model):
    """One code or id an edition can be found by: an act, an accused party, an enclosing place.

    A verdict stands twice: as its code, and as code@reading. No slug holds an @.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="facets", help_text=_("Found by it.")
    )
    name = models.CharField(max_length=20, help_text=_("Of what sort: act, accused, place, …"))
    value = models.CharField(max_length=64, help_text=_("The code or the public id."))

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        constraints = [
            models.UniqueConstraint(fields=["name", "value", "edition"], name="facet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Tombstone(models.Model):
    """What remains of an edition that was taken back: its id is never used again."""

    kind = models.CharField(max_length=12, choices=Kind, help_text=_("What it was the form of."))
    public_id = models.CharField(max_length=64, help_text=_("Its public id."))
    withdrawn_on = models.DateField(help_text=_("Day it was taken back."))
    reason = models.CharField(max_length=300, help_text=_("Why, in public words."))
    replaced_by = models.CharField(
        max_length=64, blank=True, help_text=_("Public id of what stands in its place, if any.")
    )
    change = models.BigIntegerField(
        null=True,
        editable=False,
        help_text=_("Number of the last change to it; null until the change is whole."),
    )

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="one_tombstone_a_thing"),
        ]
        indexes = [models.Index(fields=["change", "id"], name="tombstone_by_change")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class LastChange(models.Model):
    """How many changes the public record has had: one row, held while a change draws its number.

    So numbers can be read in the order in which they were drawn, and none comes in later below one
    that a reader has seen. They tell an order and no time.
    """

    number = models.BigIntegerField(help_text=_("The number drawn last."))

    class Meta:
        verbose_name = _("last change")
        verbose_name_plural = _("last changes")

    def __str__(self) -> str:
        return str(self.number)
