"""Rows whose every value is unlike every other, so that an answer shows which of them it tells."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import re
from typing import Any

from django.db import models

from tests.factories import (
    make_adherence,
    make_agreement,
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tracker.desk.models import (
    Adherence,
    Agreement,
    Assessment,
    Bulletin,
    Coverage,
    Evidence,
    Figure,
    Incident,
    Party,
    PartyName,
    Place,
    PlaceCode,
    PlaceName,
    Provision,
    Reading,
    Report,
    Source,
    Tally,
    User,
    Zone,
)
from tracker.desk.workflow import incident_merging, publishing

FIRST_DAY = dt.date(1971, 1, 1)
NOON = dt.time(12, tzinfo=dt.UTC)
# Worked out from others, or set by what is done with the thing.
UNPLANTED = {
    *("folded", "skeleton", "skeleton_ar", "password", "sha256", "size", "content_type"),
    *("revision", "published_on", "published_at", "set_aside_because", "claimed_at", "last_login"),
    *("time_zone", "revision", "succeeded_on", "valid_from", "valid_to"),
}


class Planted:
    """One published incident with all that can be told of it, and what to look for."""

    def __init__(self) -> None:
        self.needles: dict[tuple[str, str], str] = {}
        self._numbers = itertools.count(1)
        self._plant()

    def values(self, model: type[models.Model], **given: Any) -> dict[str, Any]:
        """A value of its own for each field that can hold one; what is given is as it is."""
        for field in model._meta.local_fields:
            if field.name in UNPLANTED | given.keys() or field.auto_created or field.choices:
                continue
            value = self._value(field)
            if value is not None:
                given[field.name] = value
                needle = str(value.date() if isinstance(value, dt.datetime) else value)
                self.needles[model._meta.model_name or "", field.name] = needle
        return given

    def told_in(self, text: str) -> set[tuple[str, str]]:
        return {key for key, needle in self.needles.items() if _holds(text, needle)}

    def _value(self, field: Any) -> Any:
        number, kind = next(self._numbers), field.get_internal_type()
        # So unlike each other that no search by spelling takes one for another.
        word = f"zq{hashlib.blake2b(number.to_bytes(2), digest_size=4).hexdigest()}"
        if getattr(field, "auto_now_add", False):
            return None
        if isinstance(field, models.URLField):
            return f"https://{word}.example/"
        if isinstance(field, models.EmailField):
            return f"{word}@example.org"
        if isinstance(field, models.CharField | models.TextField):
            return word
        day = FIRST_DAY + dt.timedelta(days=number)
        planted = {
            "DateField": day,
            "DateTimeField": dt.datetime.combine(day, NOON),
            "FloatField": round(33.6 + number / 10**4 + 7 / 10**6, 6),
            "PositiveIntegerField": 20_000 + number,
            "PositiveSmallIntegerField": 20_000 + number,
        }
        return planted.get(kind)

    def _plant(self) -> None:
        user = make_user("reviewer", **self.values(User))
        party, place = make_party(**self.values(Party)), make_place(**self.values(Place))
        PartyName.objects.create(party=party, **self.values(PartyName))
        PlaceName.objects.create(place=place, **self.values(PlaceName))
        PlaceCode.objects.create(place=place, **self.values(PlaceCode, code="zzcode:zq999q"))
        self.needles["placecode", "code"] = "zq999q"
        source = make_source(**self.values(Source))
        truce = self._agreement(party)
        incident = make_incident(reports=0, place=place, **self.values(Incident))
        incident.target_parties.add(party)
        make_report(
            incident=incident,
            source=source,
            place=place,
            accused=[party],
            figures=[self.values(Figure)],
            **self.values(Report),
        )
        make_assessment(incident, author=user, **self.values(Assessment, **PROVEN))
        make_evidence(incident=incident, by=user, **self.values(Evidence))
        publishing.publish_agreement(truce)
        publishing.publish(incident, by=user)
        tally = self.values(Tally, place=place, accused=party)
        bulletin = {"monitor": source, "counterpart": make_source()}
        publishing.publish_bulletin(make_bulletin(tally, **self.values(Bulletin, **bulletin)))
        coverage = self.values(Coverage, monitor=source, place=place)
        publishing.publish_coverage(make_coverage(**coverage))
        self.needles["incidentmerge", "reason"] = "zq998q"
        incident_merging.merge(make_incident(), into=incident, by=user, reason="zq998q")

    def _agreement(self, party: Party) -> Agreement:
        truce = make_agreement(**self.values(Agreement))
        reading = make_reading(truce, **self.values(Reading))
        make_provision(truce, "fire_indirect", **self.values(Provision))
        make_adherence(truce, party, reading=reading, **self.values(Adherence))
        make_zone(truce, **self.values(Zone))
        return truce


PROVEN = dict.fromkeys(("low", "best", "high", "radius_m", "geo_precision"))


def _holds(text: str, needle: str) -> bool:
    return re.search(rf"(?<![0-9a-f]){re.escape(needle)}(?![0-9])", text) is not None
