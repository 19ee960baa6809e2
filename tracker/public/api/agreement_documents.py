"""The members of agreements, and of the reasons for verdicts by them, described for OpenAPI."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import (
    Act,
    AgreementClass,
    Outcome,
    Role,
    ScopeTest,
    VerdictCode,
    ZoneRule,
)
from tracker.public.api.documents import (
    Document,
    PartyReference,
    Published,
    VerdictDocument,
    code_list,
    text,
)
from tracker.public.api.place_documents import Outline


class FindingDocument(Document):
    """How one of the five tests was answered, and why."""

    test = serializers.ChoiceField(ScopeTest.choices, help_text=_("The test."))
    outcome = serializers.ChoiceField(Outcome.choices, help_text=_("How it was answered."))
    reason = text(_("The reason as a code that does not change."))
    sentence = text(_("The reason in English, with the facts it rests on."))
    sentence_ar = text(_("The same in Arabic."))


class ReasonedVerdictDocument(VerdictDocument):
    """A verdict with its reasons."""

    name = text(_("Whose reading it is, in English."))
    name_ar = text(_("The same in Arabic."), null=True)
    findings = FindingDocument(
        many=True, help_text=_("The five tests in the order they are asked.")
    )


class ReasonedOverallDocument(Document):
    """What an incident is to an agreement, and why."""

    agreement = text(_("Slug of the agreement."))
    title = text(_("Title in English."))
    title_ar = text(_("Title in Arabic."), null=True)
    overall = serializers.ChoiceField(
        VerdictCode.choices,
        help_text=_("The verdict under every reading; contested if they differ."),
    )
    readings = ReasonedVerdictDocument(many=True, help_text=_("The order means nothing."))


class ScopeDocument(Published):
    """What an incident is to each published agreement under each reading, with the reasons.

    It is worked out, never typed: from what the incident's edition tells and the agreement's terms.
    """

    id = serializers.UUIDField(help_text=_("Id of the incident."))
    incident = serializers.UUIDField(help_text=_("Id of the incident."))
    agreements = ReasonedOverallDocument(many=True, help_text=_("The oldest agreement first."))


class ProvisionDocument(Document):
    number = text(_("Its number in the text."))
    text = text(_("What it demands, in English."))
    text_ar = serializers.CharField(allow_null=True, help_text=_("The same in Arabic."))
    acts = code_list(Act, _("What it prohibits."))


class ReadingDocument(Document):
    """One way to understand the agreement. Verdicts are given under each."""

    id = text(_("Slug of the reading."))
    name = text(_("Whose it is, in English."))
    name_ar = text(_("The same in Arabic."), null=True)
    whose = PartyReference(
        allow_null=True,
        help_text=_("The party that reads it so; null for the text itself and for jurists."),
    )
    basis = text(_("Where it is stated."), null=True)
    note = text(_("What it holds, in English."), null=True)
    note_ar = text(_("The same in Arabic."), null=True)


class OfReadingDocument(Document):
    reading = text(_("Slug of the reading it belongs to; null: to all of them."), null=True)
    valid_from = serializers.DateField(
        allow_null=True, help_text=_("First day; null: from the beginning.")
    )
    valid_to = serializers.DateField(allow_null=True, help_text=_("Last day; null: to the end."))
    basis = text(_("What it rests on, in English."), null=True)
    basis_ar = text(_("The same in Arabic."), null=True)


class AdherenceDocument(OfReadingDocument):
    """What a party, with those that answer to it, is to the agreement."""

    party = PartyReference(help_text=_("Who it is."))
    role = serializers.ChoiceField(Role.choices, help_text=_("What it is to the agreement."))


class ZonePropertiesDocument(OfReadingDocument):
    """An area in which the agreement holds, or does not."""

    id = text(_("Id of the zone."))
    name = text(_("Name in English."))
    name_ar = text(_("Name in Arabic."), null=True)
    rule = serializers.ChoiceField(ZoneRule.choices, help_text=_("Whether it is in or out."))


class ZoneDocument(Document):
    type = serializers.ChoiceField(["Feature"], help_text=_("As GeoJSON demands."))
    geometry = Outline(help_text=_("GeoJSON geometry (RFC 7946)."))
    properties = ZonePropertiesDocument(help_text=_("What it is, for whom and when."))


class ZonesDocument(Document):
    """GeoJSON (RFC 7946)."""

    type = serializers.ChoiceField(["FeatureCollection"], help_text=_("As GeoJSON demands."))
    features = ZoneDocument(many=True, help_text=_("The zones of all readings."))


class AgreementDocument(Published):
    """A ceasefire or a truce."""

    id = text(_("Slug of the agreement."))
    title = text(_("Title in English."))
    title_ar = text(_("Title in Arabic."), null=True)
    parent = text(  # type: ignore[assignment]
        _("Slug of the wider agreement it stands under."), null=True
    )
    effective_from = serializers.DateTimeField(help_text=_("The moment it came into force."))
    effective_to = serializers.DateTimeField(
        allow_null=True, help_text=_("The moment it ceased to be; null while it lasts.")
    )
    time_zone = text(_("The zone in which its days begin and end."))
    end_reason = text(_("Why it ceased to be in force."), null=True)
    summary = text(_("What it says, in English."), null=True)
    summary_ar = text(_("What it says, in Arabic."), null=True)
    document = text(_("Its text: title or UN symbol."), null=True)
    document_url = text(_("Where its text is found."), null=True)

    provisions = ProvisionDocument(many=True, help_text=_("What it prohibits, and where."))
    readings = ReadingDocument(many=True, help_text=_("The order means nothing."))
    adherences = AdherenceDocument(many=True, help_text=_("Whom it binds and protects."))

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Declared here because "class" cannot be an attribute's name.
        kind = serializers.ChoiceField(AgreementClass.choices, help_text=_("What sort it is."))
        return {**super().get_fields(), "class": kind}


class WholeAgreementDocument(AgreementDocument):
    """A ceasefire or a truce, with the zones drawn for it."""

    zones = ZonesDocument(help_text=_("Where it holds and where not; none drawn: everywhere."))
