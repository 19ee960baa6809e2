"""The members of the public documents, described for OpenAPI.

They describe what editions hold and never build it: a test holds every stored edition against them.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import (
    Act,
    Assessed,
    Attribution,
    Geolocation,
    Group,
    Harm,
    Intent,
    Justification,
    Means,
    NameKind,
    PartyKind,
    PlaceKind,
    Proof,
    ScopeTest,
    SourceKind,
    Stance,
    Target,
    VerdictCode,
    Verification,
)


class Document(serializers.Serializer[Any]):
    """A description: every member is always there, null where nothing is known."""


def text(help_text: Any, *, null: bool = False) -> serializers.CharField:
    return serializers.CharField(help_text=help_text, allow_null=null)


def code_list(of: Any, help_text: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(of.choices), help_text=help_text)


class PartyReference(Document):
    id = text(_("Slug of the party."))
    name = text(_("Current name in English."))
    name_ar = text(_("Current name in Arabic."), null=True)


class SourceReference(Document):
    """A confidential source has no id and no name: only its kind is told."""

    id = text(_("Slug of the source; null where it is confidential."), null=True)
    name = text(_("Name in English; null where confidential."), null=True)
    name_ar = text(_("Name in Arabic."), null=True)
    kind = serializers.ChoiceField(SourceKind.choices, help_text=_("What sort of body it is."))


class PlaceReference(Document):
    id = serializers.UUIDField(help_text=_("Id of the place."))
    name = text(_("Usual name in English."))
    name_ar = text(_("Usual name in Arabic."), null=True)
    kind = serializers.ChoiceField(PlaceKind.choices, help_text=_("What sort of place it is."))


class Position(Document):
    """The middle of the grid cell that holds the position; never the exact position."""

    latitude = serializers.FloatField(help_text=_("WGS 84 degrees, north positive."))
    longitude = serializers.FloatField(help_text=_("WGS 84 degrees, east positive."))
    cell_degrees = serializers.FloatField(
        help_text=_("Side of the cell: the incident may lie half of it away, each way.")
    )


class FigureDocument(Document):
    """A number one claimant gives. Never add up those of different claimants."""

    harm = serializers.ChoiceField(Harm.choices, help_text=_("What it counts."))
    group = serializers.ChoiceField(Group.choices, help_text=_("Whom it counts."))
    low = serializers.IntegerField(allow_null=True, help_text=_("At least; null is unknown."))
    best = serializers.IntegerField(allow_null=True, help_text=_("The number named."))
    high = serializers.IntegerField(allow_null=True, help_text=_("At most; null is unknown."))
    as_written = text(_("The words used."), null=True)


class Published(Document):
    revision = serializers.IntegerField(help_text=_("How often it has been published changed."))
    published_on = serializers.DateField(help_text=_("Day of first publication."))
    updated_on = serializers.DateField(help_text=_("Day of this revision."))


class ClaimDocument(Document):
    """One source's statement about an incident: who says what."""

    id = serializers.UUIDField(help_text=_("Id of the report."))
    incident = serializers.UUIDField(help_text=_("Id of the incident it is about."))
    source = SourceReference(  # type: ignore[assignment]
        help_text=_("Where the statement was read, seen or heard.")
    )
    claimant = SourceReference(help_text=_("Who makes it: not who passes it on."))
    stance = serializers.ChoiceField(Stance.choices, help_text=_("What it does with the claim."))
    justification = serializers.ChoiceField(
        Justification.choices, allow_null=True, help_text=_("The reason a party gives.")
    )
    accused = PartyReference(many=True, help_text=_("Parties named; the order means nothing."))
    accused_as_written = text(_("In the source's own words."), null=True)
    figures = FigureDocument(many=True, help_text=_("The numbers it gives."))
    date_start = serializers.DateField(help_text=_("First day it is said to have happened."))
    date_end = serializers.DateField(help_text=_("Last day."))
    date_precision = serializers.IntegerField(help_text=_("UCDP date precision, 1 to 5."))
    place = PlaceReference(allow_null=True, help_text=_("The place that is meant."))
    place_as_written = text(_("In the source's own words."), null=True)
    acts = code_list(Act, _("What is said to have been done."))
    means = code_list(Means, _("The weapons or methods named."))
    text = text(_("What it says."), null=True)
    translation = serializers.CharField(allow_null=True, help_text=_("The text in English."))
    language = serializers.CharField(allow_null=True, help_text=_("BCP 47 code of the text."))
    stated_on = serializers.DateField(allow_null=True, help_text=_("Day it was made."))
    external_id = serializers.CharField(allow_null=True, help_text=_("The source's own number."))
    url = serializers.URLField(allow_null=True, help_text=_("Where it stands."))
    archive_url = serializers.URLField(allow_null=True, help_text=_("Where a copy is kept."))


class ReportDocument(ClaimDocument, Published):
    """A claim in a published incident."""


class CorroborationDocument(Document):
    groups = serializers.IntegerField(
        help_text=_(
            "How many independent claimants say that it happened: never how many reports, and "
            "without those who are confidential."
        )
    )


class ChangeDocument(Document):
    revision = serializers.IntegerField(help_text=_("The revision."))
    date = serializers.DateField(help_text=_("Its day."))
    changed = serializers.ListField(
        child=serializers.CharField(), help_text=_("The members that changed; empty for the first.")
    )


class ChangedValueDocument(Document):
    field = text(_("The member."))
    before = serializers.JSONField(allow_null=True, help_text=_("What it was."))
    after = serializers.JSONField(allow_null=True, help_text=_("What it was changed to."))


class RevisedDocument(ChangeDocument):
    what = serializers.ChoiceField(
        ["published", "changed", "withdrawn"], help_text=_("What became of it.")
    )
    reason = text(_("Why it was withdrawn; null for all else."), null=True)
    differences = ChangedValueDocument(
        many=True,
        help_text=_("What changed in the members that name neither a place nor a source."),
    )


class HistoryDocument(Published):
    """What became of an incident, oldest first."""

    id = serializers.UUIDField(help_text=_("Id of the incident."))
    revisions = RevisedDocument(
        many=True, help_text=_("One for each revision and each withdrawal.")
    )


# What an incident may be under one reading: contested it is only over several.
VERDICTS = [each for each in VerdictCode.choices if each[0] != VerdictCode.CONTESTED]


class VerdictDocument(Document):
    """What an incident is to an agreement under one reading of it."""

    reading = text(_("Slug of the reading."))
    verdict = serializers.ChoiceField(VERDICTS, help_text=_("What it is under this reading."))
    test = serializers.ChoiceField(
        ScopeTest.choices,
        allow_null=True,
        help_text=_("The first test that fails or cannot be answered; null for a violation."),
    )


class OverallDocument(Document):
    """What an incident is to an agreement, under each of its readings and over all of them."""

    agreement = text(_("Slug of the agreement."))
    overall = serializers.ChoiceField(
        VerdictCode.choices,
        help_text=_("The verdict under every reading; contested if they differ."),
    )
    readings = VerdictDocument(many=True, help_text=_("The order means nothing."))


class AssessedFigureDocument(Document):
    """The number the desk leads with. It is no claimant's own, and no sum of theirs."""

    harm = serializers.ChoiceField(Harm.choices, help_text=_("What it counts."))
    group = serializers.ChoiceField(Group.choices, help_text=_("Whom it counts."))
    low = serializers.IntegerField(allow_null=True, help_text=_("At least; null is unknown."))
    best = serializers.IntegerField(allow_null=True, help_text=_("The number led with."))
    high = serializers.IntegerField(allow_null=True, help_text=_("At most; null is unknown."))


class BasisDocument(Document):
    """What an assessment rests on."""

    report = serializers.UUIDField(allow_null=True, help_text=_("Id of the report it follows."))
    claimant = SourceReference(allow_null=True, help_text=_("Who makes that report's statement."))
    text = text(_("In the desk's words."), null=True)


class AssessmentDocument(Document):
    """What the desk holds of an incident: of each thing, and of each party, the latest alone."""

    assessed = serializers.ChoiceField(Assessed.choices, help_text=_("What of it is assessed."))
    value = serializers.ChoiceField(
        [
            choice
            for codes in (Verification, Attribution, Intent, Geolocation)
            for choice in codes.choices
        ],
        allow_null=True,
        help_text=_("What it is held to be; null where a date or a figure is assessed."),
    )
    party = PartyReference(
        allow_null=True, help_text=_("Whom an attribution is about; the order means nothing.")
    )
    geo_precision = serializers.IntegerField(
        allow_null=True, help_text=_("UCDP place precision, 1 to 7, of what is told.")
    )
    date_precision = serializers.IntegerField(
        allow_null=True, help_text=_("UCDP date precision, 1 to 5.")
    )
    figure = AssessedFigureDocument(allow_null=True, help_text=_("The number led with."))
    basis = BasisDocument(allow_null=True, help_text=_("What it rests on; a figure always says."))
    proof = serializers.ChoiceField(
        Proof.choices, help_text=_("How sure one had to be for it to hold.")
    )


class IncidentDocument(Published):
    """What several reports tell of as one alleged event."""

    id = serializers.UUIDField(help_text=_("Id of the incident: it never changes."))
    title = text(_("Acts, place and date in English."))
    title_ar = text(_("The same in Arabic."))
    date_start = serializers.DateField(help_text=_("First day."))
    date_end = serializers.DateField(help_text=_("Last day."))
    date_precision = serializers.IntegerField(help_text=_("UCDP date precision, 1 to 5."))
    place = PlaceReference(allow_null=True, help_text=_("Where, as far as the public may know."))
    position = Position(allow_null=True, help_text=_("Where, snapped to a grid."))
    geo_precision = serializers.IntegerField(
        allow_null=True, help_text=_("UCDP place precision, 1 to 7, of what is told.")
    )
    acts = code_list(Act, _("What is alleged to have been done."))
    means = code_list(Means, _("The weapons or methods."))
    targets = code_list(Target, _("Whom or what it was aimed at, or hit."))
    target_parties = PartyReference(
        many=True, help_text=_("Which parties; the order means nothing.")
    )
    summary = text(_("In the desk's own words."), null=True)
    summary_ar = text(_("The same in Arabic."), null=True)
    verification = serializers.ChoiceField(
        Verification.choices, help_text=_("How far it is established that it happened.")
    )
    agreements = serializers.ListField(
        child=serializers.CharField(), help_text=_("Agreements in force on a day of it.")
    )
    verdicts = OverallDocument(
        many=True, help_text=_("What it is to each agreement; why stands under its scope/.")
    )
    corroboration = CorroborationDocument(help_text=_("Who independently says that it happened."))
    assessments = AssessmentDocument(many=True, help_text=_("What the desk holds of it."))
    reports = ClaimDocument(many=True, help_text=_("Who says what about it."))
    changelog = ChangeDocument(many=True, help_text=_("What each revision changed."))


class Measured(serializers.Serializer[Any]):
    distance_km = serializers.FloatField(
        required=False,
        allow_null=True,
        help_text=_("With near: kilometres on the ellipsoid from there to the public position."),
    )


class MeasuredReportDocument(ReportDocument, Measured):
    """A claim in a list."""


class MeasuredIncidentDocument(IncidentDocument, Measured):
    """An incident in a list."""


class DatedName(Document):
    name = text(_("As written."))
    language = text(_("BCP 47 code."))
    kind = serializers.ChoiceField(NameKind.choices, help_text=_("What sort of name it is."))
    valid_from = serializers.DateField(allow_null=True, help_text=_("First day borne."))
    valid_to = serializers.DateField(allow_null=True, help_text=_("Last day borne."))


class PartyDocument(PartyReference, Published):
    """A state's forces, an armed group, a guarantor, a delegation."""

    kind = serializers.ChoiceField(PartyKind.choices, help_text=_("What sort of actor it is."))
    parent = text(  # type: ignore[assignment]
        _("Slug of the party it answers to."), null=True
    )
    successor = text(_("Slug of the party it turned into."), null=True)
    names = DatedName(many=True, help_text=_("Names it bears or bore."))


class SourceDocument(Published):
    """A source that is not confidential."""

    id = text(_("Slug of the source."))
    name = text(_("Name in English."))
    name_ar = text(_("Name in Arabic."), null=True)
    kind = serializers.ChoiceField(SourceKind.choices, help_text=_("What sort of body it is."))
    alignment = text(_("Slug of the party it speaks for."), null=True)
    language = text(_("BCP 47 code of the language it usually writes in."), null=True)
    url = text(_("Its web site."), null=True)
