"""What the desk's documents refer to, as they show it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.codebook import Codes
from tracker.desk.api.bodies import Strict
from tracker.desk.api.rights import readable_reports
from tracker.desk.models import Party, Place, Report, Source, User


def numbered(help_text: Any, **kwargs: Any) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=help_text, read_only=True, **kwargs)


def own_number() -> serializers.IntegerField:
    return numbered(_("The desk's own number."), source="pk")


def public_id() -> serializers.UUIDField:
    return serializers.UUIDField(
        source="public_id", allow_null=True, help_text=_("Public id; null before it has one.")
    )


def code_list(of: type[Codes], help_text: Any, **kwargs: Any) -> serializers.ListField:
    child = serializers.ChoiceField(of.choices)
    return serializers.ListField(child=child, help_text=help_text, **kwargs)


def readable_report(number: int, user: User) -> Report:
    """Raises a validation error where there is none with this number that the user may read."""
    report = readable_reports(user).filter(pk=number).first()
    if report is None:
        raise serializers.ValidationError(_("There is no report %(n)d.") % {"n": number})
    return report


class PartyAtDesk(serializers.ModelSerializer[Party]):
    id = serializers.CharField(source="slug", help_text=_("Slug of the party."))

    class Meta:
        model = Party
        fields = ["id", "name", "name_ar"]


class SourceAtDesk(serializers.ModelSerializer[Source]):
    id = serializers.CharField(source="slug", help_text=_("Slug of the source."))

    class Meta:
        model = Source
        fields = ["id", "name", "name_ar", "kind", "is_confidential"]


class PlaceAtDesk(serializers.ModelSerializer[Place]):
    number = own_number()
    id = public_id()

    class Meta:
        model = Place
        fields = ["number", "id", "name", "name_ar", "kind"]


class PositionAtDesk(Strict):
    latitude = serializers.FloatField(min_value=-90, max_value=90, help_text=_("North positive."))
    longitude = serializers.FloatField(min_value=-180, max_value=180, help_text=_("East positive."))


@extend_schema_field(PositionAtDesk)
class PositionField(serializers.Field[Any, Any, Any, Any]):
    """Exactly where, in WGS 84 degrees; null where no more is known than the place."""

    def __init__(self, **kwargs: Any) -> None:
        told = _("Exactly where, in WGS 84 degrees: never published as it is.")
        super().__init__(source="*", allow_null=True, help_text=told, **kwargs)

    def to_representation(self, value: Any) -> dict[str, float] | None:
        if value.latitude is None:
            return None
        return {"latitude": value.latitude, "longitude": value.longitude}

    def to_internal_value(self, data: Any) -> dict[str, float | None]:
        if data is None:
            return {"latitude": None, "longitude": None}
        position = PositionAtDesk(data=data)
        position.is_valid(raise_exception=True)
        return position.validated_data
