"""Keeping up: what has changed since, in the order of the changes.

In that order what changes while it is read comes again at the end, and nothing is passed by.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.paging import Order
from tracker.parameters import Paged, SinceField

Rows = TypeVar("Rows", bound=QuerySet[Any])
UPDATED = Order("updated", ("change", "public_id"))


class Kept(Paged):
    """What a list can be asked by who keeps up with it."""

    updated_since = SinceField(
        required=False,
        help_text=_(
            "Published or changed on or after this day; or, by the `resume` of an answer, all that"
            " has changed since that answer and nothing else. What answers to the other filters no"
            " more is not told of. Without ordering, by change."
        ),
    )

    @classmethod
    def read(cls, parameters: QueryDict) -> dict[str, Any]:
        asked = super().read(parameters)
        if "updated_since" in asked and "ordering" not in parameters:
            asked["ordering"] = UPDATED.name
        return asked


def changed_since(rows: Rows, since: dt.date | str, *, order: Order, day: str) -> Rows:
    """The rows that changed since a day, which their column `day` tells, or behind an answer's end."""
    if isinstance(since, dt.date):
        return rows.filter(**{f"{day}__gte": since})
    try:
        return order.after(rows, since)
    except serializers.ValidationError:
        wrong = _("“%s” is neither a day nor the resume of an answer here.") % since
        raise serializers.ValidationError({"updated_since": [wrong]}) from None
