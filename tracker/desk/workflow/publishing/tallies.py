"""Bulletins published: each of their counts by itself, beside incidents and never among them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tracker.desk.models import Bulletin, Place, Tally
from tracker.desk.workflow.publishing import documents
from tracker.desk.workflow.publishing.burying import bury
from tracker.desk.workflow.publishing.drafts import Draft, ids, of_source, within
from tracker.desk.workflow.publishing.locking import locked
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.parties import publish_parties
from tracker.desk.workflow.publishing.places import held_places, publish_places
from tracker.desk.workflow.publishing.storing import store
from tracker.public.models import Edition, Kind

# What could tell who a confidential monitor or counterpart is.
TELLING = ("document", "url", "stated_on", "as_written")


@numbered
def publish_bulletin(bulletin: Bulletin) -> list[Edition]:
    """Write what the public reads of a bulletin's counts; bury those that no longer stand in it."""
    current = Bulletin.objects.select_for_update(no_key=True).get(pk=bulletin.pk)
    if current.published_on is None:
        current.published_on = timezone.localdate()
        current.save(update_fields=["published_on"])
    bulletin.published_on = current.published_on
    _publish_references(current)
    # Read again: every place now has its public id, wherever it is reached from.
    editions = [store(_draft(tally)) for tally in _tallies_of(current)]
    _bury(current, kept=editions)
    return editions


def document(tally: Tally) -> dict[str, Any]:
    """The public form of a count."""
    bulletin = tally.bulletin
    told: dict[str, Any] = {
        "id": str(tally.public_id),
        "bulletin": str(bulletin.public_id),
        "monitor": documents.source_reference(bulletin.monitor),
        "date_start": bulletin.date_start.isoformat(),
        "date_end": bulletin.date_end.isoformat(),
        "place": documents.place_reference(_area(tally)),
        "accused": documents.party_reference(tally.accused) if tally.accused else None,
        "measure": bulletin.measure or None,
        "count": tally.count,
        "counterpart": (
            documents.source_reference(bulletin.counterpart) if bulletin.counterpart else None
        ),
        **tally.answers,
        "as_written": tally.as_written or None,
        "document": bulletin.document or None,
        "url": bulletin.url or None,
        "stated_on": bulletin.stated_on.isoformat() if bulletin.stated_on else None,
    }
    speakers = (bulletin.monitor, bulletin.counterpart)
    if any(each.is_confidential for each in speakers if each):
        return without_telling(told)
    return told


def without_telling(told: dict[str, Any]) -> dict[str, Any]:
    """A count's document without what could tell who counted or answered."""
    return {**told, **dict.fromkeys(TELLING)}


def _draft(tally: Tally) -> Draft:
    told, area = document(tally), _area(tally)
    named = [told[each] for each in ("monitor", "counterpart", "accused", "place") if told[each]]
    names = [each[name] for each in named for name in ("name", "name_ar")]
    if area:
        names += [each.name for each in area.names.all()]
    return Draft(
        "tally",
        told["id"],
        # By day, to sort by; it names no monitor, which may have to be hidden later.
        f"{told['date_end']} {area.name if area else ''}".strip(),
        [*names, told["as_written"]],
        told,
        {
            "bulletin": [told["bulletin"]],
            "monitor": ids(told["monitor"]),
            "counterpart": ids(told["counterpart"]),
            "accused": ids(told["accused"]),
            "place": within(area),
            "day": [told["date_end"]],
        },
    )


def _area(tally: Tally) -> Place | None:
    return tally.place.standing if tally.place else None


def _areas(bulletin: Bulletin) -> list[Place]:
    return list({area for area in map(_area, _tallies_of(bulletin)) if area})


def _tallies_of(bulletin: Bulletin) -> list[Tally]:
    related = ("bulletin__monitor", "bulletin__counterpart", "place__merged_into", "accused")
    return list(bulletin.tallies.select_related(*related).order_by("pk"))


def _publish_references(bulletin: Bulletin) -> None:
    sources = {
        source
        for source in (bulletin.monitor, bulletin.counterpart)
        if source and not source.is_confidential
    }
    tallies = _tallies_of(bulletin)
    parties = {tally.accused for tally in tallies if tally.accused}
    parties |= {source.alignment for source in sources if source.alignment}
    publish_places(held_places(lambda: _areas(bulletin)))
    publish_parties(parties)
    for source in locked(sources):
        store(of_source(source))


def _bury(bulletin: Bulletin, *, kept: list[Edition]) -> None:
    """Take back the counts that no longer stand in a bulletin, each with a tombstone."""
    told = Edition.objects.of(Kind.TALLY).with_facet("bulletin", [str(bulletin.public_id)])
    gone = told.exclude(pk__in=[each.pk for each in kept])
    bury(list(gone), "no longer a count of this bulletin")
