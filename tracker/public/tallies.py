"""What can be asked of the counts that monitors publish, and two of them side by side.

A count belongs to the last day of its period, so that each is found on one day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.parameters import Listed, Parameters, refuse_backwards
from tracker.public.filters import Query, names
from tracker.public.models import Edition, EditionQuerySet, Kind

MOST_DAYS = 366
# From noon to noon touches two days; what covers more is no count of a day.
A_DAY = dt.timedelta(days=1)


class TallyQuery(Query):
    monitor = names(_("Slugs of the sources that counted."))
    counterpart = names(_("Slugs of the sources that answered."))
    accused = names(_("Slugs of parties accused."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places; counts of what lies in them are found too."),
    )
    date_from = serializers.DateField(required=False, help_text=_("Last day not before this one."))
    date_to = serializers.DateField(required=False, help_text=_("Last day not after this one."))
    ordering = serializers.ChoiceField(
        choices=["-date", "date", "updated"],
        default="-date",
        help_text=_(
            "By the last day counted: newest first, or oldest first; or by the last change."
        ),
    )

    FACETS = ("monitor", "counterpart", "accused", "place")
    # A count's label begins with its day.
    ORDERINGS = {"date": ("label", "public_id")}
    DAY = "day"


class ConcordanceQuery(Parameters):
    """The days of a concordance."""

    date_from = serializers.DateField(help_text=_("First day."))
    date_to = serializers.DateField(help_text=_("Last day: at most 366 days in all."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_backwards(attrs)
        if (attrs["date_to"] - attrs["date_from"]).days >= MOST_DAYS:
            raise serializers.ValidationError(
                {"date_to": [_("That is more than %(most)d days.") % {"most": MOST_DAYS}]}
            )
        return attrs


def concordance(first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """For each day and area, oldest first, what each monitor counted that day and was answered.

    Nothing is added up: monitors count by rules of their own. Counts of longer periods are left out.
    """
    return side_by_side(Edition.objects.of(Kind.TALLY).with_day("day", first, last))


def side_by_side(editions: EditionQuerySet) -> list[dict[str, Any]]:
    """The same of these counts alone."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for document in editions.order_by("label", "public_id").values_list("document", flat=True):
        tally = orjson.loads(document)
        if _is_of_a_day(tally):
            day, place = tally["date_end"], tally["place"]
            key = day, place["id"] if place else ""
            row = rows.setdefault(key, {"day": day, "place": place, "counts": []})
            row["counts"].append(tally)
    for row in rows.values():
        row["counts"].sort(key=_by_who)
    return list(rows.values())


def _is_of_a_day(tally: dict[str, Any]) -> bool:
    first, last = (dt.date.fromisoformat(tally[name]) for name in ("date_start", "date_end"))
    return last - first <= A_DAY


def _by_who(tally: dict[str, Any]) -> tuple[str, ...]:
    # By slug, so that no order of the monitors can be read as a ranking.
    accused = tally["accused"]
    return (tally["monitor"]["id"] or "", accused["id"] if accused else "", tally["id"])
