"""Verdicts told anew, for incidents that were signed and are not to be signed again."""

from __future__ import annotations

from tracker.desk.models import Incident
from tracker.desk.workflow.judging import AgreementScope
from tracker.desk.workflow.publishing import drafts, history, verdicts
from tracker.desk.workflow.publishing.counting import counted
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.storing import revise, said, set_facets, store
from tracker.public.models import Edition, Entry, Kind


@numbered
def reissue_scope(incident: Incident, scope: list[AgreementScope]) -> bool:
    """Tell the public what an incident it knows is by terms that changed; whether that was news.

    Of its edition the verdicts alone are written: what the desk has changed since it was signed
    stays unsaid. The caller has judged by the facts that were signed, and holds the incident's row
    since before it read them: else a signature in between would be undone.
    """
    public_id = str(incident.public_id)
    held = {
        edition.kind: edition
        for edition in Edition.objects.filter(
            kind__in=[Kind.INCIDENT, Kind.SCOPE], public_id=public_id
        )
    }
    whole, reasons = held.get(Kind.INCIDENT), held.get(Kind.SCOPE)
    if whole is None:
        return False
    draft = drafts.of_scope(public_id, whole.label, scope)
    reasoned = reasons is None or said(reasons) != draft.document
    if reasoned:
        store(draft)
        # They are told beside the incident's document: who keeps up with it must learn of them.
        Edition.objects.filter(pk=whole.pk).update(change=None)
    return _retold(whole, scope) or reasoned


def _retold(edition: Edition, scope: list[AgreementScope]) -> bool:
    before, short = said(edition), verdicts.in_short(scope)
    if before.get("verdicts") == short:
        return False
    revise(edition, {**before, "verdicts": short})
    history.tell_revised(edition, before)
    Entry.objects.filter(edition=edition).update(updated_on=edition.updated_on)
    reports = Edition.objects.of(Kind.REPORT).with_facet("incident", [edition.public_id])
    with counted([edition.public_id]):
        set_facets([edition, *reports], verdicts.facets(short))
    return True
