"""Which incidents a report may tell of, and which reports may tell of an incident."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tracker.codebook import Verification
from tracker.desk.models import Incident, Report, User
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow.matching import accounts, nearby, scoring
from tracker.desk.workflow.matching.accounts import Account
from tracker.desk.workflow.matching.scoring import Match

# How many are looked at by place, days and act, and how many of them in full.
MOST, IN_FULL = 3_000, 25
# What it counts meanwhile that a report attached names the place, or stands on the page.
NAMED = 35

Thing = TypeVar("Thing", Incident, Report)


@dataclass(frozen=True)
class Suggestion(Generic[Thing]):
    """An incident that a report may tell of, or a report that may tell of an incident."""

    thing: Thing
    score: int
    """From 0 to 100; no probability."""
    reasons: list[str]
    """What speaks for it and against it, in the reader's language."""

    @property
    def is_strong(self) -> bool:
        """Whether the first of them is held to be the one. Below that the answer is: a new one."""
        return self.score >= scoring.STRONG


def incidents_for(
    report: Report, *, user: User | AnonymousUser, most: int = 5
) -> list[Suggestion[Incident]]:
    """The incidents a report may tell of, the likeliest first; it need not have been saved.

    Reports that this user may not read count for nothing: neither score nor reasons tell of them.
    """
    told = accounts.of_report(report, accounts.wider_places([report]))
    others = Report.objects.visible_to(user).current().exclude(pk=report.pk)
    named = _named_by(others, report, told)
    incidents = (
        Incident.objects.visible_to(user).standing().exclude(verification=Verification.DUPLICATE)
    )
    rows = incidents.filter(*nearby.to(told, or_among=named)).select_related("place__merged_into")

    def promise(incident: Incident) -> int:
        coarse = scoring.coarse(told, accounts.outline(incident))
        return coarse + NAMED * (incident.pk in named)

    chosen = heapq.nlargest(IN_FULL, rows.order_by()[:MOST], key=promise)
    held = _held(chosen, others)
    return _best(((incident, scoring.best(told, held[incident.pk])) for incident in chosen), most)


def reports_for(
    incident: Incident, *, user: User | AnonymousUser, most: int = 40
) -> list[Suggestion[Report]]:
    """The reports without an incident that may tell of this one, the likeliest first."""
    visible = Report.objects.visible_to(user)
    held = _held([incident], visible.current())[incident.pk]
    unattached = visible.unattached().filter(*nearby.to(held[0]))
    rows = unattached.select_related("place__merged_into")

    def promise(report: Report) -> int:
        outline = accounts.outline(report)
        return max(scoring.coarse(outline, each) for each in held)

    likely = heapq.nlargest(max(most, IN_FULL), rows.order_by()[:MOST], key=promise)
    chosen = list(accounts.with_all(visible.filter(pk__in=[report.pk for report in likely])))
    wider = accounts.wider_places(chosen)
    matches = (scoring.best(accounts.of_report(report, wider), held) for report in chosen)
    return _best(zip(chosen, matches, strict=True), most)


def _named_by(reports: ReportQuerySet, report: Report, told: Account) -> set[int]:
    """The incidents one of whose reports names the place, or stands on the page, of this one."""
    same = Q(place=told.place.key) | Q(place__merged_into=told.place.key) if told.place else Q()
    if report.url:
        same |= Q(url=report.url)
    if not same:
        return set()
    found = reports.filter(same, nearby.begun(told.days), incident__isnull=False)
    return set(found.order_by().values_list("incident", flat=True)[:MOST])


def _held(incidents: list[Incident], reports: ReportQuerySet) -> dict[int, list[Account]]:
    """What is held of each incident: by the desk itself first, then by each of its reports."""
    attached = list(accounts.with_all(reports.filter(incident__in=incidents)))
    wider = accounts.wider_places([*incidents, *attached])
    held = {incident.pk: [accounts.of_incident(incident, wider)] for incident in incidents}
    for report in attached:
        held[report.incident_id].append(accounts.of_report(report, wider))  # type: ignore[index]
    return held


def _best(found: Iterable[tuple[Thing, Match]], most: int) -> list[Suggestion[Thing]]:
    likely = [(thing, match) for thing, match in found if match.score >= scoring.LEAST]
    likely.sort(key=lambda pair: (-pair[1].score, -pair[0].pk))
    return [
        Suggestion(thing, match.score, [str(finding) for finding in match.findings])
        for thing, match in likely[:most]
    ]
