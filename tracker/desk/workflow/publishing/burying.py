"""What is taken back from the public, each with a tombstone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from tracker.desk.models import Incident, Report
from tracker.desk.workflow.publishing.counting import counted
from tracker.public.models import Edition, Kind, Tombstone


def bury_reports(incident: Incident, *, kept: list[Report]) -> None:
    """Take back the reports that no longer belong to an incident, each with a tombstone."""
    gone = (
        Edition.objects.of(Kind.REPORT)
        .with_facet("incident", [str(incident.public_id)])
        .exclude(public_id__in=[str(report.public_id) for report in kept])
    )
    for edition in list(gone):
        correction = Report.objects.filter(supersedes__public_id=edition.public_id).first()
        corrected = correction is not None and correction.public_id is not None
        bury(
            [edition],
            "corrected" if corrected else "no longer held to tell of this incident",
            replaced_by=str(correction.public_id) if corrected and correction else "",
        )


def bury(editions: Iterable[Edition], reason: str, *, replaced_by: str = "") -> None:
    """Take editions back, for a reason in public words."""
    for edition in editions:
        mark_grave(edition.kind, edition.public_id, reason, replaced_by=replaced_by)
        with counted([edition.public_id] if edition.kind == Kind.INCIDENT else []):
            edition.delete()


def mark_grave(kind: str, public_id: str, reason: str, *, replaced_by: str = "") -> None:
    """Leave a tombstone. One that says the same stays as it is, and the day of burial stays anyway."""
    told = {"reason": reason, "replaced_by": replaced_by}
    if not Tombstone.objects.filter(kind=kind, public_id=public_id, **told).exists():
        Tombstone.objects.update_or_create(
            kind=kind,
            public_id=public_id,
            defaults={**told, "change": None},
            create_defaults={**told, "withdrawn_on": timezone.localdate()},
        )
