"""The members of counts, described for OpenAPI."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.public.api.documents import (
    Document,
    PartyReference,
    PlaceReference,
    Published,
    SourceReference,
    text,
)


def number(help_text: Any) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=help_text)


class TallyDocument(Published):
    """One count of a monitor's bulletin. Never add up those of different monitors, nor incidents."""

    id = serializers.UUIDField(help_text=_("Id of the count: it never changes."))
    bulletin = serializers.UUIDField(help_text=_("What the counts of one bulletin share."))
    monitor = SourceReference(help_text=_("Who counted."))
    date_start = serializers.DateField(help_text=_("First day counted."))
    date_end = serializers.DateField(help_text=_("Last day counted."))
    place = PlaceReference(allow_null=True, help_text=_("Where; null is the whole country."))
    accused = PartyReference(allow_null=True, help_text=_("Who is accused; null is not told."))
    measure = text(_("What is counted, in the bulletin's own word."), null=True)
    count = number(_("How many; null is not told, and never 0."))
    counterpart = SourceReference(
        allow_null=True, help_text=_("Who answered; null where no answer is known.")
    )
    confirmed = number(_("How many the counterpart confirms; null is not told."))
    cannot_confirm = number(_("How many it says it cannot confirm; null is not told."))
    target_excluded = number(
        _("How many it says hit whom the agreement leaves out; null is not told.")
    )
    pending = number(_("How many it still looks into; null is not told."))
    as_written = text(_("In the bulletin's own words."), null=True)
    document = text(_("Where the counts were read."), null=True)
    url = serializers.URLField(allow_null=True, help_text=_("Where it stands."))
    stated_on = serializers.DateField(allow_null=True, help_text=_("Day it was given out."))


class ConcordanceDocument(Document):
    """What each monitor counted in one area on one day, and what it was answered."""

    day = serializers.DateField(help_text=_("Last day counted."))
    place = PlaceReference(allow_null=True, help_text=_("Where; null is the whole country."))
    counts = TallyDocument(many=True, help_text=_("Who says what; the order means nothing."))
