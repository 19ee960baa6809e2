"""Incidents merged: what the public reads of them, and where their readers are led.

Where the public knows both, the merged one is buried at once and its claims are told with the other,
as they were signed; nothing else that nobody signed is told. Where the public does not know the other
yet, the merged edition stays until that one is published. So no claim is lost, and none stands twice;
but those of a guarded or withheld incident are taken back until it is signed: who signs it sees what
they would tell of the place.

A merge that is undone gives no edition back: what was buried has not followed what was hidden, placed
or judged anew since. Both incidents wait to be published again. Until then the one that stayed tells
all the claims, and who asks for the other is told that it waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.utils import timezone

from tracker.codebook import Publication, Sensitivity
from tracker.desk.models import Incident
from tracker.desk.workflow.judging import facts
from tracker.desk.workflow.judging.verdicts import Court
from tracker.desk.workflow.publishing import drafts, history, verdicts
from tracker.desk.workflow.publishing.burying import bury_reports, mark_grave
from tracker.desk.workflow.publishing.counting import counted
from tracker.desk.workflow.publishing.drafts import Draft
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.storing import revise, said, set_facets, store
from tracker.public.models import Edition, Entry, Facet, Kind, Tombstone

SAME = "found to be the same incident as another"
# An incident's own editions.
OWN = (Kind.INCIDENT, Kind.SCOPE)


@numbered
def replace_incident(incident: Incident, into: Incident) -> None:
    """Show another incident in the place of this one, which has just been merged into it."""
    if _edition(into) is None:
        return
    if into.sensitivity == Sensitivity.OPEN:
        for merged in (incident, *_absorbed(incident)):
            _take_over(merged, into)
    bury_merged(into)


@numbered
def part_incident(incident: Incident) -> None:
    """Tell who asks for an incident parted from another again that it waits to be published."""
    buried = Tombstone.objects.filter(kind=Kind.INCIDENT)
    within = [str(each.public_id) for each in _absorbed(incident)]
    buried.filter(public_id__in=within).update(
        replaced_by=str(incident.public_id or ""), change=None
    )
    buried.filter(public_id=str(incident.public_id)).update(
        reason="found to be another incident than the one that replaced it; not published again yet",
        replaced_by="",
        change=None,
    )


def bury_merged(incident: Incident) -> None:
    """Lead the readers of all that was merged into an incident to its edition."""
    for merged in _absorbed(incident):
        if merged.public_id is None:
            continue
        _bury(merged, into=incident)
        mark_grave(Kind.INCIDENT, str(merged.public_id), SAME, replaced_by=str(incident.public_id))


def resume(incident: Incident) -> None:
    """Let the revisions of an incident that was buried go on where they ended, as none says two things."""
    merged = incident.merges.exclude(ended={}).last()
    for kind, ended in (merged.ended if merged else {}).items():
        Edition.objects.get_or_create(
            kind=kind,
            public_id=str(incident.public_id),
            defaults={**ended, "updated_on": timezone.localdate()},
        )


def _absorbed(incident: Incident) -> Iterator[Incident]:
    """All that was merged into an incident, by way of others too."""
    for merged in incident.absorbed.order_by("pk"):
        yield merged
        yield from _absorbed(merged)


def _edition(incident: Incident) -> Edition | None:
    return Edition.objects.of(Kind.INCIDENT).filter(public_id=str(incident.public_id)).first()


def _bury(merged: Incident, *, into: Incident) -> None:
    editions = Edition.objects.filter(kind__in=OWN, public_id=str(merged.public_id))
    ended = {each.kind: _end(each) for each in editions}
    if not ended:
        return
    merged.merges.filter(undone_at=None).update(ended=ended)
    whole = editions.get(kind=Kind.INCIDENT)
    history.tell_withdrawn(whole, SAME, replaced_by=str(into.public_id))
    with counted([str(merged.public_id)]):
        bury_reports(merged, kept=[])
        editions.delete()
    Incident.objects.filter(pk=merged.pk).update(publication=Publication.DRAFT)


def _end(edition: Edition) -> dict[str, Any]:
    """What the next revision of an edition goes on from: its number, and what changed when."""
    changelog = orjson.loads(edition.document).get("changelog", [])
    return {
        "revision": edition.revision,
        "published_on": edition.published_on.isoformat(),
        "document": orjson.dumps({"changelog": changelog}).decode(),
    }


def _take_over(merged: Incident, into: Incident) -> None:
    """Tell with an incident the claims of one merged into it, as they were signed."""
    gone, kept = _edition(merged), _edition(into)
    if gone is None or kept is None:
        return
    order = _order(into)
    claims = [
        {**claim, "incident": kept.public_id}
        for claim in said(gone)["reports"]
        if claim["id"] in order
    ]
    before = said(kept)
    whole = {**before}
    told = {claim["id"]: claim for claim in (*whole["reports"], *claims)}
    whole["reports"] = sorted(
        told.values(), key=lambda claim: (claim["date_start"], order.get(claim["id"], -1))
    )
    _judge(whole, claims, into)
    revise(kept, whole)
    history.tell_revised(kept, before)
    Entry.objects.filter(edition=kept).update(updated_on=kept.updated_on)
    with counted([kept.public_id, gone.public_id]):
        _let_be_found(kept, whole, claims)


def _order(incident: Incident) -> dict[str, int]:
    """The public ids of an incident's reports, each with its number at the desk: the order in a day."""
    # Those corrected too: the public does not know their corrections before these are signed.
    reports = incident.reports.exclude(public_id=None)
    return {str(public_id): pk for public_id, pk in reports.values_list("public_id", "pk")}


def _judge(whole: dict[str, Any], claims: list[dict[str, Any]], into: Incident) -> None:
    """Judge an incident by what was signed of it, and by whom these claims accuse too."""
    if into.signed_facts is None:
        return
    accused = {
        party["id"]
        for claim in claims
        if claim["stance"] in facts.ACCUSING
        for party in claim["accused"]
    }
    signed = {*into.signed_facts["accused"], *accused}
    into.signed_facts = {**into.signed_facts, "accused": sorted(signed)}
    into.save(update_fields=["signed_facts"])
    scope = Court.in_public().scope(into, facts.read(into.signed_facts))
    whole["verdicts"] = verdicts.in_short(scope)
    store(drafts.of_scope(whole["id"], whole["title"], scope))


def _let_be_found(kept: Edition, whole: dict[str, Any], claims: list[dict[str, Any]]) -> None:
    by_verdict = verdicts.facets(whole["verdicts"])
    reports = Edition.objects.of(Kind.REPORT).with_facet("incident", [kept.public_id])
    set_facets([kept, *reports], by_verdict)
    set_facets([kept], drafts.speakers(whole["reports"]))
    around = _places(Kind.INCIDENT, kept.public_id)
    draft = Draft(
        "incident", kept.public_id, kept.label, [], whole, {**by_verdict, "place": around}
    )
    for claim in claims:
        within = _places(Kind.REPORT, claim["id"]) if claim["place"] else []
        store(drafts.of_claim(claim, draft, within))


def _places(kind: Kind, public_id: str) -> list[str]:
    found = Facet.objects.filter(
        name="place", edition__kind=kind, edition__public_id=public_id
    ).order_by("value")
    return list(found.values_list("value", flat=True))
