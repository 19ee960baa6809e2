"""From a place as a source writes it to a place of the gazetteer: suggested by many, accepted by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.codebook import PlaceKind
from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import Place, PlaceCode, Report, User
from tracker.desk.models.reports import ReportQuerySet
from tracker.errors import InvalidInput
from tracker.geo.names import fold
from tracker.geo.precision import proposed


@dataclass
class Written:
    """One place as written, and the reports that write it so, the earliest first."""

    text: str
    numbers: list[int] = field(default_factory=list)

    @cached_property
    def reports(self) -> list[Report]:
        found = Report.objects.filter(pk__in=self.numbers).order_by("date_start", "id")
        return list(found.select_related("source", "relayed_from"))

    @property
    def key(self) -> str:
        """Short and the same for every spelling that is one place as written."""
        return hashlib.blake2b(fold(self.text).encode(), digest_size=8).hexdigest()

    @property
    def is_confidential(self) -> bool:
        """Whether one who writes so is a confidential source: then no stranger is asked."""
        return any(report.is_confidential for report in self.reports)


def unplaced(user: User | AnonymousUser) -> list[Written]:
    """The places as written of the reports that have none of the gazetteer, the most written first.

    Only of reports this user may read and that still can be changed.
    """
    groups: dict[str, Written] = {}
    waiting = _waiting(user).exclude(place_as_written="").order_by("date_start", "id")
    for number, text in waiting.values_list("pk", "place_as_written"):
        groups.setdefault(fold(text), Written(text)).numbers.append(number)
    groups.pop("", None)
    return sorted(groups.values(), key=lambda group: -len(group.numbers))


def _waiting(user: User | AnonymousUser) -> ReportQuerySet:
    unattached = Report.objects.visible_to(user).unattached()
    return unattached.filter(place__isnull=True, public_id__isnull=True)


@transaction.atomic
def place(
    numbers: Iterable[int],
    at: Place,
    *,
    by: User | AnonymousUser,
    resolved: gazetteer.Resolution | None = None,
) -> list[Report]:
    """Give these reports a place, and how well it is known by that where they do not say.

    `resolved` tells how well a name tells of a place, where only a part of it may be meant. Answers
    the reports that were given it: not those that have been placed or attached meanwhile.
    """
    precision, radius_m = proposed(at.kind)
    if resolved:
        precision, radius_m = resolved.geo_precision, resolved.radius_m
    placed = []
    for report in (
        _waiting(by).select_for_update(of=("self",), no_key=True).filter(pk__in=set(numbers))
    ):
        if report.geo_precision is None and report.radius_m is None:
            report.geo_precision, report.radius_m = precision, radius_m
        report.place = at
        report.save(update_fields=["place", "geo_precision", "radius_m"])
        placed.append(report)
    return placed


@transaction.atomic
def adopt(suggestion: Suggestion) -> Place:
    """The place of our own that a suggestion means, made from it where there is none yet.

    Raises InvalidInput where it has no position.
    """
    if suggestion.place_id is not None:
        return Place.objects.get(pk=suggestion.place_id).standing
    known = Place.objects.coded(suggestion.code).first() if suggestion.code else None
    if known:
        return known.standing
    if suggestion.latitude is None or suggestion.longitude is None:
        raise InvalidInput(_("%(name)s has no position.") % {"name": suggestion.name})
    made = Place.objects.create(
        name=suggestion.name[:200],
        # What nobody says is a settlement may be a whole district.
        kind=suggestion.kind or PlaceKind.AREA,
        parent_id=gazetteer.narrowest_unit(suggestion.latitude, suggestion.longitude),
        latitude=suggestion.latitude,
        longitude=suggestion.longitude,
        is_edited=True,
    )
    if suggestion.code:
        PlaceCode.objects.create(place=made, code=suggestion.code)
    return made
