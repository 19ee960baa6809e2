"""The one door between the wings: the only code that writes editions."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.codebook import Publication
from tracker.desk.models import Agreement, Incident, Party, Place, Report, Source, User
from tracker.desk.workflow import documents, drafts
from tracker.desk.workflow.drafts import Draft
from tracker.errors import NotReady
from tracker.geo.names import fold
from tracker.public.models import Edition, Entry, Facet, Kind, Tombstone


def missing(incident: Incident) -> list[str]:
    """What publication still demands, in words; empty where the incident is ready."""
    wanted = []
    if not incident.acts:
        wanted.append(_("at least one act"))
    if not incident.reports.current().exists():
        wanted.append(_("at least one report"))
    return wanted


@transaction.atomic
def publish(incident: Incident, *, by: User) -> Edition:
    """Write what the public reads of an incident, and of all it refers to.

    Raises NotReady, naming what is missing.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if reasons := missing(incident):
        raise NotReady(
            _("This incident cannot be published yet. It lacks: %s.") % ", ".join(reasons), reasons
        )
    _sign(incident, by)
    _draw_ids(incident)
    _publish_references(incident)
    # Read again: every place now has its public id, wherever it is reached from.
    incident = Incident.objects.get(pk=incident.pk)
    reports = _reports_of(incident)
    draft = drafts.of_incident(incident, reports)
    edition = _store(draft)
    for report, document in zip(reports, draft.document["reports"], strict=True):
        _store(drafts.of_report(report, document, draft))
    _bury_reports(incident, kept=reports)
    return edition


@transaction.atomic
def publish_agreement(agreement: Agreement) -> Edition:
    """Write what the public reads of an agreement, and of those it stands under."""
    if agreement.parent:
        publish_agreement(agreement.parent)
    if agreement.published_on is None:
        agreement.published_on = timezone.localdate()
        agreement.save(update_fields=["published_on"])
    return _store(drafts.of_agreement(agreement))


@transaction.atomic
def hide_source(source: Source) -> None:
    """Take a source's name, and what could tell it, out of every edition at once.

    For a source that turns out to need protection: this cannot wait until incidents are signed anew.
    """
    # No tombstone: the slug itself would tell the name.
    Edition.objects.of(Kind.SOURCE).filter(public_id=source.slug).delete()
    for name in ("source", "claimant"):
        found = Facet.objects.filter(name=name, value=source.slug)
        touched = list(found.values_list("edition_id", flat=True))
        found.delete()
        for edition in Edition.objects.filter(pk__in=touched):
            document = orjson.loads(edition.document)
            if "reports" in document:
                document["reports"] = [_hidden(each, source) for each in document["reports"]]
            else:
                document = _hidden(document, source)
                # What was said can no longer be searched for either.
                edition.search = fold(edition.label)
            _write(edition, document)


def _reports_of(incident: Incident) -> list[Report]:
    reports = incident.reports.current().select_related(
        "source", "source__alignment", "relayed_from", "relayed_from__alignment", "place"
    )
    return list(reports.prefetch_related("accused", "figures").order_by("date_start", "id"))


def _sign(incident: Incident, by: User) -> None:
    incident.public_id = incident.public_id or uuid.uuid4()
    incident.publication = Publication.PUBLISHED
    incident.revision += 1
    incident.published_by, incident.published_at = by, timezone.now()
    incident.save(
        update_fields=["public_id", "publication", "revision", "published_by", "published_at"]
    )


def _draw_ids(incident: Incident) -> None:
    for report in incident.reports.current().filter(public_id=None):
        report.public_id = uuid.uuid4()
        report.save(update_fields=["public_id"])


def _publish_references(incident: Incident) -> None:
    reports = _reports_of(incident)
    shown = [documents.shown_place(incident.place, incident.sensitivity)]
    shown += [documents.shown_place(report.place, incident.sensitivity) for report in reports]
    sources = {
        source
        for report in reports
        for source in (report.source, report.claimant)
        if not source.is_confidential
    }
    parties = {party for report in reports for party in report.accused.all()}
    parties |= {source.alignment for source in sources if source.alignment}
    places = {wider for narrow in shown if narrow for wider in narrow.lineage()}
    for place in _locked(places):
        _store(drafts.of_place(_drawn(place)))
    for party in _locked(_with_relatives(parties)):
        _store(drafts.of_party(party))
    for source in _locked(sources):
        _store(drafts.of_source(source))


def _locked(things: set[Any]) -> list[Any]:
    """Hold the rows until the end: two reviewers who publish at once write each edition in turn."""
    ordered = sorted(things, key=lambda thing: thing.pk)
    if ordered:
        model = type(ordered[0])
        held = model.objects.select_for_update().filter(pk__in=[thing.pk for thing in ordered])
        list(held.order_by("pk"))
    return ordered


def _with_relatives(parties: set[Party]) -> set[Party]:
    """These parties and all they answer to or turned into: a document names them too."""
    known, waiting = set(parties), list(parties)
    while waiting:
        party = waiting.pop()
        for relative in (party.parent, party.successor):
            if relative and relative not in known:
                known.add(relative)
                waiting.append(relative)
    return known


def _drawn(place: Place) -> Place:
    """The place, it and all around it with their public ids."""
    for wider in place.lineage():
        if wider.public_id is None:
            # Drawn by a filter, so that two incidents published at once agree on one id.
            Place.objects.filter(pk=wider.pk, public_id=None).update(public_id=uuid.uuid4())
            wider.refresh_from_db(fields=["public_id"])
    return place


def _bury_reports(incident: Incident, *, kept: list[Report]) -> None:
    """Take back the reports that no longer belong to an incident, each with a tombstone."""
    gone = (
        Edition.objects.of(Kind.REPORT)
        .with_facet("incident", [str(incident.public_id)])
        .exclude(public_id__in=[str(report.public_id) for report in kept])
    )
    for edition in gone:
        correction = Report.objects.filter(supersedes__public_id=edition.public_id).first()
        corrected = correction is not None and correction.public_id is not None
        Tombstone.objects.update_or_create(
            kind=Kind.REPORT,
            public_id=edition.public_id,
            defaults={
                "withdrawn_on": timezone.localdate(),
                "reason": "corrected" if corrected else "no longer held to tell of this incident",
                "replaced_by": str(correction.public_id) if corrected and correction else "",
            },
        )
        edition.delete()


def _hidden(document: dict[str, Any], source: Source) -> dict[str, Any]:
    told = {document[role]["id"] for role in ("source", "claimant")}
    if source.slug not in told:
        return document
    hidden = documents.without_telling(document)
    for role in ("source", "claimant"):
        if document[role]["id"] == source.slug:
            hidden[role] = documents.masked_source(document[role]["kind"])
    return hidden


def _store(draft: Draft) -> Edition:
    """Write an edition; one that says the same as before is left as it is, revision included."""
    today = timezone.localdate()
    edition = Edition.objects.filter(kind=draft.kind, public_id=draft.public_id).first()
    if edition is None:
        edition = Edition(
            kind=draft.kind, public_id=draft.public_id, revision=0, published_on=today
        )
    before = orjson.loads(edition.document) if edition.document else {}
    said = {key: value for key, value in before.items() if key not in ENVELOPE}
    edition.label = draft.label[:300]
    edition.search = " | ".join(dict.fromkeys(fold(name) for name in draft.names if name))
    if draft.document != said or draft.kind == Kind.INCIDENT:
        _write(edition, {**draft.document, **_envelope(edition, draft, before, today)})
    else:
        edition.save(update_fields=["label", "search"])
    Tombstone.objects.filter(kind=draft.kind, public_id=draft.public_id).delete()
    _set_facets(edition, draft)
    if draft.entry:
        row = {**draft.entry, "kind": draft.kind, "updated_on": edition.updated_on}
        Entry.objects.update_or_create(edition=edition, defaults=row)
    return edition


# What an edition adds to a document.
ENVELOPE = ("revision", "published_on", "updated_on", "changelog")


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


def _write(edition: Edition, document: dict[str, Any]) -> None:
    content = orjson.dumps(document)
    edition.document = content.decode()
    edition.digest = hashlib.sha256(content).hexdigest()
    edition.save()


def _set_facets(edition: Edition, draft: Draft) -> None:
    wanted = {(name, value) for name, values in draft.facets.items() for value in values}
    held = {(facet.name, facet.value): facet for facet in edition.facets.all()}
    stale = [facet.pk for key, facet in held.items() if key not in wanted]
    Facet.objects.filter(pk__in=stale).delete()
    Facet.objects.bulk_create(
        Facet(edition=edition, name=name, value=value) for name, value in sorted(wanted - set(held))
    )
