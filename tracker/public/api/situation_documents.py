"""The members of situation reports, described for OpenAPI."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import Sight, Verification
from tracker.public.api.documents import Document, Published, text


def _number(help_text: Any, *, null: bool = False) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=help_text, allow_null=null)


def _slug(help_text: Any, *, null: bool = False) -> serializers.CharField:
    return text(help_text, null=null)


class ReportDaysDocument(Document):
    first = serializers.DateField(help_text=_("First day."))
    last = serializers.DateField(help_text=_("Last day."))


class BesideDocument(Document):
    """A number of this period, and that of the one before."""

    now = _number(_("In this period."))
    before = _number(_("In as many days before it."))


class ValueBesideDocument(BesideDocument):
    value = text(_("The code; null is having none."), null=True)


class VerdictBesideDocument(BesideDocument):
    value = text(_("Code of the verdict."))


class ReadingBesideDocument(Document):
    agreement = _slug(_("Slug of the agreement."))
    reading = _slug(_("Slug of the reading."))
    verdicts = VerdictBesideDocument(many=True, help_text=_("How many come to each verdict."))


class ContestedBesideDocument(BesideDocument):
    agreement = _slug(_("Slug of the agreement whose readings come to different verdicts."))


class EstablishedDocument(Document):
    id = serializers.UUIDField(help_text=_("Id of the incident."))
    verification = serializers.ChoiceField(
        Verification.choices, help_text=_("How far it was established when this was issued.")
    )


class ReportedTallyDocument(Document):
    """A count as it was when the report was issued; who made it is told at its own address."""

    id = serializers.UUIDField(help_text=_("Id of the tally."))
    day = serializers.DateField(help_text=_("Its last day."))
    count = _number(_("How many; null is not told."), null=True)
    confirmed = _number(_("How many the counterpart confirms."), null=True)
    cannot_confirm = _number(_("How many it cannot confirm."), null=True)
    target_excluded = _number(_("Of how many it says the target is excluded."), null=True)


class SightsDocument(Document):
    covered = _number(Sight.COVERED.definition)
    partly = _number(Sight.PARTLY.definition)
    not_covered = _number(Sight.NOT_COVERED.definition)
    unknown = _number(Sight.UNKNOWN.definition)


class ReportCoverageDocument(Document):
    now = SightsDocument(help_text=_("Days of this period."))
    before = SightsDocument(help_text=_("Days of the one before."))


class DayVerdictDocument(Document):
    value = text(_("Code of the verdict."))
    now = _number(_("How many of the day's incidents come to it."))


class ReportDayDocument(Document):
    day = serializers.DateField(help_text=_("The day."))
    incidents = _number(_("How many are known to have begun on it."))
    coverage = serializers.ChoiceField(Sight.choices, help_text=_("How far monitors could see."))
    verdicts = DayVerdictDocument(
        many=True,
        help_text=_("By verdict under the reading; none where it is about all incidents."),
    )


class ReportTimelineDocument(Document):
    reading = _slug(_("Slug of the reading its verdicts are under."), null=True)
    imprecise = _number(_("How many are not dated well enough to belong to a day."))
    days = ReportDayDocument(many=True, help_text=_("Day by day."))


class ReportCellDocument(Document):
    x = _number(_("Column of the tile."))
    y = _number(_("Row of the tile."))
    incidents = _number(_("How many lie in it."))


class ReportMapDocument(Document):
    zoom = _number(_("Zoom of the map tiles."))
    cells = ReportCellDocument(many=True, help_text=_("The tiles that hold any."))
    unlocated = _number(_("How many have no public position."))


class SituationNumbersDocument(Document):
    """Numbers and ids alone: names are told at the addresses of what they name."""

    agreement = _slug(_("Slug of the agreement it is about; null for all incidents."), null=True)
    days = ReportDaysDocument(help_text=_("Its period."))
    days_before = ReportDaysDocument(help_text=_("As many days before it."))
    in_force_before = serializers.BooleanField(
        allow_null=True,
        help_text=_("Whether the agreement was in force on all of those; null without one."),
    )
    incidents = BesideDocument(help_text=_("How many began in it."))
    by_act = ValueBesideDocument(many=True, help_text=_("By act."))
    by_verification = ValueBesideDocument(many=True, help_text=_("By verification."))
    readings = ReadingBesideDocument(many=True, help_text=_("By verdict, under each reading."))
    contested = ContestedBesideDocument(many=True, help_text=_("Contested, by agreement."))
    established = EstablishedDocument(
        many=True, help_text=_("Its incidents that are held to have happened, the first 200.")
    )
    established_meanwhile = EstablishedDocument(
        many=True,
        allow_null=True,
        help_text=_("Earlier ones that came to be so in it; null where too many had changed."),
    )
    tallies = ReportedTallyDocument(many=True, help_text=_("What monitors counted, day by day."))
    coverage = ReportCoverageDocument(help_text=_("What monitors could see."))
    timeline = ReportTimelineDocument(help_text=_("Its days."))
    map = ReportMapDocument(help_text=_("Where its incidents lie."))


class ErratumDocument(Document):
    """A correction: it rewrites no number."""

    number = _number(_("Its number in the report."))
    date = serializers.DateField(help_text=_("Day it was added."))
    text = text(_("What is wrong, and what is right."))
    text_ar = serializers.CharField(allow_null=True, help_text=_("The same in Arabic."))


class SituationReportDocument(Published):
    """A situation report as it was issued."""

    id = _slug(_("Slug of the report."))
    number = _number(_("Its number among those about the same."))
    sha256 = serializers.CharField(
        help_text=_(
            "SHA-256 of its numbers as JSON in UTF-8, members sorted by name, without spaces."
        )
    )
    errata = ErratumDocument(many=True, help_text=_("Corrections since."))
    numbers = SituationNumbersDocument(help_text=_("The numbers, as they were issued."))
