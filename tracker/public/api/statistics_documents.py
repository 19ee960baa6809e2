"""The members of the statistics, described for OpenAPI."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import Inclusion, Sight
from tracker.periods import Period
from tracker.public.analytics import quiet
from tracker.public.api.documents import Document, PartyReference, SourceReference, text


def number(help_text: Any) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=help_text)


class RuleDocument(Document):
    code = serializers.ChoiceField(Inclusion.choices, help_text=_("The rule."))
    text = serializers.CharField(help_text=_("The rule in English."))
    text_ar = serializers.CharField(help_text=_("The same in Arabic."))


class CoverageDays(Document):
    """Of how many days what is known of whether monitors could see."""

    covered = number(_("Days that a monitor had full access on."))
    partly = number(_("Days that some could be seen on."))
    not_covered = number(_("Days that monitors say they could not see on."))
    unknown = number(_("Days that no monitor tells of: not the same as days covered."))


class Ruled(Document):
    rules = RuleDocument(many=True, help_text=_("By which rules it is counted."))


class Statistic(Ruled):
    permalink = serializers.URLField(help_text=_("Address of the list of what is counted here."))


class CountDocument(Document):
    value = text(_("The code or the slug; null counts those that have none."), null=True)
    incidents = number(_("How many incidents."))


class ReadingCountsDocument(Document):
    reading = text(_("Slug of the reading."))
    verdicts = CountDocument(many=True, help_text=_("What incidents are under this reading."))


class SummaryByDocument(Document):
    act = CountDocument(many=True, help_text=_("By act."))
    accused = CountDocument(many=True, help_text=_("By party that a report accuses."))
    verification = CountDocument(many=True, help_text=_("By how far it is established."))


class SummaryDocument(Statistic):
    """How many incidents there are, under each code."""

    incidents = number(_("How many incidents are published. No figures of victims are added up."))
    first_day = serializers.DateField(allow_null=True, help_text=_("The earliest first day."))
    last_day = serializers.DateField(allow_null=True, help_text=_("The latest first day."))
    by = SummaryByDocument(help_text=_("The most frequent values of each, at most 50."))
    readings = ReadingCountsDocument(many=True, help_text=_("By verdict, under each reading."))
    contested = CountDocument(
        many=True, help_text=_("By agreement: those on which its readings differ.")
    )
    coverage = CoverageDays(
        allow_null=True, help_text=_("Of the days asked for, or from the first to the last.")
    )


class BucketDocument(Document):
    start = serializers.DateField(help_text=_("First day."))
    end = serializers.DateField(help_text=_("Last day."))
    incidents = number(_("How many begin on these days, as far as their dates are known."))
    coverage = serializers.ChoiceField(
        Sight.choices, help_text=_("What monitors tell of these days; partly where it differs.")
    )


class SeriesDocument(Document):
    value = text(_("The code or the slug; null counts those that have none."), null=True)
    incidents = number(_("How many in all."))
    imprecise = number(_("How many of them stand in no bucket."))
    counts = serializers.ListField(
        child=serializers.IntegerField(), help_text=_("How many in each bucket, in their order.")
    )


class TimelineDocument(Statistic):
    """Incidents along time."""

    interval = serializers.ChoiceField(
        [str(each) for each in Period if each != Period.EVER],
        help_text=_("How long each bucket is; a week begins on a Monday."),
    )
    by = text(_("What they are told apart by."), null=True)
    under = text(_("Slug of the reading that verdicts are told under."), null=True)
    incidents = number(_("How many in all."))
    imprecise = number(_("How many of them stand in no bucket: their dates are not known so well."))
    coverage = CoverageDays(allow_null=True, help_text=_("Of all the days of the buckets."))
    buckets = BucketDocument(many=True, help_text=_("From the earliest to the latest."))
    series = SeriesDocument(many=True, help_text=_("The same for each value, largest first."))
    left_out = number(_("How many more values there are."))


class CellDocument(Document):
    x = number(_("Column of the map tile, from the west."))
    y = number(_("Row of the map tile, from the north."))
    latitude = serializers.FloatField(help_text=_("Of the middle of the tile."))
    longitude = serializers.FloatField(help_text=_("Of the middle of the tile."))
    incidents = number(_("How many have their public position in the tile."))


class CellsDocument(Statistic):
    """Incidents on the map, tile by tile."""

    zoom = number(_("Zoom of the tiles: 2 to this power lie side by side around the earth."))
    incidents = number(_("How many lie in the tiles told."))
    unlocated = serializers.IntegerField(
        allow_null=True, help_text=_("How many have no public position; null with view.")
    )
    coverage = CoverageDays(
        allow_null=True, help_text=_("Of the days asked for; null where there are none.")
    )
    cells = CellDocument(many=True, help_text=_("Those that hold any."))


class AccusationDocument(Document):
    accuser = text(
        _("Slug; null where the claimants are confidential, or speak for no party."), null=True
    )
    accused = text(_("Slug of the party."))
    incidents = number(_("How many incidents."))
    reports = number(_("In how many reports."))
    permalink = serializers.URLField(
        allow_null=True,
        help_text=_("Address of the list of these reports; null where they cannot be listed."),
    )
    incidents_permalink = serializers.URLField(
        allow_null=True,
        help_text=_(
            "Address of the list of incidents in which both occur, these and perhaps others; null"
            " where they cannot be listed."
        ),
    )


class AccusationsDocument(Statistic):
    """Who accuses whom. The order of parties means nothing but how often they are named."""

    by = serializers.ChoiceField(["claimant", "party"], help_text=_("Who accuses."))
    accusers = SourceReference(many=True, help_text=_("The claimants; empty by party."))
    parties = PartyReference(many=True, help_text=_("All parties named here."))
    cells = AccusationDocument(many=True, help_text=_("The most incidents first."))
    left_out = number(_("How many more cells there are."))


class StretchDocument(Document):
    first = serializers.DateField(help_text=_("First day."))
    last = serializers.DateField(help_text=_("Last day."))
    what = serializers.ChoiceField(
        [quiet.INCIDENTS, quiet.PERHAPS, quiet.QUIET],
        help_text=_("Whether incidents were on these days, may have been, or none was published."),
    )
    coverage = serializers.ChoiceField(Sight.choices, help_text=_("What monitors tell of them."))


class QuietDaysDocument(Statistic):
    """Days without a published incident, and whether anybody could have seen one."""

    date_from = serializers.DateField(help_text=_("First day."))
    date_to = serializers.DateField(help_text=_("Last day."))
    days = number(_("How many days in all."))
    with_incidents = number(_("Days on which a published incident was."))
    perhaps = number(_("Other days that one of an imprecise date may have been on."))
    quiet = CoverageDays(help_text=_("Days on which none was published, by what monitors tell."))
    stretches = StretchDocument(many=True, help_text=_("Days in a row that are alike."))


class AgreementReference(Document):
    id = text(_("Slug of the agreement."))
    title = text(_("Title in English."))
    title_ar = text(_("Title in Arabic."), null=True)


class WindowDocument(Document):
    window = serializers.ChoiceField(
        ["before", "during", "after"], help_text=_("When it lies, as to the agreement.")
    )
    date_from = serializers.DateField(help_text=_("First day."))
    date_to = serializers.DateField(help_text=_("Last day."))
    incidents = number(_("How many begin on these days."))
    imprecise = number(_("How many of them may have been outside these days."))
    coverage = CoverageDays(help_text=_("Of these days."))
    permalink = serializers.URLField(help_text=_("Address of the list of what is counted here."))


class BeforeAfterDocument(Ruled):
    """Incidents before, during and after an agreement, in windows of equal length."""

    agreement = AgreementReference(help_text=_("The agreement."))
    days = number(_("How many days each window has."))
    windows = WindowDocument(many=True, help_text=_("No window after one that is still in force."))
