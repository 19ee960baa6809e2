"""What a monitor's coverage periods say of one another. A contradiction is told, never mended."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.desk.models import Coverage


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
