"""The members of coverage periods, described for OpenAPI."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import Access, CoverageMeans
from tracker.public.api.documents import (
    PartyReference,
    PlaceReference,
    Published,
    SourceReference,
    text,
)


class CoverageDocument(Published):
    """How far one monitor could see one area in one period."""

    id = serializers.UUIDField(help_text=_("Id of the coverage period: it never changes."))
    monitor = SourceReference(help_text=_("Who could see, or could not."))
    place = PlaceReference(allow_null=True, help_text=_("Where; null is the whole country."))
    date_start = serializers.DateField(help_text=_("First day it was so."))
    date_end = serializers.DateField(
        allow_null=True, help_text=_("Last day it was so; null until it is known to have ended.")
    )
    access = serializers.ChoiceField(Access.choices, help_text=_("How far it could see."))
    obstructed_by = PartyReference(
        allow_null=True, help_text=_("Who is said to have kept it from seeing more.")
    )
    means = serializers.ChoiceField(
        CoverageMeans.choices, allow_null=True, help_text=_("How it watches; null is not told.")
    )
    as_written = text(_("In the document's own words."), null=True)
    document = text(_("Where this was read."), null=True)
    url = serializers.URLField(allow_null=True, help_text=_("Where it stands."))
    stated_on = serializers.DateField(allow_null=True, help_text=_("Day it was given out."))
