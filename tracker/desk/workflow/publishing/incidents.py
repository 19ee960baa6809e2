"""An incident published, with its reports and all they refer to."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.codebook import Publication
from tracker.desk.models import Incident, Place, Report, User
from tracker.desk.workflow.assessing import doubts
from tracker.desk.workflow.judging import AgreementScope, facts, public_scope
from tracker.desk.workflow.publishing import assessments, documents, drafts, history
from tracker.desk.workflow.publishing.burying import bury, bury_reports
from tracker.desk.workflow.publishing.counting import counted
from tracker.desk.workflow.publishing.locking import locked
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.parties import publish_parties
from tracker.desk.workflow.publishing.places import held_places, publish_places
from tracker.desk.workflow.publishing.replacing import bury_merged, resume
from tracker.desk.workflow.publishing.storing import said, store
from tracker.errors import Conflict, NotReady
from tracker.public.models import Edition, Facet, Kind


def missing(incident: Incident) -> list[str]:
    """What publication still demands, in words; empty where the incident is ready."""
    wanted = []
    if not incident.acts:
        wanted.append(_("at least one act"))
    if not incident.reports.current().exists():
        wanted.append(_("at least one report"))
    if doubtful := doubts(incident):
        wanted.append(_("assessments that still hold (%s)") % "; ".join(map(str, doubtful)))
    return wanted


def refuse_unready(incident: Incident) -> None:
    """Raises NotReady, naming what is missing, and Conflict where another incident stands for it."""
    if incident.merged_into:
        raise Conflict(
            _("“%(incident)s” has been merged into “%(into)s”: publish that one.")
            % {"incident": incident, "into": incident.merged_into}
        )
    if reasons := missing(incident):
        raise NotReady(
            _("This incident cannot be published yet. It lacks: %s.") % ", ".join(reasons), reasons
        )


@numbered
def publish(incident: Incident, *, by: User) -> Edition:
    """Write what the public reads of an incident, and of all it refers to.

    Raises NotReady, naming what is missing, and Conflict where another incident stands for it.
    """
    incident = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    refuse_unready(incident)
    _sign(incident, by)
    resume(incident)
    _draw_ids(incident)
    _publish_references(incident)
    # Read again: every place now has its public id, wherever it is reached from.
    incident = Incident.objects.get(pk=incident.pk)
    reports, scope = _reports_of(incident), _judged(incident)
    draft = drafts.of_incident(incident, reports, scope)
    before = _read(draft.public_id)
    with counted([draft.public_id, *_told_so_far(reports)]):
        edition = store(draft, after=incident.revision - 1)
        history.tell_revised(edition, before)
        store(drafts.of_scope(draft.public_id, draft.label, scope))
        for report, document in zip(reports, draft.document["reports"], strict=True):
            store(drafts.of_report(report, document, draft))
        bury_merged(incident)
        bury_reports(incident, kept=reports)
    return edition


@numbered
def withdraw(incident: Incident, *, reason: str) -> None:
    """Take an incident back, with its reports. What remains are tombstones that say why, in public."""
    incident.publication = Publication.WITHDRAWN
    incident.save(update_fields=["publication"])
    public_id = str(incident.public_id)
    edition = Edition.objects.of(Kind.INCIDENT).get(public_id=public_id)
    history.tell_withdrawn(edition, reason)
    reports = Edition.objects.of(Kind.REPORT).with_facet("incident", [public_id])
    with counted([public_id]):
        bury([*reports, edition], reason)
    Edition.objects.of(Kind.SCOPE).filter(public_id=public_id).delete()


def difference(incident: Incident) -> dict[str, tuple[Any, Any]]:
    """What the public reads of an incident and what it would read now, by the field's name.

    Only what differs; nothing where it was never published.
    """
    if not (read := _read(str(incident.public_id))):
        return {}
    now = drafts.of_incident(incident, _reports_of(incident), public_scope(incident)).document
    return {
        name: (read.get(name), now.get(name))
        for name in {**read, **now}
        if read.get(name) != now.get(name)
    }


def _read(public_id: str) -> dict[str, Any]:
    """What the public reads of an incident; nothing where it reads nothing."""
    edition = Edition.objects.of(Kind.INCIDENT).filter(public_id=public_id).first()
    return said(edition) if edition else {}


def _reports_of(incident: Incident) -> list[Report]:
    reports = incident.reports.current().select_related(
        "source", "source__alignment", "relayed_from", "relayed_from__alignment", "place"
    )
    return list(reports.prefetch_related("accused", "figures").order_by("date_start", "id"))


def _told_so_far(reports: list[Report]) -> list[str]:
    """The incidents that these were published with: they may have told of another one."""
    told = Facet.objects.filter(
        name="incident",
        edition__kind=Kind.REPORT,
        edition__public_id__in=[str(report.public_id) for report in reports],
    )
    return list(told.values_list("value", flat=True))


def _judged(incident: Incident) -> list[AgreementScope]:
    """What the public is told it is, and the facts kept by which it can be judged again."""
    incident.signed_facts = facts.written(facts.public(incident))
    incident.save(update_fields=["signed_facts"])
    return public_scope(incident)


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
    sources = {
        source
        for report in reports
        for source in (report.source, report.claimant)
        if not source.is_confidential
    }
    parties = {party for report in reports for party in report.accused.all()}
    parties |= set(incident.target_parties.all()) | assessments.parties_of(incident)
    parties |= {source.alignment for source in sources if source.alignment}
    publish_places(held_places(lambda: _shown_places(incident.pk)))
    publish_parties(parties)
    for source in locked(sources):
        store(drafts.of_source(source))


def _shown_places(number: int) -> list[Place]:
    incident = Incident.objects.get(pk=number)
    told = [incident.place, *(report.place for report in _reports_of(incident))]
    shown = (documents.shown_place(place, incident.sensitivity) for place in told)
    return [place for place in shown if place]
