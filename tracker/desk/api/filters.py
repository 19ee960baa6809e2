"""What the desk's lists of what happened can be asked: on which days, and where."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.desk.api.bodies import AnyPlace
from tracker.desk.models import Place
from tracker.parameters import Paged, refuse_backwards

Rows = TypeVar("Rows", bound=QuerySet[Any])


class HappenedQuery(Paged):
    date_from = serializers.DateField(required=False, help_text=_("First day not before this one."))
    date_to = serializers.DateField(required=False, help_text=_("First day not after this one."))
    place = AnyPlace(
        required=False, help_text=_("Number or id of a place: what lies in it is found too.")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_backwards(attrs)
        return attrs

    @staticmethod
    def happened(rows: Rows, asked: dict[str, Any]) -> Rows:
        """Those of these days, and of this place or what lies in it."""
        if "date_from" in asked:
            rows = rows.filter(date_start__gte=asked["date_from"])
        if "date_to" in asked:
            rows = rows.filter(date_start__lte=asked["date_to"])
        if "place" in asked:
            rows = rows.filter(place__in=Place.objects.lying_in(asked["place"]))
        return rows
