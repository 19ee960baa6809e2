"""What a query string's parameters are made of, and how it is read.

A parameter that is not known, given twice, or empty is refused.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.errors import InvalidInput
from tracker.geo.bbox import BBox

# In one list of values between commas.
MOST_VALUES = 200


class Listed(serializers.ListField):
    """One value, or several between commas: any of them will do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MOST_VALUES, **kwargs})

    def to_internal_value(self, data: Any) -> list[Any]:
        return super().to_internal_value(str(data).split(","))


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


class SinceField(DayField):
    """A day, or what an answer gave to go on from, which begins with a letter."""

    def to_internal_value(self, data: Any) -> Any:
        text = str(data)
        return text if text[:1].isalpha() else super().to_internal_value(data)


def refuse_backwards(asked: dict[str, Any]) -> None:
    """Raises a validation error for days that end before they begin."""
    first, last = asked.get("date_from"), asked.get("date_to")
    if first and last and first > last:
        raise serializers.ValidationError(
            {"date_to": [_("%(last)s is before date_from.") % {"last": last}]}
        )


class Parameters(serializers.Serializer[Any]):
    """What an address can be asked. A subclass has its parameters as fields."""

    @classmethod
    def read(cls, parameters: QueryDict) -> dict[str, Any]:
        """The parameters' values. Raises a validation error that names every wrong one."""
        query = cls(data=parameters.dict())
        query.fields = _fields(cls)
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


@cache
def _fields(of: type[Parameters]) -> Any:
    """The fields of an address' parameters, made once: copying them takes longer than reading by them."""
    return of().fields


class Paged(Parameters):
    """What every list can be asked."""

    page_size = serializers.IntegerField(
        min_value=1, max_value=1000, default=100, help_text=_("How many to answer with.")
    )
    cursor = serializers.CharField(
        required=False, max_length=2500, help_text=_("Where to go on, from the answer's `next`.")
    )
