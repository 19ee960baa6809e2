"""What addresses under /ogc can be asked in the words of the standard, beside our own filters."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.parameters import BBoxField, DayField, Parameters

MOST = 1000
OPEN = ("", "..")


@dataclass(frozen=True)
class Days:
    """From the first day to the last; None is no bound."""

    first: dt.date | None
    last: dt.date | None

    def meet(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether they have a day in common with others, of which None is no bound either."""
        begins_in_time = self.last is None or first is None or first <= self.last
        return begins_in_time and (self.first is None or last is None or last >= self.first)


class LimitField(serializers.IntegerField):
    """How many at most. Who asks for more than there may be gets that many, as the standard has it."""

    def to_internal_value(self, data: Any) -> int:
        return min(super().to_internal_value(data), MOST)


class FlatBBoxField(BBoxField):
    """Four numbers, or six with two heights, which nothing here is held against: all is flat."""

    def to_internal_value(self, data: Any) -> Any:
        parts = str(data).split(",")
        if len(parts) != 6:
            return super().to_internal_value(data)
        try:
            lowest, highest = float(parts[2]), float(parts[5])
        except ValueError:
            lowest = highest = math.nan
        if not (math.isfinite(lowest) and math.isfinite(highest) and lowest <= highest):
            raise serializers.ValidationError(
                _("“%s” is not a box: its heights must be two numbers, the lower first.") % data
            )
        return super().to_internal_value(",".join([*parts[:2], *parts[3:5]]))


@extend_schema_field(OpenApiTypes.STR)
class DaysField(serializers.CharField):
    """A day or a moment, or two of them around a slash, of which one may be left open."""

    def to_internal_value(self, data: Any) -> Any:
        # RFC 3339 allows a small t and z; GDAL 3.6 asks for a day as 2017-01-16T.
        text = super().to_internal_value(data).upper()
        parts = [part.removesuffix("T") for part in text.split("/")]
        if len(parts) > 2 or all(part in OPEN for part in parts):
            raise serializers.ValidationError(
                _("“%s” is no time: write a day, or two like 2017-01-01/2017-01-31, one may be ..")
                % data
            )
        days = [None if part in OPEN else DayField().to_internal_value(part) for part in parts]
        first, last = days[0], days[-1]
        if first and last and first > last:
            raise serializers.ValidationError(_("“%s” ends before it begins.") % data)
        return Days(first, last)


class Shown(Parameters):
    """What every address under /ogc can be asked."""

    f = serializers.ChoiceField(
        ["json", "html"],
        required=False,
        help_text=_("The format; without it what the Accept header prefers."),
    )
    lang = serializers.ChoiceField(
        ["en", "ar"],
        required=False,
        help_text=_("The language of titles; without it what the browser prefers."),
    )


class Items(Shown):
    """What the items of every collection can be asked."""

    limit = LimitField(
        min_value=1,
        default=100,
        help_text=_("How many to answer with; more than 1000 are never given at once."),
    )
    cursor = serializers.CharField(
        required=False, max_length=2500, help_text=_("Where to go on, from the link `next`.")
    )
    bbox = FlatBBoxField(
        required=False,
        help_text=_(
            "west,south,east,north in degrees, or with a height behind south and north. What has no"
            " position is found too, as the standard demands."
        ),
    )
    datetime = DaysField(
        required=False,
        help_text=_(
            "A day or a moment, or an interval such as 2017-01-01/2017-01-31 or 2017-01-01/..: finds"
            " what lasted on a day of it. What has no date is found too, as the standard demands."
        ),
    )
