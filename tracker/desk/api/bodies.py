"""What is sent to the desk: JSON that can be followed and kept, of which every member is known."""

from __future__ import annotations

import math
import re
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from tracker.desk.models import Place, Source
from tracker.desk.models.sources import SourceQuerySet
from tracker.desk.workflow.recording import because

# The largest number both databases hold in an integer column.
MOST = 2_147_483_647
# A value in a figure in the list of figures in a report, and room to say what is wrong with more.
MOST_LEVELS = 8
# In any list: some of what is in one is looked up, each by itself.
MOST_IN_A_LIST = 1000


class ShallowJSONParser(JSONParser):
    """JSON that can be followed and kept: endless nesting and endless numbers are refused."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            data = super().parse(*args, **kwargs)
        except RecursionError:
            raise _nested_too_deeply() from None
        _refuse_endless(data, MOST_LEVELS)
        return data


def _refuse_endless(data: Any, levels: int) -> None:
    if levels == 0:
        raise _nested_too_deeply()
    # Written as 1e999: Python reads it as infinity, which no JSON column takes back.
    if isinstance(data, float) and not math.isfinite(data):
        raise ParseError(gettext("The JSON holds a number that is too large."))
    if isinstance(data, list) and len(data) > MOST_IN_A_LIST:
        raise ParseError(gettext("The JSON holds a list that is too long."))
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for each in inner:
        _refuse_endless(each, levels - 1)


def _nested_too_deeply() -> ParseError:
    return ParseError(gettext("The JSON is nested too deeply."))


class Strict(serializers.Serializer[Any]):
    """Input whose every member is known."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {name: [_("There is no such field.")] for name in sorted(unknown, key=str)}
            )
        return super().to_internal_value(data)


class Known(serializers.SlugRelatedField):
    """A row known by its public id."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except DjangoValidationError:
            self.fail("invalid")


class KnownSource(Known):
    """A source by its slug. A confidential one is, to those who may not know of it, no source at all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("slug", queryset=Source.objects.all(), **kwargs)

    def get_queryset(self) -> SourceQuerySet:
        return Source.objects.visible_to(self.context["user"])


@extend_schema_field(OpenApiTypes.UUID)
class KnownPlace(Known):
    """A place by its public id; one that has been merged stands for the one it was merged into."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data).standing


@extend_schema_field(OpenApiTypes.STR)
class AnyPlace(serializers.Field[Any, Any, Any, Any]):
    """A place by the desk's own number or its public id; a merged one stands for the other."""

    default_error_messages = {"unknown": _("There is no such place.")}

    def to_internal_value(self, data: Any) -> Any:
        key = _key(data)
        place = Place.objects.select_related("merged_into").filter(**key).first() if key else None
        if place is None:
            self.fail("unknown")
        return place.standing

    def to_representation(self, value: Any) -> Any:
        return value.pk


def _key(data: Any) -> dict[str, Any] | None:
    text = str(data) if isinstance(data, int | str) and not isinstance(data, bool) else ""
    if re.fullmatch(r"\d{1,18}", text, re.ASCII):
        return {"pk": int(text)}
    try:
        return {"public_id": UUID(text)}
    except ValueError:
        return None


def counted() -> serializers.IntegerField:
    """A number that need not be known."""
    return serializers.IntegerField(
        min_value=0,
        max_value=MOST,
        allow_null=True,
        default=None,
        help_text=_("null is unknown, 0 is none."),
    )


class Explained(Strict):
    """A change, and why it is made: `why` is for the ledger."""

    why = serializers.CharField(
        max_length=1000, allow_blank=True, required=False, help_text=_("The reason, for the desk.")
    )

    def given(self) -> dict[str, Any]:
        """What is to be changed; the reason is entered. Raises a validation error."""
        self.is_valid(raise_exception=True)
        given = dict(self.validated_data)
        because(given.pop("why", ""))
        return given


def refuse_early_end(days: dict[str, Any], before: Any = None) -> None:
    """Raises a validation error for days that end before they begin, where `before` was changed."""
    first, last = (
        days.get(name, getattr(before, name, None)) for name in ("date_start", "date_end")
    )
    if first and last and last < first:
        raise serializers.ValidationError(
            {"date_end": [_("%(day)s is before date_start.") % {"day": last}]}
        )
