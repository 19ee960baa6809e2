"""Incidents that turn out to be one, or several: the only code that writes Incident.merged_into."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.codebook import Verification
from tracker.desk.models import Incident, IncidentMerge, IncidentSplit, Report, User
from tracker.desk.workflow import judging, matching, publishing
from tracker.errors import Conflict, InvalidInput


@transaction.atomic
def merge(incident: Incident, *, into: Incident, by: User, reason: str = "") -> IncidentMerge:
    """Let one incident stand for another, whose reports, corrected ones too, it takes over.

    What it states itself stays as it is. What the public learns, publishing.replace_incident says.
    Raises InvalidInput for two that cannot be one, Conflict where either has been merged already.
    """
    incident, into = _both_held(incident, into)
    _refuse(incident, into)
    merged = IncidentMerge.objects.create(
        incident=incident,
        into=into,
        reports=_moved(_keys(incident), into),
        verification=incident.verification,
        reason=reason,
        merged_by=by,
    )
    incident.merged_into, incident.verification = into, Verification.DUPLICATE
    incident.save(update_fields=["merged_into", "verification"])
    _judged(incident, into)
    publishing.replace_incident(incident, into)
    return merged


@transaction.atomic
def undo(merged: IncidentMerge, *, by: User) -> int:
    """Part an incident again from the one it was merged into, and give back the reports it brought.

    Returns how many of them do not come back: the desk has moved them elsewhere since. The public
    goes on reading them as one until both are published again. Raises Conflict where this has been
    undone, or what stands for it has been merged further.
    """
    incident, into = _both_held(merged.incident, merged.into)
    merged = IncidentMerge.objects.select_for_update(no_key=True).get(pk=merged.pk)
    if merged.undone_at:
        raise Conflict(_("“%s” is no longer merged into another incident.") % incident)
    if into.merged_into:
        raise Conflict(
            _("“%(into)s” has itself been merged into “%(further)s”: undo that first.")
            % {"into": into, "further": into.merged_into}
        )
    back = _moved(_with_corrections(into, merged.reports), incident)
    incident.merged_into, incident.verification = None, merged.verification
    incident.save(update_fields=["merged_into", "verification"])
    merged.undone_by, merged.undone_at = by, timezone.now()
    merged.save(update_fields=["undone_by", "undone_at"])
    _judged(incident, into)
    publishing.part_incident(incident)
    return len(set(merged.reports) - set(back))


@transaction.atomic
def split(incident: Incident, *, reports: Sequence[Report], by: User, reason: str = "") -> Incident:
    """Make a new incident of some of an incident's reports, begun from what the first of them states.

    A report brings what it corrects. The new incident is guarded as the old one is. The public goes
    on reading them as one until both are published; merging the new one into the old undoes it.
    Raises InvalidInput where no report would go, or none stay, or one is of another incident;
    Conflict where the incident has been merged.
    """
    incident = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    _refuse_merged(incident)
    going = _with_corrections(incident, {report.pk for report in reports})
    _refuse_split(incident, reports, going)
    first = Report.objects.get(pk=reports[0].pk)
    matching.detach(first)
    made = matching.open_incident(first, by=by)
    made.sensitivity = incident.sensitivity
    made.save(update_fields=["sensitivity"])
    _moved(going, made)
    IncidentSplit.objects.create(
        incident=incident, made=made, reports=going, reason=reason, split_by=by
    )
    _judged(incident, made)
    return made


def _refuse(incident: Incident, into: Incident) -> None:
    if incident == into:
        raise InvalidInput(_("“%s” cannot be merged into itself.") % incident)
    for each in (incident, into):
        _refuse_merged(each)
    # Its reports would tell more of where it was than may be told, or less than is.
    if incident.sensitivity != into.sensitivity:
        raise InvalidInput(
            _(
                "“%(incident)s” (%(sensitivity)s) cannot be merged into “%(into)s” (%(other)s): "
                "settle first how much of the place the public may learn."
            )
            % {
                "incident": incident,
                "sensitivity": incident.get_sensitivity_display(),
                "into": into,
                "other": into.get_sensitivity_display(),
            }
        )


def _refuse_merged(incident: Incident) -> None:
    if incident.merged_into:
        raise Conflict(
            _("“%(incident)s” has already been merged into “%(into)s”.")
            % {"incident": incident, "into": incident.merged_into}
        )


def _refuse_split(incident: Incident, reports: Sequence[Report], going: Collection[int]) -> None:
    if not reports:
        raise InvalidInput(_("Choose at least one report to split off."))
    for report in reports:
        if report.pk not in going:
            raise InvalidInput(
                _("Report %(report)s is not attached to “%(incident)s”.")
                % {"report": report.pk, "incident": incident}
            )
    if not incident.reports.current().exclude(pk__in=going).exists():
        raise InvalidInput(_("At least one report must stay with “%s”.") % incident)


def _both_held(incident: Incident, into: Incident) -> tuple[Incident, Incident]:
    """Both as they are now, held until the end, in the order in which all who hold several do."""
    both = Incident.objects.select_for_update(no_key=True).filter(pk__in={incident.pk, into.pk})
    held = {each.pk: each for each in both.order_by("pk")}
    return held[incident.pk], held[into.pk]


def _keys(incident: Incident) -> list[int]:
    return list(incident.reports.order_by("pk").values_list("pk", flat=True))


def _with_corrections(incident: Incident, keys: Collection[int]) -> list[int]:
    """Those of these reports that an incident has, with all there that corrects them or they correct."""
    links = list(
        incident.reports.filter(supersedes__incident=incident).values_list("pk", "supersedes_id")
    )
    wanted = set(_keys(incident)) & set(keys)
    while linked := {key for link in links if wanted & {*link} for key in link} - wanted:
        wanted |= linked
    return sorted(wanted)


def _moved(keys: list[int], incident: Incident) -> list[int]:
    held = Report.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))
    Report.objects.filter(pk__in=keys).update(incident=incident)
    return keys


def _judged(*incidents: Incident) -> None:
    for incident in sorted(incidents, key=lambda each: each.pk):
        judging.judge_incident(incident)
