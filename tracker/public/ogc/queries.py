"""What the items of each collection can be asked: the filters there are, and the standard's own."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import PlaceKind, ZoneRule
from tracker.parameters import Listed
from tracker.public.filters import IncidentQuery, Query, codes, names
from tracker.public.models import EditionQuerySet, Spot
from tracker.public.ogc.parameters import DaysField, FlatBBoxField, Items
from tracker.public.tallies import TallyQuery


class IncidentItems(Items, IncidentQuery):
    page_size = None  # type: ignore[assignment]
    bbox = FlatBBoxField(
        required=False,
        help_text=_(
            "west,south,east,north in degrees, or with a height behind south and north. Incidents"
            " without a public position are found too, as the standard demands: not so with"
            " located=true."
        ),
    )
    datetime = DaysField(
        required=False,
        help_text=_(
            "A day or a moment, or an interval such as 2017-01-01/2017-01-31 or 2017-01-01/..: finds"
            " incidents that lasted on a day of it. date_from and date_to go by the first day alone."
        ),
    )

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        ours = {name: value for name, value in asked.items() if name != "bbox"}
        editions = super().apply(editions, ours)
        if "bbox" in asked:
            editions = editions.inside_or_nowhere(asked["bbox"])
        if "datetime" in asked:
            days = asked["datetime"]
            if days.last:
                editions = editions.filter(entry__date_start__lte=days.last)
            if days.first:
                editions = editions.filter(entry__date_end__gte=days.first)
        return editions


class PlaceItems(Items, Query):
    page_size = None  # type: ignore[assignment]
    kind = codes(PlaceKind, _("What sort of place it is."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places: these and what lies in them."),
    )

    FACETS = ("kind", "place")

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        editions = super().apply(editions, asked)
        if "bbox" in asked:
            inside = Spot.objects.inside(asked["bbox"])
            editions = editions.filter(Q(pk__in=inside.values("pk")) | Q(spot=None))
        return editions


class TallyItems(Items, TallyQuery):
    page_size = None  # type: ignore[assignment]

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        """Those that may answer: whether an area or a period does is seen in the document alone."""
        editions = super().apply(editions, asked)
        if "datetime" in asked and asked["datetime"].first:
            editions = editions.with_day("day", asked["datetime"].first, None)
        return editions


class ZoneItems(Items):
    agreement = names(_("Slugs of agreements."))
    reading = names(_("Slugs of readings; a zone of all readings has none."))
    rule = codes(ZoneRule, _("Whether it is in or out."))
