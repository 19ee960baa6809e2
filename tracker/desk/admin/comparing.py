"""Two incidents side by side: what is held of each, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.codebook import Act, Means, Target
from tracker.desk.admin.positions import written
from tracker.desk.admin.site import labels
from tracker.desk.models import Incident, Report

COMPARED = (
    *("date_start", "date_end", "date_precision", "place", "geo_precision", "radius_m"),
    *("acts", "means", "targets", "summary", "summary_ar"),
    *("verification", "sensitivity", "note", "publication"),
)
CODED = {"acts": Act, "means": Means, "targets": Target}


@dataclass(frozen=True)
class Row:
    """What is held of one thing in two incidents, beside one another."""

    name: str
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        return self.values[0] != self.values[1]


def compared(pair: list[Incident], user: Any) -> list[Row]:
    one, other = (_held(incident, user) for incident in pair)
    return [Row(name, (one[name], other[name])) for name in one]


def _held(incident: Incident, user: Any) -> dict[str, str]:
    """What is held of an incident, in words, by what each thing is called."""
    reports = list(reports_of(incident, user))
    claimants = sorted({report.claimant.name for report in reports})
    accused = sorted({str(party) for report in reports for party in report.accused.all()})
    return {
        **{str(label_for_field(name, Incident)): _said(incident, name) for name in COMPARED},
        _("position"): written(incident),
        _("targeted parties"): "; ".join(str(party) for party in incident.target_parties.all()),
        _("reports"): str(len(reports)),
        _("claimants"): "; ".join(claimants),
        _("accused"): "; ".join(accused),
    }


def _said(incident: Incident, name: str) -> str:
    if name in CODED:
        return labels(CODED[name], getattr(incident, name))
    display = getattr(incident, f"get_{name}_display", None)
    value = display() if display else getattr(incident, name)
    return "" if value is None else str(value)


def reports_of(incident: Incident, user: Any) -> QuerySet[Report]:
    reports = Report.objects.visible_to(user).filter(incident=incident).current()
    reports = reports.select_related("source", "relayed_from", "place")
    return reports.prefetch_related("accused", "figures").order_by("date_start", "id")
