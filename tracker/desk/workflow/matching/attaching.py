"""Counting a report among an incident's, and taking it out again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.desk.models import Incident, Report, User
from tracker.desk.workflow import judging
from tracker.errors import Conflict


@transaction.atomic
def attach(report: Report, incident: Incident) -> None:
    """Count a report among an incident's.

    Raises Conflict where it belongs to another already or was set aside, or another stands for the
    incident.
    """
    held = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    if held.merged_into:
        raise Conflict(
            _("“%(incident)s” has been merged into “%(into)s”: attach the report to that one.")
            % {"incident": held, "into": held.merged_into}
        )
    current = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if current.incident_id not in {None, incident.pk}:
        raise Conflict(
            _("Report %(report)s is attached to another incident: detach it there first.")
            % {"report": report.pk}
        )
    if hasattr(current, "correction"):
        raise Conflict(
            _("Report %(report)s has been corrected: attach its correction.")
            % {"report": report.pk}
        )
    if current.set_aside:
        raise Conflict(_("Report %s was set aside: take it up again first.") % report.pk)
    report.incident = incident
    # Whoever looked at it has found its incident.
    report.claimed_by = report.claimed_at = None
    report.save(update_fields=["incident", "claimed_by", "claimed_at"])
    judging.judge_incident(incident)


@transaction.atomic
def detach(report: Report) -> None:
    """Take a report out of its incident again. What the public reads stays until republished."""
    if report.incident:
        # It is held first, as all hold it who write both.
        Incident.objects.select_for_update(no_key=True).get(pk=report.incident.pk)
    incident, report.incident = report.incident, None
    report.save(update_fields=["incident"])
    if incident:
        judging.judge_incident(incident)


@transaction.atomic
def open_incident(report: Report, *, by: User) -> Incident:
    """Make a new incident of one report, taking over what the report states."""
    if report.incident_id is not None:
        raise Conflict(_("Report %(report)s already has an incident.") % {"report": report.pk})
    incident = Incident.objects.create(
        date_start=report.date_start,
        date_end=report.date_end,
        date_precision=report.date_precision,
        place=report.place and report.place.standing,
        geo_precision=report.geo_precision,
        latitude=report.latitude,
        longitude=report.longitude,
        radius_m=report.radius_m,
        acts=report.acts,
        means=report.means,
        opened_by=by,
    )
    attach(report, incident)
    return incident
