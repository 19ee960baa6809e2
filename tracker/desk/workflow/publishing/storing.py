"""Editions written: their documents, revisions, facets and index rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.utils import timezone

from tracker.desk.workflow.publishing.counting import keeps_count
from tracker.desk.workflow.publishing.drafts import Draft
from tracker.geo.names import fold
from tracker.public.models import Edition, Entry, Facet, Kind, Spot, Tombstone

# What an edition adds to a document.
ENVELOPE = ("revision", "published_on", "updated_on", "changelog")


@keeps_count
def store(draft: Draft, *, is_news: bool = False, after: int = 0) -> Edition:
    """Write an edition; one that says the same as before is left as it is, revision included.

    `is_news` gives it its next revision all the same: for what is told beside its document. `after`
    is the last revision of one that was withdrawn meanwhile.
    """
    today = timezone.localdate()
    edition = Edition.objects.filter(kind=draft.kind, public_id=draft.public_id).first()
    if edition is None:
        edition = Edition(
            kind=draft.kind, public_id=draft.public_id, revision=after, published_on=today
        )
    say(edition, draft, is_news=is_news)
    Tombstone.objects.filter(kind=draft.kind, public_id=draft.public_id).delete()
    set_facets([edition], draft.facets)
    if draft.spot:
        Spot.objects.update_or_create(edition=edition, defaults=draft.spot)
    elif draft.kind == Kind.PLACE:
        Spot.objects.filter(edition=edition).delete()
    if draft.entry:
        row = {**draft.entry, "kind": draft.kind, "updated_on": edition.updated_on}
        Entry.objects.update_or_create(edition=edition, defaults=row)
    return edition


def say(edition: Edition, draft: Draft, *, is_news: bool = False) -> None:
    """Let an edition say what the draft does, under its next revision if that is news."""
    edition.label = draft.label[:300]
    edition.search = " | ".join(dict.fromkeys(fold(name) for name in draft.names if name))
    if is_news or draft.document != said(edition) or draft.kind == Kind.INCIDENT:
        revise(edition, draft.document)
    else:
        edition.save(update_fields=["label", "search"])


def said(edition: Edition) -> dict[str, Any]:
    """What an edition's document says, without what the edition adds to it."""
    return {key: value for key, value in _held(edition).items() if key not in ENVELOPE}


def revise(edition: Edition, document: Mapping[str, Any]) -> None:
    """Let an edition say this from today, under its next revision."""
    today, before = timezone.localdate(), _held(edition)
    edition.revision += 1
    edition.updated_on = today
    envelope: dict[str, Any] = {
        "revision": edition.revision,
        "published_on": edition.published_on.isoformat(),
        "updated_on": today.isoformat(),
    }
    if edition.kind == Kind.INCIDENT:
        changed = [key for key, value in document.items() if before.get(key) != value]
        entry = {
            "revision": edition.revision,
            "date": today.isoformat(),
            "changed": changed if before else [],
        }
        envelope["changelog"] = [*before.get("changelog", []), entry]
    write(edition, {**document, **envelope})


def write(edition: Edition, document: dict[str, Any]) -> None:
    content = orjson.dumps(document)
    edition.change = None
    edition.document = content.decode()
    edition.digest = hashlib.sha256(content).hexdigest()
    edition.save()


def set_facets(editions: Iterable[Edition], facets: Mapping[str, Iterable[str]]) -> None:
    """Let editions be found, under each of these names, by its values and by no others."""
    keys = [edition.pk for edition in editions]
    wanted = {
        (key, name, value) for key in keys for name, values in facets.items() for value in values
    }
    rows = Facet.objects.filter(edition__in=keys, name__in=facets)
    held = {(facet.edition_id, facet.name, facet.value): facet.pk for facet in rows}
    Facet.objects.filter(pk__in=[held[each] for each in set(held) - wanted]).delete()
    Facet.objects.bulk_create(
        Facet(edition_id=key, name=name, value=value)
        for key, name, value in sorted(wanted - set(held))
    )


def _held(edition: Edition) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(edition.document) if edition.document else {}
    return document
