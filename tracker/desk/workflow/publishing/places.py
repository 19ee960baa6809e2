"""Places published, shown one for the other, and shown again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tracker.desk.models import Boundary, Place
from tracker.desk.workflow.publishing import drafts, history, rewriting
from tracker.desk.workflow.publishing.burying import bury
from tracker.desk.workflow.publishing.locking import locked
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.storing import said, say, store
from tracker.public.models import Edition, Entry, Facet, Kind, Tombstone


def held_places(read: Callable[[], list[Place]]) -> list[Place]:
    """The places that `read` gives, whose rows, with those of all they lie in, are held until the end.

    They are read again once they are held: until then another may merge one of them, and bury its
    edition.
    """
    held: set[int] = set()
    while True:
        narrow = read()
        around = {wider for each in narrow for wider in each.lineage()}
        if held.issuperset(place.pk for place in around):
            return narrow
        held |= {place.pk for place in locked(around)}


def publish_places(narrow: list[Place]) -> None:
    """Write what the public reads of these places and of all they lie in, whose rows are held."""
    around = {wider for each in narrow for wider in each.lineage()}
    for place in sorted(around, key=lambda place: place.pk):
        store(drafts.of_place(_drawn(place)))
        _store_boundary(place)


@numbered
def replace_place(place: Place, into: Place) -> dict[str, Any]:
    """Show another place wherever editions show this one or are found under it, and bury this one.

    Gives what restore_place needs to take it back: nothing where the public never saw the place.
    """
    edition = Edition.objects.of(Kind.PLACE).filter(public_id=str(place.public_id)).first()
    if edition is None:
        return {}
    found = Edition.objects.with_facet("place", [edition.public_id]).exclude(pk=edition.pk)
    public_ids = list(found.values_list("public_id", flat=True))
    earlier = Tombstone.objects.filter(kind=Kind.PLACE, replaced_by=edition.public_id)
    buried = {
        "revision": edition.revision,
        "published_on": edition.published_on.isoformat(),
        "found": public_ids,
        "earlier": list(earlier.values_list("public_id", flat=True)),
    }
    publish_places([into])
    _show_instead(place, into, set(public_ids))
    earlier.update(replaced_by=str(into.public_id), change=None)
    Edition.objects.of(Kind.BOUNDARY).filter(public_id=edition.public_id).delete()
    bury([edition], "found to be the same place as another", replaced_by=str(into.public_id))
    return buried


@numbered
def restore_place(
    place: Place, instead_of: Place, buried: dict[str, Any], public_ids: set[str]
) -> None:
    """Show again a place that replace_place buried, in the editions with these ids."""
    # Its revisions go on where they ended, so that none says two things.
    Edition.objects.get_or_create(
        kind=Kind.PLACE,
        public_id=str(place.public_id),
        defaults={
            "revision": buried["revision"],
            "document": "{}",
            "published_on": buried["published_on"],
            "updated_on": timezone.localdate(),
        },
    )
    publish_places([place])
    _show_instead(instead_of, place, public_ids)
    publish_places([instead_of])
    earlier = Tombstone.objects.filter(kind=Kind.PLACE, public_id__in=buried["earlier"])
    earlier.update(replaced_by=str(place.public_id), change=None)


def _show_instead(gone: Place, shown: Place, public_ids: set[str]) -> None:
    """Name one place for the other in these editions, and find them where that one lies."""
    carrying = Edition.objects.with_facet("place", [str(gone.public_id)])
    found = [pk for pk, key in carrying.values_list("pk", "public_id") if key in public_ids]
    spellings = Edition.objects.of(Kind.PLACE).get(public_id=str(shown.public_id)).search
    swap = rewriting.Swap(str(gone.public_id), shown, spellings.split(" | "), public_ids)
    told = Facet.objects.filter(name="incident", edition__in=found).values("value")
    whole = Edition.objects.filter(Q(pk__in=found) | Q(public_id__in=told), kind=Kind.INCIDENT)
    for edition in whole:
        _rewrite_incident(edition, swap)
    for edition in Edition.objects.filter(pk__in=found, kind=Kind.PLACE):
        say(edition, rewriting.place(said(edition), swap))
    for edition in Edition.objects.filter(pk__in=found, kind=Kind.TALLY):
        say(edition, rewriting.tally(said(edition), edition.search.split(" | "), swap))
    for edition in Edition.objects.filter(pk__in=found, kind=Kind.COVERAGE):
        say(edition, rewriting.coverage(said(edition), edition.search.split(" | "), swap))
    before, after = _lies_in(gone), _lies_in(shown)
    places = Facet.objects.filter(name="place", edition__in=found)
    places.filter(value__in=before - after).delete()
    Facet.objects.bulk_create(
        (Facet(edition_id=pk, name="place", value=each) for pk in found for each in after),
        ignore_conflicts=True,
    )


def _rewrite_incident(edition: Edition, swap: rewriting.Swap) -> None:
    before = said(edition)
    draft = rewriting.incident(before, edition.search.split(" | "), swap)
    if draft.document == before:
        return
    say(edition, draft)
    history.tell_revised(edition, before)
    claims = [claim["id"] for claim in draft.document["reports"]]
    reports = list(Edition.objects.filter(kind=Kind.REPORT, public_id__in=claims))
    for report in reports:
        say(report, rewriting.report(said(report), draft.document, swap))
    for each in (edition, *reports):
        Entry.objects.filter(edition=each).update(updated_on=each.updated_on)


def _lies_in(place: Place) -> set[str]:
    """The public ids of a published place and of all it lies in, as last published."""
    facets = Facet.objects.filter(
        name="place", edition__kind=Kind.PLACE, edition__public_id=str(place.public_id)
    )
    return set(facets.values_list("value", flat=True))


def _drawn(place: Place) -> Place:
    """The place, it and all around it with their public ids."""
    for wider in place.lineage():
        if wider.public_id is None:
            # Drawn by a filter, so that two incidents published at once agree on one id.
            Place.objects.filter(pk=wider.pk, public_id=None).update(public_id=uuid.uuid4())
            wider.refresh_from_db(fields=["public_id"])
    return place


def _store_boundary(place: Place) -> None:
    boundary = Boundary.objects.filter(place=place).select_related("place").first()
    if boundary:
        is_news = store(drafts.of_boundary(boundary)).change is None
    else:
        told = Edition.objects.of(Kind.BOUNDARY).filter(public_id=str(place.public_id))
        is_news = told.delete()[0] > 0
    if is_news:
        # It is told beside the place's document: who keeps up with places must learn of it.
        Edition.objects.of(Kind.PLACE).filter(public_id=str(place.public_id)).update(change=None)
