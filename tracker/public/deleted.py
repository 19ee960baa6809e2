"""What can be asked of what was taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.paging import Order
from tracker.parameters import Listed
from tracker.public.changes import UPDATED, Kept, changed_since
from tracker.public.models import Kind, Tombstone

# What is told beside another, such as an outline of its place, goes with it.
BURIED = [
    kind.value for kind in Kind if kind not in {Kind.SCOPE, Kind.HISTORY, Kind.ZONES, Kind.BOUNDARY}
]
# A tombstone has no public id of its own.
ORDER = Order(UPDATED.name, ("change", "id"))


class DeletedQuery(Kept):
    """What was taken back, in the order in which it was."""

    kind = Listed(
        child=serializers.ChoiceField(BURIED),
        required=False,
        help_text=_("What it was."),
    )

    @classmethod
    def apply(cls, tombstones: QuerySet[Tombstone], asked: dict[str, Any]) -> QuerySet[Tombstone]:
        """The tombstones that answer to what was asked."""
        if "kind" in asked:
            tombstones = tombstones.filter(kind__in=asked["kind"])
        if "updated_since" in asked:
            since = asked["updated_since"]
            tombstones = changed_since(tombstones, since, order=ORDER, day="withdrawn_on")
        return tombstones
