"""What the desk holds of an incident: the only code that writes assessments, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.codebook import (
    Assessed,
    Attribution,
    Geolocation,
    PlaceKind,
    Proof,
    Stance,
    Verification,
)
from tracker.desk.models import Assessment, Incident, Report, User
from tracker.desk.models.assessments import EMPTY, HELD, VALUES
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow import independence, judging
from tracker.desk.workflow.judging.facts import ACCUSING
from tracker.desk.workflow.merged import refuse_merged
from tracker.errors import InvalidInput

# How many independent claimants must accuse a party for its attribution to say so.
ACCUSERS = {
    Attribution.ALLEGED_BY_ONE: 1,
    Attribution.MUTUALLY_ALLEGED: 1,
    Attribution.ALLEGED_BY_SEVERAL: 2,
}
ADMITTING = (Stance.ADMITS, Stance.ADMITS_JUSTIFIED)
# What of an incident follows an assessment.
FOLLOWING = {
    Assessed.VERIFICATION: {"verification": "value"},
    Assessed.PLACE: {"geo_precision": "geo_precision", "radius_m": "radius_m"},
    Assessed.DATE: {"date_precision": "date_precision"},
}

# A field, and in words what is wrong with it.
Objections = Iterator[tuple[str, str]]


@transaction.atomic
def assess(
    incident: Incident, *, assessed: str, by: User, rationale: str, proof: str, **value: Any
) -> Assessment:
    """Enter an assessment, and bring the incident and its verdicts up to date with it.

    `value` holds the model's own fields. Raises InvalidInput, saying all that cannot be, and
    Conflict where another incident stands for it.
    """
    # Assessments of one incident follow one another, so that the latest is the one entered last.
    current = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    refuse_merged(current)
    assessment = Assessment(
        incident=current, assessed=assessed, author=by, rationale=rationale, proof=proof, **value
    )
    if refused := objections(assessment, current.reports.current()):
        raise InvalidInput(" ".join(refused.values()))
    assessment.save()
    following = FOLLOWING.get(Assessed(assessed), {})
    for name, told in following.items():
        setattr(incident, name, getattr(assessment, told))
    incident.save(update_fields=list(following))
    judging.judge_incident(incident)
    return assessment


def settled(incident: Incident) -> list[str]:
    """The fields of an incident that are no longer typed, since an assessment has said them."""
    assessed = incident.assessments.values_list("assessed", flat=True).distinct()
    following = (FOLLOWING.get(Assessed(each), {}) for each in assessed)
    return [name for names in following for name in names]


def objections(assessment: Assessment, reports: ReportQuerySet) -> dict[str, str]:
    """Why an assessment cannot be: of each field the first reason. `reports` are its incident's."""
    if assessment.assessed not in Assessed:
        return {"assessed": _("“%s” is nothing that can be assessed.") % assessment.assessed}
    rules = (_reasons(assessment), _fields(assessment), _basis(assessment, reports))
    found = [each for rule in rules for each in rule]
    # Whether it fits the incident is asked only of what is complete.
    if not found and (rule := _RULES.get(Assessed(assessment.assessed))):
        found = list(rule(assessment, reports))
    first: dict[str, str] = {}
    for name, said in found:
        first.setdefault(name, said)
    return first


def doubts(incident: Incident) -> dict[Assessment, list[str]]:
    """What could no longer be assessed as it stands: its reports have changed, or its place."""
    reports = incident.reports.current()
    standing = incident.assessments.standing().select_related("party", "basis_report")
    found = {each: list(objections(each, reports).values()) for each in standing}
    return {assessment: said for assessment, said in found.items() if said}


def _reasons(assessment: Assessment) -> Objections:
    if assessment.proof not in Proof:
        yield "proof", _("“%s” is no standard of proof.") % assessment.proof
    if not assessment.rationale.strip():
        yield "rationale", _("Say why it is held.")


def _fields(assessment: Assessment) -> Objections:
    """Whether it fills its own columns, and no other's."""
    about = str(Assessed(assessment.assessed).label)
    for name, empty in EMPTY.items():
        if name not in HELD[assessment.assessed] and getattr(assessment, name) != empty:
            yield name, _("This does not belong to an assessment of this: %s.") % about
    codes = VALUES.get(assessment.assessed)
    if codes and not assessment.value:
        yield "value", _("Say what it is held to be.")
    elif codes and assessment.value not in codes:
        strange = _("“%(value)s” is no assessment of this: %(assessed)s.")
        yield "value", strange % {"value": assessment.value, "assessed": about}
    for name, said in _needed(assessment).items():
        if getattr(assessment, name) == EMPTY[name]:
            yield name, said


def _needed(assessment: Assessment) -> dict[str, str]:
    """What must be filled in, and what to say where it is not."""
    if assessment.assessed == Assessed.ATTRIBUTION:
        return {"party": _("Say which party.")}
    if assessment.assessed == Assessed.PLACE and assessment.value == Geolocation.LOCATED:
        return {"geo_precision": _("Say how well the place is known.")}
    if assessment.assessed == Assessed.DATE:
        return {"date_precision": _("Say how well the date is known.")}
    if assessment.assessed == Assessed.FIGURE:
        return {"harm": _("Say what it counts."), "group": _("Say whom it counts.")}
    return {}


def _basis(assessment: Assessment, reports: ReportQuerySet) -> Objections:
    report = assessment.basis_report
    if report and not reports.filter(pk=report.pk).exists():
        yield "basis_report", _("Report %s is not, or no longer, one of this incident.") % report.pk
    if assessment.assessed == Assessed.FIGURE and not report and not assessment.basis.strip():
        yield "basis", _("A figure names its basis: choose the report it follows, or say it.")


def _verification(assessment: Assessment, reports: ReportQuerySet) -> Objections:
    counted = len(independence.groups(reports.select_related("source", "relayed_from")))
    if assessment.value == Verification.CORROBORATED and counted < 2:
        said = _("Corroborated is what two or more independent claimants say: this has %d.")
        yield "value", said % counted


def _attribution(assessment: Assessment, reports: ReportQuerySet) -> Objections:
    against = _accusing(reports).filter(accused=assessment.party)
    counted = len(independence.groups(against, saying=ACCUSING))
    if counted < (wanted := ACCUSERS.get(Attribution(assessment.value), 0)):
        said = _("Independent claimants who accuse %(party)s: %(counted)d. This takes %(wanted)d.")
        yield "value", said % {"party": assessment.party, "counted": counted, "wanted": wanted}
    admitted = against.filter(stance__in=ADMITTING)
    if assessment.value == Attribution.ADMITTED and not admitted.exists():
        yield "value", _("No report of this incident has %s admit it.") % assessment.party


def _place(assessment: Assessment, _reports: ReportQuerySet) -> Objections:
    if assessment.value == Geolocation.LOCATED:
        return
    if assessment.geo_precision is not None or assessment.radius_m is not None:
        yield "geo_precision", _("What cannot be located has neither precision nor radius.")
    if _is_placed(assessment.incident):
        said = _("This incident has a place: take it out first, or say how well it is known.")
        yield "value", said


def _figure(assessment: Assessment, _reports: ReportQuerySet) -> Objections:
    told = [each for each in assessment.numbers.values() if each is not None]
    if told != sorted(told):
        yield "low", _("Low, best and high must rise: this is %s.") % " / ".join(map(str, told))
    report = assessment.basis_report
    same = {"harm": assessment.harm, "group": assessment.group}
    if report and not report.figures.filter(**same).exists():
        said = _("Report %(report)s gives no figure of this: %(counted)s.")
        yield "basis_report", said % {"report": report.pk, "counted": assessment.counted}


_RULES: dict[Assessed, Callable[[Assessment, ReportQuerySet], Objections]] = {
    Assessed.VERIFICATION: _verification,
    Assessed.ATTRIBUTION: _attribution,
    Assessed.PLACE: _place,
    Assessed.FIGURE: _figure,
}


def _is_placed(incident: Incident) -> bool:
    """Whether it is said where it happened, closer than by the country."""
    narrow = incident.place is not None and incident.place.kind != PlaceKind.COUNTRY
    return narrow or incident.latitude is not None


def _accusing(reports: ReportQuerySet) -> QuerySet[Report]:
    """Those that say that it happened."""
    telling = reports.filter(stance__in=ACCUSING)
    return telling.select_related("source", "relayed_from")
