"""All incidents judged again, by a job; and every stored verdict compared with what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.codebook import Publication
from tracker.desk.models import Agreement, Incident, Verdict
from tracker.desk.workflow import publishing
from tracker.desk.workflow.jobs import Progress
from tracker.desk.workflow.judging import facts as facts_of
from tracker.desk.workflow.judging import terms as terms_of
from tracker.desk.workflow.judging.verdicts import (
    Court,
    alike,
    judge_incidents,
    judgeable,
    verdicts,
)

BATCH = 500


def judge_agreement(arguments: dict[str, Any], progress: Progress) -> None:
    """Judge every incident against an agreement, and let published ones tell the public so."""
    agreement = Agreement.objects.filter(pk=arguments["agreement"]).first()
    if agreement is None:
        return
    if agreement.published_on and progress.cursor is None:
        with progress.batch(done=0, cursor=0):
            publishing.reissue_agreement(agreement)
    incidents = Incident.objects.order_by("pk")
    progress.expect(incidents.count())
    terms, court = terms_of.of_all(agreement), Court.in_public()
    while keys := list(
        incidents.filter(pk__gt=progress.cursor or 0).values_list("pk", flat=True)[:BATCH]
    ):
        with progress.batch(done=len(keys), cursor=keys[-1]):
            judge_incidents(Incident.objects.filter(pk__in=keys), terms)
            if agreement.published_on:
                _tell_the_public(keys, court)


def differing() -> Iterator[Verdict]:
    """Every verdict that should be stored and is not, or is another one than is stored."""
    terms = terms_of.of_all()
    last = 0
    while batch := list(judgeable(Incident.objects.filter(pk__gt=last).order_by("pk"))[:BATCH]):
        last = batch[-1].pk
        held = {
            (row.incident_id, row.reading_id): row
            for row in Verdict.objects.filter(incident__in=batch)
        }
        for incident in batch:
            for verdict in verdicts(incident, terms):
                stored = held.get((incident.pk, verdict.reading_id))
                if stored is None or not alike(stored, verdict):
                    yield verdict


def _tell_the_public(keys: list[int], court: Court) -> None:
    published = Incident.objects.filter(pk__in=keys, publication=Publication.PUBLISHED)
    incidents = list(published.exclude(signed_facts=None))
    # All counted at once: one by one they would cost as many questions each.
    with publishing.counted(str(incident.public_id) for incident in incidents):
        for incident in incidents:
            # By what was signed: what the desk has changed since is not the public's yet.
            signed = facts_of.read(incident.signed_facts)
            publishing.reissue_scope(incident, court.scope(incident, signed))
