"""The public changelog of an incident: what became of it, day by day.

Values are told of the fields below alone. Of all others only that they changed: what once named a
place or a source may have to be unsaid later, and no changelog shall keep it.

What enters here, webhooks tell at once.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.utils import timezone

from tracker.desk.workflow import webhooks
from tracker.desk.workflow.publishing.drafts import Draft
from tracker.desk.workflow.publishing.storing import ENVELOPE, store
from tracker.public.models import Edition, Kind

TOLD = (
    "date_start",
    "date_end",
    "date_precision",
    "geo_precision",
    "acts",
    "means",
    "targets",
    "verification",
)


def tell_revised(edition: Edition, before: dict[str, Any]) -> None:
    """Add an incident's latest revision; `before` is what the public read until then, if anything."""
    now = orjson.loads(edition.document)
    names = [
        name for name in now if name not in ENVELOPE and before and before.get(name) != now[name]
    ]
    what = "changed" if before else "published"
    _add(
        edition,
        what,
        changed=names,
        differences=[
            {"field": name, "before": before.get(name), "after": now[name]}
            for name in TOLD
            if name in names
        ],
    )
    webhooks.tell(f"incident.{what}", public_id=edition.public_id, revision=edition.revision)


def tell_withdrawn(edition: Edition, reason: str, *, replaced_by: str = "") -> None:
    """Add that it was taken back, and why; `replaced_by` is for webhooks, which tell the tombstone."""
    _add(edition, "withdrawn", reason=reason)
    webhooks.tell(
        "incident.withdrawn",
        public_id=edition.public_id,
        revision=edition.revision,
        withdrawn_on=timezone.localdate().isoformat(),
        reason=reason,
        replaced_by=replaced_by or None,
    )


def _add(
    edition: Edition,
    what: str,
    *,
    reason: str | None = None,
    changed: list[str] | None = None,
    differences: list[dict[str, Any]] | None = None,
) -> None:
    held = Edition.objects.of(Kind.HISTORY).filter(public_id=edition.public_id).first()
    earlier = orjson.loads(held.document)["revisions"] if held else []
    entry = {
        "revision": edition.revision,
        "date": timezone.localdate().isoformat(),
        "what": what,
        "reason": reason,
        "changed": changed or [],
        "differences": differences or [],
    }
    document = {"id": edition.public_id, "revisions": [*earlier, entry]}
    store(Draft("history", edition.public_id, edition.label, [], document))
