from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import NameKind, PlaceKind
from tracker.desk.models.fields import FoldedField, NameField, SkeletonField
from tracker.geo.bbox import BBox


class PlaceQuerySet(models.QuerySet["Place"]):
    def current(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_into__isnull=True)

    def lying_in(self, place: Place) -> Self:
        """A place, all that lies in it, and what was merged into any of these."""
        inside = Q(pk=place.pk)
        for depth in range(1, len(PlaceKind)):
            inside |= Q(**{"__".join(["parent"] * depth): place.pk})
        those = Place.objects.filter(inside).values("pk")
        return self.filter(Q(pk__in=those) | Q(merged_into__in=those))

    def holding(self, folded: str) -> Self:
        """Those one of whose names holds this folded text."""
        spelled = PlaceName.objects.filter(folded__contains=folded).values("place_id")
        return self.filter(Q(folded__contains=folded) | Q(pk__in=spelled))

    def inside(self, box: BBox) -> Self:
        """Those whose point lies in a box, its edges included."""
        strips = Q()
        for west, east in box.strips:
            strips |= Q(longitude__range=(west, east))
        return self.filter(strips, latitude__range=(box.south, box.north))

    def coded(self, code: str) -> Self:
        """The place another gazetteer knows by this code: `geonames:170773`, or `pcode:SY03`."""
        authority, _colon, number = code.partition(":")
        if authority == "pcode":
            return self.filter(pcode=number)
        return self.filter(codes__code=code)


class Place(models.Model):
    """An entry of the gazetteer: a governorate, a village, a spring."""

    public_id = models.UUIDField(
        _("public id"),
        null=True,
        unique=True,
        editable=False,
        help_text=_("Random, drawn when first published."),
    )
    name = NameField(_("name"), max_length=200, help_text=_("Usual name in English."))
    name_ar = NameField(
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
    population = models.PositiveIntegerField(
        _("population"),
        null=True,
        blank=True,
        help_text=_("How many live there; empty is unknown. The larger of two namesakes is first."),
    )
    pcode = models.CharField(
        _("P-code"), max_length=20, blank=True, help_text=_("OCHA place code, such as SY03.")
    )
    is_edited = models.BooleanField(
        _("edited at the desk"),
        default=False,
        editable=False,
        help_text=_("Whether it was changed here: a gazetteer loaded again then only adds names."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("merged into"),
        help_text=_("The place this one turned out to be the same as: that one stands for it."),
    )
    folded = FoldedField(of=("name", "name_ar"), help_text=_("Its names, folded for search."))
    skeleton = SkeletonField(of="name", help_text=_("The consonants of its name."))
    skeleton_ar = SkeletonField(of="name_ar", help_text=_("The consonants of its Arabic name."))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        permissions = [("merge_place", _("Can merge places"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_lies_on_the_earth",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="place_does_not_lie_in_itself"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="place_is_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="place_by_position"),
            models.Index(fields=["pcode"], name="place_by_pcode"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> Place:
        """The place that stands for this one: itself, unless it has been merged."""
        place = self
        while place.merged_into is not None:
            place = place.merged_into
        return place

    def lineage(self) -> list[Place]:
        """The place that stands for this one, then each wider place it lies in."""
        line, place = [self.standing], self.standing.parent
        # A gazetteer loaded from several authorities can hold a circle: each place counts once.
        while place is not None and place.standing not in line:
            line.append(place.standing)
            place = place.standing.parent
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
    name = NameField(_("name"), max_length=200, help_text=_("As written."))
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
    skeleton = SkeletonField(of="name", help_text=_("The consonants of the name."))

    class Meta:
        verbose_name = _("place name")
        verbose_name_plural = _("place names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="place_bears_a_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceCode(models.Model):
    """What another gazetteer calls a place; a place merged from two keeps the codes of both."""

    place = models.ForeignKey(
        Place,
        models.CASCADE,
        related_name="codes",
        verbose_name=_("place"),
        help_text=_("What bears the code."),
    )
    code = models.CharField(
        _("code"),
        max_length=64,
        unique=True,
        help_text=_("Authority and number in another gazetteer, such as geonames:170773."),
    )

    class Meta:
        verbose_name = _("place code")
        verbose_name_plural = _("place codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    def around(self, latitude: float, longitude: float) -> Self:
        """Those whose box holds a position; whether they hold it themselves is for shapely."""
        return self.filter(
            south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
        )


class Boundary(models.Model):
    """How far a place reaches: its outline, as an authority publishes it."""

    place = models.OneToOneField(
        Place,
        models.CASCADE,
        primary_key=True,
        related_name="boundary",
        verbose_name=_("place"),
        help_text=_("What the outline belongs to."),
    )
    geometry: models.JSONField[Any, Any] = models.JSONField(
        _("geometry"), help_text=_("GeoJSON Polygon or MultiPolygon, longitude before latitude.")
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=200,
        blank=True,
        help_text=_("Whose outline it is and by what licence it may be shown."),
    )
    west = models.FloatField(_("west"), help_text=_("Least longitude, in degrees."))
    south = models.FloatField(_("south"), help_text=_("Least latitude, in degrees."))
    east = models.FloatField(_("east"), help_text=_("Greatest longitude, in degrees."))
    north = models.FloatField(_("north"), help_text=_("Greatest latitude, in degrees."))

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")

    def __str__(self) -> str:
        return str(self.place)

    @property
    def bbox(self) -> BBox:
        return BBox(self.west, self.south, self.east, self.north)
