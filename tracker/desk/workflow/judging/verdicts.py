"""Verdicts worked out, stored and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from tracker.codebook import Assessed, VerdictCode
from tracker.desk.models import (
    Agreement,
    Assessment,
    Incident,
    Party,
    Reading,
    Report,
    Verdict,
)
from tracker.desk.workflow.judging import facts as facts_of
from tracker.desk.workflow.judging import terms as terms_of
from tracker.desk.workflow.judging.saying import AgreementScope, ReadingScope, Speaker
from tracker.scope import judge
from tracker.scope.facts import Facts
from tracker.scope.terms import Terms
from tracker.scope.verdicts import overall

LIES_IN = "place__merged_into"


def judgeable(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Incidents with all the judge asks for, however many, in a handful of queries."""
    accusing = Report.objects.current().filter(stance__in=facts_of.ACCUSING)
    accused = Prefetch("accused", Party.objects.only("slug"))
    reports = accusing.only("incident").prefetch_related(accused)
    assessed = Assessment.objects.standing().filter(assessed=Assessed.ATTRIBUTION)
    attributions = assessed.select_related("party")
    return incidents.select_related("place", LIES_IN).prefetch_related(
        Prefetch("reports", reports, to_attr="accusing"),
        Prefetch("assessments", attributions, to_attr="attributions"),
        "target_parties",
    )


@transaction.atomic
def judge_incident(incident: Incident) -> None:
    """Judge an incident under every reading of every agreement: what it was judged before is gone."""
    # Read anew: what was changed in this transaction counts, whatever the caller has at hand.
    judge_incidents(Incident.objects.filter(pk=incident.pk), terms_of.of_all())


def judge_incidents(incidents: QuerySet[Incident], terms: Mapping[int, Terms]) -> list[int]:
    """Judge these incidents under these readings; the keys of those whose verdict is another one."""
    rows = list(judgeable(incidents.select_for_update(of=("self",), no_key=True).order_by("pk")))
    held = _held(rows, terms)
    stored, changed = [], set()
    for incident in rows:
        for verdict in verdicts(incident, terms):
            before = held.get((incident.pk, verdict.reading_id))
            if before is None or not alike(before, verdict):
                changed.add(incident.pk)
                stored.append(verdict)
    Verdict.objects.bulk_create(
        stored,
        update_conflicts=True,
        unique_fields=["incident", "reading"],
        update_fields=["code", "test", "findings", "rules"],
    )
    return sorted(changed)


def verdicts(incident: Incident, terms: Mapping[int, Terms]) -> list[Verdict]:
    """What an incident is under these readings; nothing is stored."""
    facts = facts_of.of(incident)
    return [_row(incident, reading, facts, each) for reading, each in terms.items()]


def alike(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts say the same, for the same reasons, by the same rules."""
    names = ("code", "test", "findings", "rules")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def verdicts_of(incident: Incident) -> list[AgreementScope]:
    """The stored verdicts on an incident, for the desk: by agreement, with their reasons in words."""
    rows = incident.verdicts.select_related("reading__agreement").order_by("reading_id")
    return _by_agreement(rows, Speaker.for_all())


@dataclass(frozen=True)
class Court:
    """The readings of the agreements that the public knows of: got ready once, to judge many."""

    terms: Mapping[Reading, Terms]
    speaker: Speaker

    @classmethod
    def in_public(cls) -> Court:
        parties = terms_of.known_parties()
        readings = Reading.objects.filter(agreement__published_on__isnull=False)
        known = readings.select_related("agreement", "whose").order_by("pk")
        terms = {reading: terms_of.of(reading, parties=parties) for reading in known}
        return cls(terms, Speaker.for_all())

    def scope(self, incident: Incident, facts: Facts) -> list[AgreementScope]:
        """What an incident is by these facts, in words."""
        rows = [
            _row(incident, reading.pk, facts, each, reading) for reading, each in self.terms.items()
        ]
        return _by_agreement(rows, self.speaker)


def public_scope(incident: Incident) -> list[AgreementScope]:
    """What the public may be told of an incident about to be signed, by the agreements it knows of."""
    return Court.in_public().scope(incident, facts_of.public(incident))


def _held(incidents: list[Incident], terms: Mapping[int, Terms]) -> dict[Any, Verdict]:
    rows = Verdict.objects.filter(incident__in=incidents, reading__in=list(terms))
    return {(row.incident_id, row.reading_id): row for row in rows}


def _row(
    incident: Incident, reading: int, facts: Facts, terms: Terms, known: Reading | None = None
) -> Verdict:
    found = judge.judge(facts, terms)
    row = Verdict(
        incident=incident,
        reading_id=reading,
        code=found.code,
        test=found.decided_by[0] if found.decided_by else "",
        findings=[
            {
                "test": str(each.test),
                "outcome": str(each.outcome),
                "reason": str(each.reason),
                "values": dict(each.values),
            }
            for each in found.findings
        ],
        rules=found.rules,
    )
    if known:
        row.reading = known
    return row


def _by_agreement(rows: Iterable[Verdict], speaker: Speaker) -> list[AgreementScope]:
    by_agreement: dict[Agreement, list[ReadingScope]] = {}
    for row in rows:
        said = [speaker.said(finding) for finding in row.findings]
        scope = ReadingScope(row.reading, VerdictCode(row.code), row.test, said)
        by_agreement.setdefault(row.reading.agreement, []).append(scope)
    return [
        AgreementScope(agreement, overall(scope.code for scope in scopes), scopes)
        for agreement, scopes in by_agreement.items()
    ]
