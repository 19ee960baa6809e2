"""Two worlds of which the public reads the same: they differ only in what the desk alone may know."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models, transaction

from tests.factories import (
    make_adherence,
    make_agreement,
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_import,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_user,
    make_webhook,
    make_zone,
)
from tests.public.issuing import issue
from tests.rights import policy
from tracker.desk.models import (
    Assessment,
    Bulletin,
    Coverage,
    Evidence,
    Incident,
    Party,
    Place,
    Report,
    Source,
    Tally,
    User,
)
from tracker.desk.workflow import incident_merging, publishing

# What is told of nothing that has it, of the fields that hold text, days or numbers.
KEPT = policy.chosen(policy.read("fields.csv", keys=2), "public", cell="no")
NOON = dt.time(12, tzinfo=dt.UTC)
# Set by hand, to be where they are to be.
PLACED = {"latitude", "longitude", "radius_m", "username"}


@dataclass(frozen=True)
class Twin:
    """A world's secrets: its words, where things were, and how much of what is not published."""

    word: str
    day: int
    # In one cell of 0.25 degrees, on either side of the edge of a zone.
    guarded: tuple[float, float]
    # Anywhere.
    withheld: tuple[float, float]
    # In one cell of 0.01 degrees.
    open: tuple[float, float]
    drafts: int
    reliability: str

    def named(self, what: object) -> str:
        return f"{self.word} {what}"

    def kept(self, model: type[models.Model], **given: Any) -> dict[str, Any]:
        """A value of this world for every field of a model that the policy keeps from the public."""
        kind = model._meta.model_name
        values = {
            name: self._value(model._meta.get_field(name))
            for of, name in KEPT
            if of == kind and name not in PLACED
        }
        return {name: value for name, value in values.items() if value is not None} | given

    def telling(self, number: str) -> dict[str, Any]:
        """What of a report is told unless its source is confidential or its incident not open."""
        return {
            "text": self.named("text"),
            "translation": self.named("translation"),
            "place_as_written": self.named("place"),
            "accused_as_written": self.named("accused"),
            "external_id": self.named(number),
            "url": f"https://{self.word}.example/report",
            "archive_url": f"https://{self.word}.example/archive",
            "published_on": dt.date(2017, 1, self.day),
            "language": self.word[:2],
        }

    def _value(self, field: Any) -> Any:
        planted = {
            "DateTimeField": dt.datetime.combine(dt.date(2017, 1, self.day), NOON),
            "URLField": f"https://{self.word}.example/",
            "EmailField": f"{self.word}@example.org",
            "PositiveIntegerField": self.day,
            "PositiveBigIntegerField": self.day,
            "CharField": self.word,
            "TextField": self.word,
            "SlugField": self.word,
        }
        return planted.get(field.get_internal_type())


ONE = Twin("zugvogel", 7, (33.5213, 36.0078), (33.9, 36.9), (33.6041, 36.1312), 1, "A")
OTHER = Twin("murmeltier", 8, (33.7387, 36.2431), (35.1, 40.2), (33.6079, 36.1388), 3, "D")


class World:
    """One published incident of each sensitivity, and around it what nobody outside may know."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        fields = twin.kept(User, username=twin.word)
        self.reviewer = make_user("reviewer", is_staff=True, **fields)
        self.hidden = self._hidden()
        self.monitor = make_source(
            **twin.kept(Source, slug="monitor", name="Monitor", reliability=twin.reliability)
        )
        self.party = make_party(**twin.kept(Party, slug="army", name="Army"))
        self.district = make_place(**twin.kept(Place, name="Az-Zabdani", kind="district"))
        self.village = make_place(**twin.kept(Place, name="Ain al-Fijeh", parent=self.district))
        self.incidents = {
            "open": self._incident(self.village, twin.open),
            "guarded": self._incident(self._hamlet(twin.guarded), None, "guarded"),
            "withheld": self._incident(self._hamlet(twin.withheld), twin.withheld, "withheld"),
        }
        self._draft()
        self._publish()

    def _hidden(self) -> Source:
        twin = self.twin
        return make_source(
            **twin.kept(Source, slug=f"{twin.word}-source", reliability=twin.reliability),
            name=twin.named("source"),
            name_ar=twin.named("source"),
            url=f"https://{twin.word}.example/",
            kind="witness",
            language=twin.word[:2],
            alignment=self._ally() if twin is ONE else None,
            is_confidential=True,
        )

    def _ally(self) -> Party:
        return make_party(slug=f"{self.twin.word}-ally", name=self.twin.named("ally"))

    def _hamlet(self, position: tuple[float, float]) -> Place:
        latitude, longitude = position
        name = self.twin.named("hamlet")
        return make_place(name=name, parent=self.district, latitude=latitude, longitude=longitude)

    def _incident(
        self, place: Place, position: tuple[float, float] | None, sensitivity: str = "open"
    ) -> Incident:
        latitude, longitude = position or (None, None)
        where = {"place": place, "latitude": latitude, "longitude": longitude, "geo_precision": 1}
        incident = make_incident(
            reports=0, **self.twin.kept(Incident, sensitivity=sensitivity, **where)
        )
        for number, speakers in enumerate(
            (
                {"source": self.monitor},
                {"source": self.hidden, "figures": [{"low": 7}]},
                {"source": self.monitor, "relayed_from": self.hidden},
            )
        ):
            is_told = number == 0 and sensitivity == "open"
            telling = {} if is_told else self.twin.telling(f"{place.pk}/{number}")
            told = {"incident": incident, "place": place, "accused": [self.party]}
            fields = {**self.twin.kept(Report), **telling, **told, **speakers}
            make_report(**fields, raw={"secret": self.twin.word})
        self._assess(incident)
        return incident

    def _assess(self, incident: Incident) -> None:
        hers = incident.reports.get(source=self.hidden)
        figure = {"assessed": "figure", "harm": "killed", "group": "all", "low": 7}
        basis = {"basis_report": hers, "basis": self.twin.named("basis")}
        make_assessment(
            incident, **self.twin.kept(Assessment, author=self.reviewer), **figure, **basis
        )
        content = self.twin.named(incident.pk).encode()
        make_evidence(content, **self.twin.kept(Evidence, incident=incident, by=self.reviewer))

    def _publish(self) -> None:
        truce = self._agreement()
        publishing.publish_agreement(truce)
        for incident in self.incidents.values():
            publishing.publish(incident, by=self.reviewer)
        for number, monitor in enumerate((self.monitor, self.hidden)):
            self._publish_counts(number, monitor)
        issue(make_situation_report(agreement=truce))
        into = Incident.objects.get(pk=self.incidents["open"].pk)
        double = make_incident(place=self.village)
        incident_merging.merge(double, into=into, by=self.reviewer, reason=self.twin.word)
        # Changed since it was signed.
        Incident.objects.filter(pk=into.pk).update(summary=self.twin.named("unsigned"))
        make_assessment(into, **self.twin.kept(Assessment), value="refuted")

    def _publish_counts(self, number: int, monitor: Source) -> None:
        ids = {"public_id": uuid.UUID(int=number, version=4)}
        telling = (
            {"document": self.twin.named("document"), "url": f"https://{self.twin.word}.example/"}
            if monitor is self.hidden
            else {}
        )
        tally = self.twin.kept(Tally, count=2, place=self.village, **ids)
        bulletin = {**self.twin.kept(Bulletin, monitor=monitor, **ids), **telling}
        publishing.publish_bulletin(make_bulletin(tally, **bulletin))
        coverage = self.twin.kept(Coverage, monitor=monitor, place=self.district, **ids)
        publishing.publish_coverage(make_coverage(**coverage, **telling))

    def _agreement(self) -> Any:
        truce = make_agreement(slug="truce")
        reading = make_reading(truce, slug="reading", name="Reading")
        make_provision(truce, "fire_indirect", number="1")
        make_adherence(truce, self.party)
        make_zone(truce, name="Zone", reading=reading, public_id=uuid.UUID(int=9, version=4))
        return truce

    def _draft(self) -> None:
        """What is at the desk alone, in one world more of it than in the other."""
        twin = self.twin
        for number in range(twin.drafts):
            place = make_place(name=twin.named(f"area {number}"), parent=self.district)
            make_incident(summary=twin.named("draft"), place=place)
            make_report(text=twin.named("unattached"), source=make_source(name=twin.named("new")))
            make_report(text=twin.named("unattached"), source=self.hidden)
            make_bulletin({"as_written": twin.named("count")}, document=twin.named("bulletin"))
            make_coverage(document=twin.named("coverage"), place=place)
            draft = make_agreement(title=twin.named("truce"), slug=f"{twin.word}-{number}")
            make_reading(draft, slug=f"{twin.word}-reading-{number}")
            make_import(name=twin.named("file"))
            make_user("contributor", username=f"{twin.word}-{number}")
            make_webhook(name=twin.named("hook"))
            make_party(name=twin.named("party"), slug=f"{twin.word}-party-{number}")


@contextmanager
def lived_in(twin: Twin) -> Iterator[World]:
    """The world of a twin, until it is taken back; both draw the same random ids."""
    drawn = random.Random(20170130)

    def draw() -> uuid.UUID:
        return uuid.UUID(int=drawn.getrandbits(128), version=4)

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(uuid, "uuid4", draw)
        yield World(twin)
        transaction.set_rollback(True)
