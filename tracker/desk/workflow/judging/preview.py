"""What a zone would change, before it is saved."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from shapely.geometry import shape

from tracker.codebook import VerdictCode, ZoneRule
from tracker.desk.models import Incident, Reading, Zone
from tracker.desk.workflow.judging import facts as facts_of
from tracker.desk.workflow.judging import terms as terms_of
from tracker.desk.workflow.judging.verdicts import judgeable
from tracker.geo.distance import box_around
from tracker.scope.judge import judge
from tracker.scope.terms import Terms

MOST_NAMED = 50
# No place is known less well, but where an incident says so itself.
FARTHEST_KM = 100
KM_A_DEGREE = 111.7


@dataclass(frozen=True)
class Change:
    """A verdict that would be another one."""

    incident: Incident
    reading: Reading
    before: VerdictCode
    after: VerdictCode


@dataclass
class Preview:
    counted: int = 0
    """How many incidents would change verdict, under any reading."""
    changes: list[Change] = field(default_factory=list)
    """The first of their changes."""


def preview(zone: Zone, *, delete: bool = False) -> Preview:
    """What saving a zone as it is now, or deleting it, would change. Nothing is stored."""
    readings = zone.agreement.readings.select_related("agreement", "whose")
    # A zone that moves from one reading to another changes what both come to.
    terms = {reading: _both(reading, zone, delete=delete) for reading in readings}
    found = Preview()
    incidents = judgeable(_touched(zone).order_by("-date_start", "-id"))
    for incident in incidents.iterator(chunk_size=500):
        facts = facts_of.of(incident)
        changes = [
            Change(incident, reading, before, after)
            for reading, (now, then) in terms.items()
            if (before := judge(facts, now).code) != (after := judge(facts, then).code)
        ]
        found.counted += bool(changes)
        found.changes += changes[: MOST_NAMED - len(found.changes)]
    return found


def _touched(zone: Zone) -> QuerySet[Incident]:
    """The incidents that a zone may matter to, as it is and as it was."""
    before = Zone.objects.filter(pk=zone.pk).first()
    versions = [each for each in (before, zone) if each]
    others = zone.agreement.zones.exclude(pk=zone.pk).filter(rule=ZoneRule.INCLUDE, reading=None)
    if any(each.rule == ZoneRule.INCLUDE for each in versions) and not others.exists():
        # Whether there is a zone it holds in at all matters everywhere.
        return Incident.objects.standing()
    placed = Incident.objects.standing().annotate(
        north=Coalesce("latitude", "place__latitude"),
        east=Coalesce("longitude", "place__longitude"),
    )
    touched = Q(north=None) | Q(radius_m__gt=1000 * FARTHEST_KM)
    for each in versions:
        touched |= _around(each)
    return placed.filter(touched)


def _around(zone: Zone) -> Q:
    west, south, east, north = shape(zone.geometry).bounds
    far = math.hypot(east - west, north - south) * KM_A_DEGREE / 2 + FARTHEST_KM
    box = box_around((south + north) / 2, (west + east) / 2, far)
    strips = Q()
    for one, other in box.strips:
        strips |= Q(east__range=(one, other))
    return strips & Q(north__range=(box.south, box.north))


def _both(reading: Reading, zone: Zone, *, delete: bool) -> tuple[Terms, Terms]:
    """The terms under a reading as they are, and as they would be."""
    parties = terms_of.known_parties()
    held = list(reading.agreement.zones.for_reading(reading))
    then = [each for each in held if each.pk != zone.pk]
    if not delete and zone.reading_id in {None, reading.pk}:
        then.append(zone)
    return (
        terms_of.of(reading, parties=parties, zones=held),
        terms_of.of(reading, parties=parties, zones=then),
    )
