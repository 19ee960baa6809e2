"""Coverage periods entered, and what a monitor's say of one another: told, never mended."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.desk.models import Coverage


def take_in(stated: dict[str, Any]) -> Coverage:
    """Keep a coverage period. `stated` holds the model's own fields."""
    return Coverage.objects.create(**stated)


def rewrite(period: Coverage, stated: dict[str, Any]) -> None:
    """Change these fields of a coverage period. The public reads them once it is published again."""
    for name, value in stated.items():
        setattr(period, name, value)
    period.save(update_fields=list(stated))


def contradictions(coverage: Coverage) -> list[str]:
    """Where the same monitor says otherwise of the same area on a day of this period.

    In words, one sentence each. By another means it may well see less, or more: that is none.
    """
    others = (
        Coverage.objects.select_related("monitor", "place")
        .filter(
            Q(date_end=None) | Q(date_end__gte=coverage.date_start),
            monitor=coverage.monitor,
            place=coverage.place,
        )
        .exclude(access=coverage.access)
    )
    if coverage.date_end:
        others = others.filter(date_start__lte=coverage.date_end)
    if coverage.means:
        others = others.filter(means__in=["", coverage.means])
    return [_("The same monitor says otherwise: %s.") % other for other in others]
