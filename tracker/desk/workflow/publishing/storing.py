"""Editions written: their documents, revisions, facets and index rows."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import orjson
from django.utils import timezone

from tracker.desk.workflow.publishing.drafts import Draft
from tracker.geo.names import fold
from tracker.public.models import Edition, Entry, Facet, Kind, Spot, Tombstone

# What an edition adds to a document.
ENVELOPE = ("revision", "published_on", "updated_on", "changelog")


def store(draft: Draft) -> Edition:
    """Write an edition; one that says the same as before is left as it is, revision included."""
    today = timezone.localdate()
    edition = Edition.objects.filter(kind=draft.kind, public_id=draft.public_id).first()
    if edition is None:
        edition = Edition(
            kind=draft.kind, public_id=draft.public_id, revision=0, published_on=today
        )
    say(edition, draft)
    Tombstone.objects.filter(kind=draft.kind, public_id=draft.public_id).delete()
    _set_facets(edition, draft)
    if draft.spot:
        Spot.objects.update_or_create(edition=edition, defaults=draft.spot)
    elif draft.kind == Kind.PLACE:
        Spot.objects.filter(edition=edition).delete()
    if draft.entry:
        row = {**draft.entry, "kind": draft.kind, "updated_on": edition.updated_on}
        Entry.objects.update_or_create(edition=edition, defaults=row)
    return edition


def say(edition: Edition, draft: Draft) -> None:
    """Let an edition say what the draft does, under its next revision if that is news."""
    before = orjson.loads(edition.document) if edition.document else {}
    edition.label = draft.label[:300]
    edition.search = " | ".join(dict.fromkeys(fold(name) for name in draft.names if name))
    if draft.document != said(edition) or draft.kind == Kind.INCIDENT:
        today = timezone.localdate()
        write(edition, {**draft.document, **_envelope(edition, draft, before, today)})
    else:
        edition.save(update_fields=["label", "search"])


def said(edition: Edition) -> dict[str, Any]:
    """What an edition's document says, without what the edition adds to it."""
    before = orjson.loads(edition.document) if edition.document else {}
    return {key: value for key, value in before.items() if key not in ENVELOPE}


def write(edition: Edition, document: dict[str, Any]) -> None:
    content = orjson.dumps(document)
    edition.document = content.decode()
    edition.digest = hashlib.sha256(content).hexdigest()
    edition.save()


def _envelope(
    edition: Edition, draft: Draft, before: dict[str, Any], today: dt.date
) -> dict[str, Any]:
    edition.revision += 1
    edition.updated_on = today
    envelope: dict[str, Any] = {
        "revision": edition.revision,
        "published_on": edition.published_on.isoformat(),
        "updated_on": today.isoformat(),
    }
    if draft.kind == Kind.INCIDENT:
        changed = [key for key, value in draft.document.items() if before.get(key) != value]
        entry = {
            "revision": edition.revision,
            "date": today.isoformat(),
            "changed": changed if before else [],
        }
        envelope["changelog"] = [*before.get("changelog", []), entry]
    return envelope


def _set_facets(edition: Edition, draft: Draft) -> None:
    wanted = {(name, value) for name, values in draft.facets.items() for value in values}
    held = {(facet.name, facet.value): facet for facet in edition.facets.all()}
    stale = [facet.pk for key, facet in held.items() if key not in wanted]
    Facet.objects.filter(pk__in=stale).delete()
    Facet.objects.bulk_create(
        Facet(edition=edition, name=name, value=value) for name, value in sorted(wanted - set(held))
    )
