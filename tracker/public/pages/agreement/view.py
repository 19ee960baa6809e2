"""An agreement as it is looked at: read by whom, as of which day, and by which filters counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.codebook import Sight, VerdictCode
from tracker.parameters import Parameters
from tracker.public import statistics
from tracker.public.analytics.selection import Selection
from tracker.public.pages.agreement.standing import Standing, standing, today
from tracker.public.pages.reading import Document

# What an incident is held to be before it is said here to be verified.
# The verdicts that one reading comes to, in the order they are shown.
VERDICTS = (VerdictCode.VIOLATION, VerdictCode.UNDETERMINED, VerdictCode.OUTSIDE)

Filters = dict[str, str]


class AgreementPageQuery(Parameters):
    """How its reader wants to see an agreement."""

    under = serializers.SlugField(
        required=False,
        max_length=64,
        help_text=gettext_lazy("Slug of the reading that verdicts are counted under."),
    )
    on = serializers.DateField(
        required=False, help_text=gettext_lazy("The day as of which it is looked at.")
    )


@dataclass(frozen=True)
class Counted:
    """How many incidents there are, and the filters of the list that holds them, if one does."""

    number: int
    query: Filters | None


@dataclass(frozen=True)
class View:
    """`reading` is the one that the page is read by: None where the agreement has none.

    `on` is the day that was asked for. What is counted on the agreement's days begins on one of them:
    so each incident is counted once, and what is counted ahead is read.
    """

    agreement: Document
    reading: Document | None
    standing: Standing
    on: dt.date | None

    @property
    def slug(self) -> str:
        return self.agreement["id"]

    def on_its_days(self, **more: str) -> Filters:
        """The filters of the incidents that begin on its days so far. Before the first there is none."""
        first, days = self.standing.first, self.standing.days
        told = {"date_from": first.isoformat(), **more}
        if days and (self.on or self.standing.last):
            told["date_to"] = days.last.isoformat()
        return told

    def touching_its_days(self, **more: str) -> Filters:
        """The filters of the incidents on a day of which it was in force, whenever they began."""
        until = {"date_to": self.on.isoformat()} if self.on else {}
        return {"agreement": self.slug, **more, **until}

    def judged(self, verdict: str, **more: str) -> Filters:
        """The same of those that are this under the reading, which it has to have."""
        reading = self.reading["id"] if self.reading else ""
        return self.on_its_days(**more, verdict=verdict, reading=reading)


def view_of(agreement: Document, asked: Mapping[str, Any]) -> View:
    """The agreement as it was asked for. Raises a validation error for what cannot be shown."""
    on = asked.get("on")
    if on and on > today(agreement):
        raise serializers.ValidationError({"on": [_("%s is still to come.") % on]})
    return View(agreement, _reading(agreement, asked.get("under")), standing(agreement, on), on)


def selection(filters: Filters) -> Selection:
    """The incidents that the list holds at these filters."""
    return statistics.selected(asked_for(filters))


def asked_for(filters: Filters) -> dict[str, Any]:
    parameters = QueryDict(mutable=True)
    parameters.update(filters)
    return statistics.SummaryQuery.read(parameters)


def told_sights(days: Counter[Sight]) -> list[tuple[Sight, int]]:
    """How many days were seen how far, from the most that was seen; without those that none was."""
    return [(sight, days[sight]) for sight in Sight if days[sight]]


def _reading(agreement: Document, slug: str | None) -> Document | None:
    """The reading with this slug; without one the first, which is the text's."""
    readings = agreement["readings"]
    if slug is None:
        return readings[0] if readings else None
    for each in readings:
        if each["id"] == slug:
            return each
    raise serializers.ValidationError(
        {"under": [_("“%s” is no reading of this agreement.") % slug]}
    )
