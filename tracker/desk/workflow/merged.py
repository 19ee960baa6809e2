"""What has been merged is kept as it is: the incident that stands for it is worked on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tracker.desk.models import Incident
from tracker.errors import Conflict


def refuse_merged(incident: Incident) -> None:
    """Raises Conflict where another incident stands for this one."""
    if incident.merged_into:
        raise Conflict(
            _("“%(incident)s” has been merged into “%(into)s”: change that one.")
            % {"incident": incident, "into": incident.merged_into}
        )
