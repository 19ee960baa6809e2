"""The public query string, once: what a list, a map, a chart, an export or a feed can be asked.

Dates select by an incident's first day, so that each incident is counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import (
    Act,
    AgreementClass,
    Codes,
    Means,
    PartyKind,
    PlaceKind,
    SourceKind,
    Stance,
    Target,
    VerdictCode,
    Verification,
)
from tracker.geo.names import fold
from tracker.paging import Order
from tracker.parameters import (
    BBoxField,
    Listed,
    Parameters,
    PositionField,
    refuse_backwards,
)
from tracker.public import finding
from tracker.public.changes import UPDATED, Kept, changed_since
from tracker.public.finding import DAY, Condition
from tracker.public.models import (
    EditionQuerySet,
    Entry,
    Facet,
    Kind,
)

MOST_KILOMETRES = 2000.0


def codes(of: type[Codes], help_text: Any) -> Listed:
    # A plain text field: choices would repeat each code list in every parameter of the schema.
    child = serializers.ChoiceField(choices=of.choices)
    return Listed(child=child, required=False, help_text=help_text)


def names(help_text: Any) -> Listed:
    return Listed(child=serializers.SlugField(max_length=64), required=False, help_text=help_text)


class Query(Kept):
    """What every list of editions can be asked. A subclass adds its parameters as fields."""

    q = serializers.CharField(
        required=False,
        max_length=200,
        help_text=_("Words, in any script, all of which must occur."),
    )
    ordering = serializers.ChoiceField(
        choices=["name", "updated"],
        default="name",
        help_text=_("By name, or by the last change: the latest last."),
    )

    FACETS: tuple[str, ...] = ()
    ORDERINGS: dict[str, tuple[str, str]] = {"name": ("label", "public_id")}
    UPDATED_ON = "updated_on"
    # Under which facet stands the one day that date_from and date_to ask for, if under any.
    DAY = ""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_backwards(attrs)
        return attrs

    def validate_q(self, text: str) -> str:
        if not fold(text):
            raise serializers.ValidationError(_("“%s” holds no letter or digit.") % text)
        return text

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        """The editions that answer to what was asked."""
        if "q" in asked:
            editions = editions.worded(fold(asked["q"]).split())
        for name in cls.FACETS:
            if name in asked:
                editions = editions.with_facet(name, [str(value) for value in asked[name]])
        if cls.DAY and asked.keys() & {"date_from", "date_to"}:
            editions = editions.with_day(cls.DAY, asked.get("date_from"), asked.get("date_to"))
        if "updated_since" in asked:
            since = asked["updated_since"]
            editions = changed_since(editions, since, order=UPDATED, day=cls.UPDATED_ON)
        return editions

    @classmethod
    def order(cls, asked: dict[str, Any]) -> Order:
        """The order that was asked for."""
        name = asked["ordering"].lstrip("-")
        columns = UPDATED.columns if name == UPDATED.name else cls.ORDERINGS[name]
        return Order(asked["ordering"], columns)


class IncidentQuery(Query):
    """The filters of incidents, wherever incidents are shown."""

    agreement = names(_("Slugs of agreements in force on a day of the incident."))
    act = codes(Act, _("What is alleged to have been done."))
    means = codes(Means, _("The weapon or method."))
    target = codes(Target, _("Whom or what it was aimed at, or hit."))
    accused = names(_("Slugs of parties that a report accuses."))
    attributed = names(
        _("Slugs of parties the desk holds to have done it: admitted, probable or established.")
    )
    claimant = names(_("Slugs of sources that make a statement about it."))
    verification = codes(Verification, _("How far it is established that it happened."))
    verdict = Listed(
        # Contested it is only over several readings, and asked for as such.
        child=serializers.ChoiceField(
            [each for each in VerdictCode.choices if each[0] != VerdictCode.CONTESTED]
        ),
        required=False,
        help_text=_(
            "What it is under any reading; with reading under one of these, with agreement under"
            " one of that agreement's."
        ),
    )
    reading = names(_("Slugs of readings; with verdict."))
    contested = serializers.BooleanField(
        required=False,
        help_text=_(
            "Whether the readings of an agreement come to different verdicts; with agreement: of"
            " that one."
        ),
    )
    date_from = serializers.DateField(required=False, help_text=_("First day not before this one."))
    date_to = serializers.DateField(required=False, help_text=_("First day not after this one."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places; what lies in them is found too."),
    )
    bbox = BBoxField(required=False, help_text=_("west,south,east,north in degrees."))
    near = PositionField(required=False, help_text=_("latitude,longitude; with within_km."))
    within_km = serializers.FloatField(
        required=False,
        min_value=0.001,
        max_value=MOST_KILOMETRES,
        help_text=_("Radius around near, in kilometres."),
    )
    located = serializers.BooleanField(
        required=False, help_text=_("Whether it has a public position.")
    )
    max_geo_precision = serializers.IntegerField(
        required=False, min_value=1, max_value=7, help_text=_("Place known at least this well.")
    )
    max_date_precision = serializers.IntegerField(
        required=False, min_value=1, max_value=5, help_text=_("Date known at least this well.")
    )
    ordering = serializers.ChoiceField(
        choices=["-date", "date", "-updated", "updated"],
        default="-date",
        help_text=_(
            "Newest first, oldest first, or by the last change: -updated the latest first."
        ),
    )

    FACETS: tuple[str, ...] = (
        "agreement",
        "act",
        "means",
        "target",
        "accused",
        "attributed",
        "claimant",
        "place",
    )
    DAYS = {"date_from": "date_start__gte", "date_to": "date_start__lte"}
    LOOKUPS = {
        **DAYS,
        "verification": "verification__in",
        "max_geo_precision": "geo_precision__lte",
        "max_date_precision": "date_precision__lte",
    }
    ORDERINGS = {"date": ("entry__date_start", "entry__public_id")}
    UPDATED_ON = "entry__updated_on"
    BEYOND_THE_INDEX = frozenset({"q", "near", "updated_since"})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("near" in attrs) != ("within_km" in attrs):
            missing = "within_km" if "near" in attrs else "near"
            raise serializers.ValidationError({missing: [_("near and within_km go together.")]})
        if "reading" in attrs and "verdict" not in attrs:
            raise serializers.ValidationError({"reading": [_("It goes with verdict.")]})
        return super().validate(attrs)

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        editions = super().apply(editions, asked)
        for name, lookup in cls.LOOKUPS.items():
            if name in asked:
                editions = editions.filter(**{f"entry__{lookup}": asked[name]})
        if "verdict" in asked:
            editions = editions.with_facet("verdict", verdict_forms(asked))
        if "contested" in asked:
            is_contested = Exists(_contested(asked.get("agreement")))
            editions = editions.filter(is_contested if asked["contested"] else ~is_contested)
        if "located" in asked:
            editions = editions.filter(entry__latitude__isnull=not asked["located"])
        if "bbox" in asked:
            editions = editions.inside(asked["bbox"])
        if "near" in asked:
            latitude, longitude = asked["near"]
            editions = editions.near(latitude, longitude, within_km=asked["within_km"])
        return editions

    @classmethod
    def is_by_day(cls, asked: dict[str, Any]) -> bool:
        """Whether the index alone can tell what stands on the page that was asked for."""
        by_change = cls.order(asked).columns == UPDATED.columns
        return not by_change and not asked.keys() & cls.BEYOND_THE_INDEX

    @classmethod
    def first(
        cls, kind: Kind, asked: dict[str, Any], columns: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Columns of the index rows of what stands on a page by date, and of one more."""
        by_day = Order(cls.order(asked).name, DAY)
        days = {lookup: asked[name] for name, lookup in cls.DAYS.items() if name in asked}
        entries = by_day.arrange(Entry.objects.of(kind).filter(**days))
        if "cursor" in asked:
            entries = by_day.after(entries, asked["cursor"])
        return finding.first(entries, cls._conditions(asked), columns, asked["page_size"] + 1)

    @classmethod
    def _conditions(cls, asked: dict[str, Any]) -> Iterator[Condition]:
        for name in cls.FACETS:
            if name in asked:
                yield finding.carrying(name, asked[name])
        told = {
            lookup: asked[name]
            for name, lookup in cls.LOOKUPS.items()
            if name in asked and name not in cls.DAYS
        }
        if "located" in asked:
            told["latitude__isnull"] = not asked["located"]
        if told:
            yield Condition(Q(**told))
        if "verdict" in asked:
            yield finding.carrying("verdict", verdict_forms(asked))
        if "contested" in asked:
            contested = finding.carrying("contested", asked.get("agreement"))
            yield contested if asked["contested"] else Condition(~contested.holds)
        if "bbox" in asked:
            yield finding.inside(asked["bbox"])


def verdict_forms(asked: dict[str, Any]) -> list[str]:
    """The facets that carry the verdicts asked for, under the readings asked for."""
    if "reading" not in asked and "agreement" not in asked:
        return asked["verdict"]
    readings = asked.get("reading") or Facet.objects.filter(
        name="reading", edition__kind=Kind.AGREEMENT, edition__public_id__in=asked["agreement"]
    ).values_list("value", flat=True)
    return [f"{verdict}@{reading}" for reading in readings for verdict in asked["verdict"]]


def _contested(agreements: list[str] | None) -> QuerySet[Facet]:
    """What tells of an edition that it is contested, under one of these agreements or under any."""
    contested = Facet.objects.filter(edition=OuterRef("pk"), name="contested")
    return contested.filter(value__in=agreements) if agreements else contested


def entries_of(asked: dict[str, Any], editions: EditionQuerySet) -> QuerySet[Entry]:
    """The index rows of the incidents that `IncidentQuery.apply` finds, which are these editions.

    To count among many they are quicker than the editions, each of which holds a whole document.
    """
    entries = Entry.objects.of(Kind.INCIDENT)
    if asked.keys() & IncidentQuery.BEYOND_THE_INDEX:
        return entries.filter(edition__in=editions.values("pk"))
    lookups = IncidentQuery.LOOKUPS
    entries = entries.filter(**{lookups[name]: asked[name] for name in lookups if name in asked})
    facets = {name: asked[name] for name in IncidentQuery.FACETS if name in asked}
    if "verdict" in asked:
        facets["verdict"] = verdict_forms(asked)
    for name, values in facets.items():
        entries = entries.carrying(name, values)
    if "contested" in asked:
        contested = entries.carrying("contested", asked.get("agreement")).values("pk")
        is_contested = Q(pk__in=contested)
        entries = entries.filter(is_contested if asked["contested"] else ~is_contested)
    if "located" in asked:
        entries = entries.filter(tile__isnull=not asked["located"])
    if "bbox" in asked:
        entries = entries.inside(asked["bbox"])
    return entries


class ReportQuery(IncidentQuery):
    """The same for reports: what a report states itself, and its incident's position and state."""

    stance = codes(Stance, _("What the statement does with the allegation."))
    incident = Listed(
        child=serializers.UUIDField(), required=False, help_text=_("Ids of incidents.")
    )

    FACETS = (*IncidentQuery.FACETS, "stance", "incident")


class AgreementQuery(Query):
    FACETS = ("class",)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Declared here because "class" cannot be an attribute's name.
        return {**super().get_fields(), "class": codes(AgreementClass, _("What sort it is."))}


class PartyQuery(Query):
    kind = codes(PartyKind, _("What sort of actor it is."))

    FACETS = ("kind",)


class SourceQuery(Query):
    kind = codes(SourceKind, _("What sort of body it is."))
    # One that is hidden leaves no tombstone: who kept up would keep its name. The list is short.
    updated_since = None  # type: ignore[assignment]
    ordering = serializers.ChoiceField(choices=["name"], default="name", help_text=_("By name."))

    FACETS = ("kind",)


class PlaceQuery(Query):
    """Places by name are ranked, and come on one page: the best first."""

    q = serializers.CharField(
        required=False,
        max_length=200,
        help_text=_(
            "A name in any spelling and script, alone or before its wider places: a, b, c."
        ),
    )
    near = PositionField(
        required=False, help_text=_("latitude,longitude; with q: the nearest of namesakes first.")
    )
    kind = codes(PlaceKind, _("What sort of place it is."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places: these and what lies in them."),
    )

    FACETS = ("kind", "place")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "q" in attrs and "cursor" in attrs:
            raise serializers.ValidationError(
                {"cursor": [_("What q finds comes on one page: ask for more with page_size.")]}
            )
        if "q" in attrs and "ordering" in self.initial_data:
            raise serializers.ValidationError(
                {"ordering": [_("What q finds is ordered by how well it fits.")]}
            )
        if "near" in attrs and "q" not in attrs:
            raise serializers.ValidationError(
                {"near": [_("It goes with q. What lies near is at reverse/.")]}
            )
        return attrs

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        # By name they are searched, not filtered.
        return super().apply(editions, {name: asked[name] for name in asked if name != "q"})


# What is a spot on the ground, whose distance means something.
SPOTS = [PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.AREA]


class NearestQuery(Parameters):
    """The places around a position."""

    near = PositionField(help_text=_("latitude,longitude in degrees."))
    within_km = serializers.FloatField(
        min_value=0.001,
        max_value=MOST_KILOMETRES,
        default=100,
        help_text=_("How far around, in kilometres."),
    )
    kind = codes(
        PlaceKind,
        _("What sort of place; without it settlements, neighbourhoods, sites and areas."),
    )
    page_size = serializers.IntegerField(
        min_value=1, max_value=100, default=10, help_text=_("How many to answer with.")
    )

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        """The editions of these kinds, however far away."""
        return editions.with_facet("kind", [str(kind) for kind in asked.get("kind", SPOTS)])
