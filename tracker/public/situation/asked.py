"""What can be asked of situation reports: of those that were issued, and of any days as they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.parameters import Parameters, refuse_backwards
from tracker.periods import Period
from tracker.public.filters import Query, names
from tracker.public.models import Edition, Kind
from tracker.scope.days import Span

# Each day is a column of its chart: so many can be told apart.
MOST_DAYS = 92


class SituationQuery(Parameters):
    """The days of a report: from one to another, or the day or the week that holds one."""

    agreement = serializers.SlugField(
        required=False,
        max_length=64,
        help_text=_("Slug of an agreement: of incidents on whose days it was in force."),
    )
    period = serializers.ChoiceField(
        choices=[str(Period.DAY), str(Period.WEEK)],
        required=False,
        help_text=_("The day, or the week from Monday to Sunday, that holds `on`."),
    )
    on = serializers.DateField(
        required=False, help_text=_("A day of the period; today unless given.")
    )
    date_from = serializers.DateField(required=False, help_text=_("First day."))
    date_to = serializers.DateField(
        required=False, help_text=_("Last day: at most 92 days in all.")
    )

    def validate_agreement(self, slug: str) -> str:
        if not Edition.objects.of(Kind.AGREEMENT).filter(public_id=slug).exists():
            raise serializers.ValidationError(_("“%s” is no published agreement.") % slug)
        return slug

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "period" in attrs:
            _refuse_both(attrs)
            day = attrs.pop("on", None) or timezone.localdate()
            days = Period(attrs.pop("period")).whole(day)
            return {**attrs, "date_from": days.first, "date_to": days.last}
        if "on" in attrs:
            raise serializers.ValidationError({"on": [_("It goes with period.")]})
        if ("date_from" in attrs) != ("date_to" in attrs):
            missing = "date_to" if "date_from" in attrs else "date_from"
            raise serializers.ValidationError({missing: [_("Give the first and the last day.")]})
        refuse_backwards(attrs)
        if "date_from" in attrs and length(attrs) > MOST_DAYS:
            raise serializers.ValidationError(
                {"date_to": [_("That is more than %(most)d days.") % {"most": MOST_DAYS}]}
            )
        return attrs


class SituationReportQuery(Query):
    """The reports that were issued."""

    agreement = names(_("Slugs of agreements that they are about."))
    date_from = serializers.DateField(required=False, help_text=_("Last day not before this one."))
    date_to = serializers.DateField(required=False, help_text=_("Last day not after this one."))
    ordering = serializers.ChoiceField(
        choices=["-date", "date", "updated"],
        default="-date",
        help_text=_("By their last day: newest first, or oldest first; or by the last change."),
    )

    FACETS = ("agreement",)
    # A report's label begins with its last day.
    ORDERINGS = {"date": ("label", "public_id")}
    DAY = "day"


def days_of(asked: dict[str, Any]) -> Span | None:
    """The days of a report; None where none are asked for."""
    return Span(asked["date_from"], asked["date_to"]) if "date_from" in asked else None


def before(days: Span) -> Span:
    """As many days, just before these."""
    last = days.first - dt.timedelta(days=1)
    return Span(last - dt.timedelta(days=days.length - 1), last)


def length(asked: dict[str, Any]) -> int:
    return Span(asked["date_from"], asked["date_to"]).length


def _refuse_both(asked: dict[str, Any]) -> None:
    if "date_from" in asked or "date_to" in asked:
        raise serializers.ValidationError(
            {"period": [_("Give either a period or the first and the last day.")]}
        )
