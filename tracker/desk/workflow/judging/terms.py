"""Agreements as the judge takes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tracker.codebook import Role, ZoneRule
from tracker.desk import models
from tracker.desk.workflow.judging.saying import label
from tracker.scope.adherence import Adherence
from tracker.scope.days import Span
from tracker.scope.parties import Parties, Party, PartyName
from tracker.scope.terms import Provision, Reading, Terms
from tracker.scope.zones import Zone


def of_all(agreement: models.Agreement | None = None) -> dict[int, Terms]:
    """The terms under each reading, by its key: of one agreement, or of all of them."""
    readings = models.Reading.objects.select_related("agreement", "whose")
    if agreement:
        readings = readings.filter(agreement=agreement)
    parties = known_parties()
    return {reading.pk: of(reading, parties=parties) for reading in readings.order_by("pk")}


def of(
    reading: models.Reading, *, parties: Parties, zones: Iterable[models.Zone] | None = None
) -> Terms:
    """An agreement under one reading; with other zones than it has, where they are given."""
    agreement = reading.agreement
    if zones is None:
        zones = agreement.zones.for_reading(reading)
    return Terms(
        agreement=agreement.slug,
        reading=Reading(reading.slug, reading.name, reading.whose.slug if reading.whose else None),
        effective_from=agreement.effective_from,
        effective_to=agreement.effective_to,
        time_zone=agreement.time_zone,
        provisions=tuple(
            Provision(str(each.pk), label(each.number, each.text), frozenset(each.acts))
            for each in agreement.provisions.all()
        ),
        adherences=tuple(
            Adherence(
                each.party.slug, Role(each.role), _days(each), each.basis, _slug(each.reading)
            )
            for each in agreement.adherences.select_related("party", "reading")
        ),
        zones=tuple(_zone(each) for each in zones),
        parties=parties,
    )


def known_parties() -> Parties:
    """Everyone there is, whom each answers to and what it turned into."""
    rows = models.Party.objects.select_related("parent", "successor").order_by("pk")
    names = models.PartyName.objects.select_related("party").order_by("pk")
    return Parties(
        tuple(
            Party(
                id=row.slug,
                name=row.name,
                kind=row.kind,
                parent=row.parent.slug if row.parent else None,
                successor=row.successor.slug if row.successor else None,
                succeeded_on=row.succeeded_on,
            )
            for row in rows
        ),
        tuple(
            PartyName(name.party.slug, name.name, _span(name.valid_from, name.valid_to))
            for name in names
        ),
    )


def _zone(zone: models.Zone) -> Zone:
    # One that is not saved yet has no number of its own.
    number = str(zone.pk or "new")
    rule, reading = ZoneRule(zone.rule), _slug(zone.reading)
    return Zone(number, zone.name, rule, zone.geometry, _days(zone), zone.basis, reading)


def _slug(reading: models.Reading | None) -> str | None:
    return reading.slug if reading else None


def _days(row: models.Adherence | models.Zone) -> Span:
    return _span(row.valid_from, row.valid_to)


def _span(first: dt.date | None, last: dt.date | None) -> Span:
    return Span(first or dt.date.min, last or dt.date.max)
