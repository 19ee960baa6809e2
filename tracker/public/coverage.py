"""What can be asked of what monitors could see.

A period is found on each of its days; one that is not known to have ended lasts.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import Access
from tracker.parameters import Listed
from tracker.public.filters import Query, codes, names
from tracker.public.models import EditionQuerySet


class CoverageQuery(Query):
    monitor = names(_("Slugs of the sources that could see, or could not."))
    access = codes(Access, _("How far they could see."))
    obstructed_by = names(_("Slugs of parties said to have obstructed them."))
    place = Listed(
        child=serializers.UUIDField(),
        required=False,
        help_text=_("Ids of places; coverage of what lies in them is found too."),
    )
    date_from = serializers.DateField(required=False, help_text=_("Not over before this day."))
    date_to = serializers.DateField(required=False, help_text=_("Begun by this day."))
    ordering = serializers.ChoiceField(
        choices=["-date", "date", "updated"],
        default="-date",
        help_text=_("By the first day: newest first, or oldest first; or by the last change."),
    )

    FACETS = ("monitor", "access", "obstructed_by", "place")
    # The label begins with the first day.
    ORDERINGS = {"date": ("label", "public_id")}

    @classmethod
    def apply(cls, editions: EditionQuerySet, asked: dict[str, Any]) -> EditionQuerySet:
        editions = super().apply(editions, asked)
        if "date_from" in asked:
            editions = editions.with_day("last_day", asked["date_from"], None)
        if "date_to" in asked:
            editions = editions.with_day("first_day", None, asked["date_to"])
        return editions
