"""The public query string, once: what a list, a map, a chart, an export or a feed can be asked.

A parameter that is not known, given twice, or empty is refused. Dates select by an incident's first
day, so that each incident is counted once.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
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
    Verification,
)
from tracker.errors import InvalidInput
from tracker.geo.bbox import BBox
from tracker.geo.names import fold
from tracker.public.models import EditionQuerySet

MOST_KILOMETRES = 2000.0


class Listed(serializers.ListField):
    """One value, or several between commas: any of them will do."""

    def to_internal_value(self, data: Any) -> list[Any]:
        return super().to_internal_value(str(data).split(","))


def codes(of: type[Codes], help_text: Any) -> Listed:
    # A plain text field: choices would repeat each code list in every parameter of the schema.
    child = serializers.ChoiceField(choices=of.choices)
    return Listed(child=child, required=False, help_text=help_text)


def names(help_text: Any) -> Listed:
    return Listed(child=serializers.SlugField(max_length=64), required=False, help_text=help_text)


@extend_schema_field(OpenApiTypes.STR)
class BBoxField(serializers.CharField):
    def to_internal_value(self, data: Any) -> Any:
        try:
            return BBox.parse(super().to_internal_value(data))
        except InvalidInput as error:
            raise serializers.ValidationError(error.message) from error


@extend_schema_field(OpenApiTypes.STR)
class PositionField(serializers.CharField):
    """latitude,longitude in degrees."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            latitude, longitude = (float(part) for part in str(data).split(","))
        except ValueError:
            latitude = longitude = math.nan
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise serializers.ValidationError(
                _("“%s” is not a position: give latitude,longitude in degrees.") % data
            )
        return latitude, longitude


@extend_schema_field(OpenApiTypes.STR)
class DayField(serializers.CharField):
    """A day, or a moment with its offset, of which the day counts."""

    def to_internal_value(self, data: Any) -> Any:
        text = str(data)
        try:
            if "T" not in text:
                return dt.date.fromisoformat(text)
            # A plus in a query string that was not escaped arrives as a space.
            return timezone.localdate(dt.datetime.fromisoformat(text.replace(" ", "+")))
        except (ValueError, OverflowError):
            # A moment without an offset is a ValueError too; one at the edge of time overflows.
            raise serializers.ValidationError(
                _("“%s” is not a date: write it like 2017-01-15 or 2017-01-15T09:00+02:00.") % data
            ) from None


class Query(serializers.Serializer[Any]):
    """What every list can be asked. A subclass adds its parameters as fields."""

    q = serializers.CharField(
        required=False,
        max_length=200,
        help_text=_("Words, in any script, all of which must occur."),
    )
    page_size = serializers.IntegerField(
        min_value=1, max_value=1000, default=100, help_text=_("How many to answer with.")
    )
    cursor = serializers.CharField(
        required=False, max_length=2500, help_text=_("Where to go on, from the answer's `next`.")
    )

    FACETS: tuple[str, ...] = ()
    ORDERINGS: dict[str, tuple[str, str]] = {"name": ("label", "public_id")}

    def validate_q(self, text: str) -> str:
        if not fold(text):
            raise serializers.ValidationError(_("“%s” holds no letter or digit.") % text)
        return text

    @classmethod
    def read(cls, parameters: QueryDict) -> dict[str, Any]:
        """The parameters' values. Raises a validation error that names every wrong one."""
        query = cls(data=parameters.dict())
        unknown = {
            name: [_("There is no such parameter here.")]
            for name in parameters
            if name not in query.fields
        }
        repeated = {
            name: [_("Given twice: write several values between commas.")]
            for name, values in parameters.lists()
            if name in query.fields and len(values) > 1
        }
        query.is_valid()
        wrong = {**query.errors, **unknown, **repeated}
        if wrong:
            raise serializers.ValidationError(wrong)
        return dict(query.validated_data)

    @staticmethod
    def refuse_any(parameters: QueryDict) -> None:
        """For addresses that take no parameters at all."""
        if parameters:
            raise serializers.ValidationError(
                {name: [_("This address takes no parameters.")] for name in parameters}
            )

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        """The editions that answer to what was asked."""
        if "q" in asked:
            editions = editions.worded(fold(asked["q"]).split())
        for name in cls.FACETS:
            if name in asked:
                editions = editions.with_facet(name, [str(value) for value in asked[name]])
        return editions


class IncidentQuery(Query):
    """The filters of incidents, wherever incidents are shown."""

    agreement = names(_("Slugs of agreements in force on a day of the incident."))
    act = codes(Act, _("What is alleged to have been done."))
    means = codes(Means, _("The weapon or method."))
    accused = names(_("Slugs of parties that a report accuses."))
    claimant = names(_("Slugs of sources that make a statement about it."))
    verification = codes(Verification, _("How far it is established that it happened."))
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
    updated_since = DayField(required=False, help_text=_("Published or changed on or after."))
    ordering = serializers.ChoiceField(
        choices=["-date", "date", "-updated", "updated"],
        default="-date",
        help_text=_("Newest first, oldest first, or by the day of the last change."),
    )

    FACETS: tuple[str, ...] = ("agreement", "act", "means", "accused", "claimant", "place")
    LOOKUPS = {
        "verification": "entry__verification__in",
        "date_from": "entry__date_start__gte",
        "date_to": "entry__date_start__lte",
        "max_geo_precision": "entry__geo_precision__lte",
        "max_date_precision": "entry__date_precision__lte",
        "updated_since": "entry__updated_on__gte",
    }
    ORDERINGS = {
        "date": ("entry__date_start", "entry__public_id"),
        "updated": ("entry__updated_on", "entry__public_id"),
    }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("near" in attrs) != ("within_km" in attrs):
            missing = "within_km" if "near" in attrs else "near"
            raise serializers.ValidationError({missing: [_("near and within_km go together.")]})
        first, last = attrs.get("date_from"), attrs.get("date_to")
        if first and last and first > last:
            raise serializers.ValidationError(
                {"date_to": [_("%(last)s is before date_from.") % {"last": last}]}
            )
        return attrs

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        editions = super().apply(editions, asked)
        for name, lookup in cls.LOOKUPS.items():
            if name in asked:
                editions = editions.filter(**{lookup: asked[name]})
        if "located" in asked:
            editions = editions.filter(entry__latitude__isnull=not asked["located"])
        if "bbox" in asked:
            editions = editions.inside(asked["bbox"])
        if "near" in asked:
            latitude, longitude = asked["near"]
            editions = editions.near(latitude, longitude, within_km=asked["within_km"])
        return editions


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

    FACETS = ("kind",)


class PlaceQuery(Query):
    kind = codes(PlaceKind, _("What sort of place it is."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places: these and what lies in them."),
    )

    FACETS = ("kind", "place")


def parameters(of: type[Query]) -> list[OpenApiParameter]:
    """The query's fields as OpenAPI parameters; lists are written between commas."""
    described = []
    for name, parameter in of().fields.items():
        listed = isinstance(parameter, Listed)
        single = parameter.child if isinstance(parameter, Listed) else parameter
        described.append(
            OpenApiParameter(
                name,
                type=_schema_type(single),
                many=listed,
                description=str(parameter.help_text),
                enum=_enumerated(single),
                default=None if parameter.default is serializers.empty else parameter.default,
                explode=False if listed else None,
                style="form" if listed else None,
            )
        )
    return described


def _schema_type(parameter: Any) -> Any:
    types = {
        serializers.UUIDField: OpenApiTypes.UUID,
        serializers.DateField: OpenApiTypes.DATE,
        serializers.IntegerField: OpenApiTypes.INT,
        serializers.FloatField: OpenApiTypes.FLOAT,
        serializers.BooleanField: OpenApiTypes.BOOL,
    }
    return next(
        (kind for cls, kind in types.items() if isinstance(parameter, cls)), OpenApiTypes.STR
    )


def _enumerated(parameter: Any) -> list[str] | None:
    if isinstance(parameter, serializers.ChoiceField):
        return [str(choice) for choice in parameter.choices]
    return None
