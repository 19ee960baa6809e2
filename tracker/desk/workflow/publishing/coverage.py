"""Coverage published: what each monitor could see, beside incidents and counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tracker.desk.models import Coverage, Place
from tracker.desk.workflow.publishing import documents
from tracker.desk.workflow.publishing.drafts import Draft, ids, names, of_source, within
from tracker.desk.workflow.publishing.locking import locked
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.parties import publish_parties
from tracker.desk.workflow.publishing.places import held_places, publish_places
from tracker.desk.workflow.publishing.storing import store
from tracker.public.models import Edition

# What could tell who a confidential monitor is. A camera can be looked for on the spot.
TELLING = ("means", "as_written", "document", "url", "stated_on")
# Sorts behind every day that can be asked for.
STILL_SO = dt.date.max.isoformat()


@numbered
def publish_coverage(coverage: Coverage) -> Edition:
    """Write what the public reads of a coverage period, and of all it refers to."""
    current = Coverage.objects.select_for_update(no_key=True).get(pk=coverage.pk)
    if current.published_on is None:
        current.published_on = timezone.localdate()
        current.save(update_fields=["published_on"])
    coverage.published_on = current.published_on
    _publish_references(current)
    # Read again: its place now has its public id, wherever it is reached from.
    return store(_draft(Coverage.objects.get(pk=current.pk)))


def document(coverage: Coverage) -> dict[str, Any]:
    """The public form of a coverage period."""
    told: dict[str, Any] = {
        "id": str(coverage.public_id),
        "monitor": documents.source_reference(coverage.monitor),
        "place": documents.place_reference(_area(coverage)),
        "date_start": coverage.date_start.isoformat(),
        "date_end": coverage.date_end.isoformat() if coverage.date_end else None,
        "access": coverage.access,
        "obstructed_by": (
            documents.party_reference(coverage.obstructed_by) if coverage.obstructed_by else None
        ),
        "means": coverage.means or None,
        "as_written": coverage.as_written or None,
        "document": coverage.document or None,
        "url": coverage.url or None,
        "stated_on": coverage.stated_on.isoformat() if coverage.stated_on else None,
    }
    return without_telling(told) if coverage.monitor.is_confidential else told


def without_telling(told: dict[str, Any]) -> dict[str, Any]:
    """A coverage period's document without what could tell whose it is."""
    return {**told, **dict.fromkeys(TELLING)}


def _draft(coverage: Coverage) -> Draft:
    told, area = document(coverage), _area(coverage)
    named = [told[each] for each in ("monitor", "obstructed_by") if told[each]]
    return Draft(
        "coverage",
        told["id"],
        # By day, to sort by; it names no monitor, which may have to be hidden later.
        f"{told['date_start']} {area.name if area else ''}".strip(),
        [
            *(each[name] for each in named for name in ("name", "name_ar")),
            *(names(area) if area else []),
            told["as_written"],
        ],
        told,
        {
            "monitor": ids(told["monitor"]),
            "access": [told["access"]],
            "obstructed_by": ids(told["obstructed_by"]),
            "place": within(area),
            "first_day": [told["date_start"]],
            "last_day": [told["date_end"] or STILL_SO],
        },
    )


def _area(coverage: Coverage) -> Place | None:
    return coverage.place.standing if coverage.place else None


def _areas(coverage: Coverage) -> list[Place]:
    area = _area(Coverage.objects.get(pk=coverage.pk))
    return [area] if area else []


def _publish_references(coverage: Coverage) -> None:
    sources = set() if coverage.monitor.is_confidential else {coverage.monitor}
    parties = {coverage.obstructed_by, *(source.alignment for source in sources)}
    publish_places(held_places(lambda: _areas(coverage)))
    publish_parties({party for party in parties if party})
    for source in locked(sources):
        store(of_source(source))
