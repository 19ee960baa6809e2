"""Incidents entered, and changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.desk.models import Incident, Party, User
from tracker.desk.workflow import assessing, judging
from tracker.desk.workflow.merged import refuse_merged
from tracker.errors import Conflict


@transaction.atomic
def enter(stated: dict[str, Any], *, target_parties: Iterable[Party] = (), by: User) -> Incident:
    """Make an incident. `stated` holds the model's own fields."""
    incident = Incident.objects.create(**stated, opened_by=by)
    incident.target_parties.set(target_parties)
    judging.judge_incident(incident)
    return incident


@transaction.atomic
def change(
    incident: Incident, stated: dict[str, Any], *, target_parties: Iterable[Party] | None = None
) -> None:
    """Change these fields of an incident. What the public reads stays until it is signed again.

    Raises Conflict where another incident stands for it, or an assessment has said such a field.
    """
    refuse_merged(incident)
    said = [each for each in assessing.settled(incident) if each in stated]
    if changed := [each for each in said if stated[each] != getattr(incident, each)]:
        raise Conflict(
            _("This has been assessed: %s. Assess it anew, instead of typing over it.")
            % ", ".join(changed)
        )
    for name, value in stated.items():
        setattr(incident, name, value)
    incident.save(update_fields=list(stated))
    if target_parties is not None:
        incident.target_parties.set(target_parties)
    judging.judge_incident(incident)
