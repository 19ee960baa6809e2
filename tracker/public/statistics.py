"""What can be asked of the statistics: the filters of incidents, and how they are to be counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.parameters import BBoxField, Parameters
from tracker.periods import Period
from tracker.public.analytics import accusations, cells
from tracker.public.analytics.accusations import Accusation, Speakers
from tracker.public.analytics.cells import Window
from tracker.public.analytics.selection import OF_ALL, Selection
from tracker.public.analytics.timeline import Split
from tracker.public.filters import IncidentQuery, ReportQuery, entries_of, verdict_forms
from tracker.public.models import Edition, Facet, Kind
from tracker.public.rollups import ALL, IS_LOCATED, IS_NOWHERE, LOCATED
from tracker.scope.days import Span

DAYS = ("date_from", "date_to")
# What quiet days are told of at once: two years and a day.
MOST_DAYS = 731
# What incidents are counted ahead by: those under one code of these need not be counted anew.
UNDER = ("act", "accused", "verification", "verdict", LOCATED)
# What accusations are counted ahead by.
COUNTED_OF_REPORTS = ("agreement", "accused", "claimant")
# How long the windows around an agreement are, unless asked otherwise, and may be.
USUAL_WINDOW, LONGEST_WINDOW = 30, 366


class SummaryQuery(IncidentQuery):
    """The filters of the incident list. Nothing is listed here, so nothing is paged or sorted."""

    page_size = None  # type: ignore[assignment]
    cursor = None  # type: ignore[assignment]
    ordering = None  # type: ignore[assignment]


class TimelineQuery(SummaryQuery):
    interval = serializers.ChoiceField(
        choices=[str(each) for each in Period if each != Period.EVER],
        default=str(Period.MONTH),
        help_text=_("How long each bucket is: at most 400 of them are told."),
    )
    by = serializers.ChoiceField(
        choices=["act", "accused", "verification", "verdict"],
        required=False,
        help_text=_("What they are told apart by; verdict with under."),
    )
    under = serializers.SlugField(
        required=False, max_length=64, help_text=_("Slug of one reading; with by=verdict.")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("under" in attrs) != (attrs.get("by") == "verdict"):
            raise serializers.ValidationError({"under": [_("by=verdict and under go together.")]})
        return super().validate(attrs)


class CellsQuery(SummaryQuery):
    zoom = serializers.IntegerField(
        min_value=0, max_value=12, default=8, help_text=_("Zoom of the map tiles that are counted.")
    )
    view = BBoxField(
        required=False,
        help_text=_(
            "west,south,east,north in degrees: the tiles it touches are told, each as a whole. With"
            " bbox the incidents in the box alone are counted."
        ),
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "view" in attrs and "bbox" in attrs:
            raise serializers.ValidationError({"view": [_("Give either view or bbox.")]})
        return super().validate(attrs)


class AccusationsQuery(ReportQuery):
    """The filters of the report list, but for the stance: they are accusations."""

    page_size = None  # type: ignore[assignment]
    cursor = None  # type: ignore[assignment]
    ordering = None  # type: ignore[assignment]
    stance = None  # type: ignore[assignment]
    by = serializers.ChoiceField(
        choices=["claimant", "party"],
        default="claimant",
        help_text=_("Who accuses: each claimant, or the party that claimants speak for."),
    )


class QuietDaysQuery(SummaryQuery):
    date_from = serializers.DateField(help_text=_("First day."))
    date_to = serializers.DateField(help_text=_("Last day: at most 731 days in all."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if (attrs["date_to"] - attrs["date_from"]).days >= MOST_DAYS:
            raise serializers.ValidationError(
                {"date_to": [_("That is more than %(most)d days.") % {"most": MOST_DAYS}]}
            )
        return attrs


class BeforeAfterQuery(SummaryQuery):
    date_from = None  # type: ignore[assignment]
    date_to = None  # type: ignore[assignment]
    around = serializers.SlugField(
        max_length=64, help_text=_("Slug of the agreement that the windows lie around.")
    )
    days = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST_WINDOW,
        help_text=_("Length of each window; 30, or as long as it was in force if that is less."),
    )


def selected(asked: dict[str, Any]) -> Selection:
    """The incidents that answer to what was asked."""
    editions = IncidentQuery.apply(Edition.objects.of(Kind.INCIDENT), asked)
    return Selection(
        editions,
        entries_of(asked, editions),
        asked.get("date_from"),
        asked.get("date_to"),
        under=_under(asked),
    )


def _under(asked: dict[str, Any]) -> tuple[str, str] | None:
    """The one code asked for, and what it is counted by; None where more or other than that is."""
    names = set(asked) & (filters(IncidentQuery) - {*DAYS})
    if not names:
        return OF_ALL
    told = {name: verdict_forms(asked) if name == "verdict" else asked[name] for name in names}
    if LOCATED in told:
        told[LOCATED] = [IS_LOCATED if asked[LOCATED] else IS_NOWHERE]
    elif names == {"bbox"} and cells.lie_in(asked["bbox"]):
        told = {LOCATED: [IS_LOCATED]}
    if told.keys() == {"verdict", "reading"}:
        del told["reading"]
    (name, codes), *others = told.items()
    is_one = not others and name in UNDER and len(codes) == 1
    return (name, str(codes[0])) if is_one else None


def accusations_among(asked: dict[str, Any], speakers: Speakers | None) -> list[Accusation]:
    """The accusations in the reports that answer to what was asked, of the most incidents first.

    Those of all, or under one agreement, are read from what is counted ahead, whoever is named.
    """
    accused, agreements = asked.get("accused"), asked.get("agreement", [ALL])
    if len(agreements) == 1 and not set(asked) & (filters(ReportQuery) - {*COUNTED_OF_REPORTS}):
        claimants = asked.get("claimant")
        return accusations.ahead(agreements[0], speakers, accused=accused, claimants=claimants)
    reports = ReportQuery.apply(Edition.objects.of(Kind.REPORT), asked)
    return accusations.among(reports, speakers, accused=accused)


def selected_on_any_day(asked: dict[str, Any]) -> Selection:
    """The same, whatever day they begin on."""
    return selected({name: value for name, value in asked.items() if name not in DAYS})


def places(asked: dict[str, Any]) -> list[str]:
    return [str(place) for place in asked.get("place", [])]


def split(asked: dict[str, Any]) -> Split | None:
    """What they are told apart by. Raises a validation error for a reading that is not published."""
    if "by" not in asked:
        return None
    reading = asked.get("under", "")
    if not reading:
        return Split(asked["by"])
    read = Facet.objects.filter(name="reading", value=reading, edition__kind=Kind.AGREEMENT)
    agreement = read.values_list("edition__public_id", flat=True).first()
    if agreement is None:
        raise serializers.ValidationError(
            {"under": [_("“%s” is no reading of a published agreement.") % reading]}
        )
    return Split(asked["by"], reading, agreement)


def window_length(asked: dict[str, Any], in_force: int | None) -> int:
    """How many days each window has. Raises a validation error where it was not in force so long."""
    usual = USUAL_WINDOW if in_force is None else min(USUAL_WINDOW, in_force)
    days = asked.get("days", usual)
    if in_force is not None and not 0 < days <= in_force:
        raise serializers.ValidationError(
            {"days": [_("It was in force for %(days)d whole days.") % {"days": in_force}]}
        )
    return days


def filters(query: type[Parameters]) -> set[str]:
    """The parameters of a list that select."""
    return {*query().fields} - {"page_size", "cursor", "ordering"}


def of_the_list(
    query: type[Parameters], parameters: QueryDict, other: Mapping[str, str]
) -> QueryDict:
    """The query string of the list of what is counted: the filters it shares, but for these."""
    kept = filters(query)
    told = QueryDict(mutable=True)
    for name, value in parameters.items():
        if name in kept and name not in other:
            told[name] = str(value)
    for name, value in other.items():
        told[name] = value
    return told


def boxed(window: Window) -> dict[str, str]:
    """The box that picks what lies in the tiles of a view."""
    box = window.whole
    return {"bbox": f"{box.west},{box.south},{box.east},{box.north}"} if box else {}


def told_days(span: Span) -> dict[str, str]:
    return {"date_from": span.first.isoformat(), "date_to": span.last.isoformat()}
