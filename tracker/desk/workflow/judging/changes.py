"""What is judged again when what a verdict rests on changes.

To be called in the transaction that changes it: no verdict is ever older than what it rests on, or a
job that will mend it is there.
"""

from __future__ import annotations

from collections.abc import Collection

from tracker.desk.models import Agreement, Incident, Job, User
from tracker.desk.workflow import jobs
from tracker.desk.workflow.judging import terms as terms_of
from tracker.desk.workflow.judging.verdicts import judge_incidents

JUDGE_AGREEMENT = "judge_agreement"


def terms_changed(agreement: Agreement, *, by: User | None) -> Job:
    """An agreement, or a zone, adherence, reading or provision of it, is another one."""
    return jobs.enqueue(JUDGE_AGREEMENT, {"agreement": agreement.pk}, key=str(agreement.pk), by=by)


def parties_changed(*, by: User | None) -> list[Job]:
    """Whom a party answers to, or what it turned into or when, is another one."""
    # Through its kin it may matter to any agreement, whether that names it or not.
    judged = Agreement.objects.filter(readings__isnull=False).distinct()
    return [terms_changed(agreement, by=by) for agreement in judged.order_by("pk")]


def places_changed(places: Collection[int]) -> None:
    """Where these places lie, or how far they reach, is another one."""
    incidents = Incident.objects.filter(place__in=places)
    if incidents.exists():
        judge_incidents(incidents, terms_of.of_all())


def agreements_under_way() -> dict[int, Job]:
    """The jobs that judge an agreement again, or wait to, by the agreement's key."""
    unfinished = Job.objects.unfinished().filter(kind=JUDGE_AGREEMENT).order_by("pk")
    return {job.arguments["agreement"]: job for job in unfinished}
