from __future__ import annotations

from typing import Any


def locked(things: set[Any]) -> list[Any]:
    """Hold the rows until the end: two reviewers who publish at once write each edition in turn."""
    ordered = sorted(things, key=lambda thing: thing.pk)
    if ordered:
        model = type(ordered[0])
        held = model.objects.select_for_update(no_key=True).filter(
            pk__in=[thing.pk for thing in ordered]
        )
        list(held.order_by("pk"))
    return ordered
