"""A country of published incidents that differ in all that can be asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tests.factories import (
    make_adherence,
    make_agreement,
    make_assessment,
    make_bulletin,
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
from tracker.codebook import Act, Means, Stance, Target, Verification
from tracker.desk.models import Incident, Place
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Entry, Kind

FIRST = dt.date(2016, 12, 20)
TRAPS = ("=1+1", "+963 11", "@x", "'=2", "a;b", 'say "no"', "two\nlines", "-", "قذائف على القرية")


@dataclass
class Country:
    """What there is in it to ask for, by the names of parameters."""

    incidents: list[Incident] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


def make_country(number: int = 24) -> Country:
    """So many incidents, each with one to three reports, and a bulletin."""
    reviewer = make_user("reviewer", is_staff=True)
    places, parties = _places(), _parties()
    sources = _sources(parties)
    agreements = _agreements(parties)
    country = Country()
    for at in range(number):
        incident = _incident(at, places, parties)
        _reports(incident, at, parties, sources)
        if at % 3 == 0:
            _assess(incident, at, parties[at % len(parties)])
        publishing.publish(incident, by=reviewer)
        country.incidents.append(incident)
    _change_some()
    publishing.publish_bulletin(_bulletin(places, parties, sources))
    country.values = {
        "agreement": [agreement.slug for agreement in agreements],
        "reading": [each.slug for agreement in agreements for each in agreement.readings.all()],
        "accused": [party.slug for party in parties],
        "claimant": [source.slug for source in sources],
        "place": [*Edition.objects.of(Kind.PLACE).values_list("public_id", flat=True)],
        "incident": [*Edition.objects.of(Kind.INCIDENT).values_list("public_id", flat=True)],
    }
    return country


def _places() -> list[Place]:
    syria = make_place(name="Syria", kind="country", latitude=None, longitude=None)
    province = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate", parent=syria)
    district = make_place(name="Az-Zabdani", kind="district", parent=province)
    around = make_place(name="Ain al-Fijeh", kind="subdistrict", parent=district)
    return [
        make_place(parent=around, name_ar="دير قانون"),
        make_place(name="Basimah", parent=district, latitude=33.63, longitude=36.09),
        make_place(name="=Dayr; al-Zawr", parent=syria, latitude=35.33, longitude=40.14),
        make_place(name="Lavrentiya", parent=None, latitude=65.58, longitude=-171.0),
        make_place(name="Egvekinot", parent=None, latitude=66.32, longitude=179.12),
    ]


def _parties() -> list[Any]:
    kinds = {"army": "state_forces", "faction": "armed_group", "front": "designated_group"}
    return [
        make_party(slug=slug, name=slug.title(), name_ar="جهة", kind=kind)
        for slug, kind in kinds.items()
    ]


def _sources(parties: list[Any]) -> list[Any]:
    return [
        make_source(slug="observatory", name="Observatory", name_ar="المرصد"),
        make_source(
            slug="ministry", name="Ministry of Defence", kind="party", alignment=parties[0]
        ),
        make_source(slug="agency", name="Agency", kind="news_agency"),
        make_source(slug="hidden", name="Hidden", kind="witness", is_confidential=True),
    ]


def _agreements(parties: list[Any]) -> list[Any]:
    ceasefire = make_agreement(
        slug="ceasefire", effective_to=dt.datetime(2017, 2, 1, tzinfo=dt.UTC)
    )
    truce = make_agreement(slug="truce", parent=ceasefire)
    government = make_reading(ceasefire, slug="government")
    for agreement, slug in ((ceasefire, "opposition"), (truce, "announced")):
        make_reading(agreement, slug=slug)
        make_provision(agreement, "fire_indirect", "air_attack")
        for party in parties[:2]:
            make_adherence(agreement, party)
    make_zone(ceasefire, reading=government)
    for agreement in (ceasefire, truce):
        publishing.publish_agreement(agreement)
    return [ceasefire, truce]


def _incident(at: int, places: list[Place], parties: list[Any]) -> Incident:
    acts, means, targets = [*Act], [*Means], [*Target]
    # Several on one day, some of several days, some without a place.
    first = FIRST + dt.timedelta(days=(at // 2) * 5)
    incident = make_incident(
        reports=0,
        date_start=first,
        date_end=first + dt.timedelta(days=at % 3) if at % 3 else None,
        date_precision=at % 5 + 1,
        place=None if at % 7 == 6 else places[at % len(places)],
        geo_precision=None if at % 7 == 6 else at % 4 + 1,
        acts=[acts[at % len(acts)], acts[(at * 3 + 1) % len(acts)]],
        means=[means[at % len(means)]] if at % 4 else [],
        targets=[targets[at % len(targets)]] if at % 5 else ["civilians", "party"],
        summary=TRAPS[at % len(TRAPS)] if at % 2 else "",
        summary_ar="قصف" if at % 3 else "",
        sensitivity=("open", "open", "guarded", "open", "withheld")[at % 5],
        verification=[*Verification][at % len(Verification)],
    )
    incident.target_parties.set(parties[: at % 3])
    return incident


def _reports(incident: Incident, at: int, parties: list[Any], sources: list[Any]) -> None:
    for number in range(at % 3 + 1):
        source = sources[(at + number) % len(sources)]
        make_report(
            incident=incident,
            source=source,
            relayed_from=sources[at % 3] if number == 2 and source != sources[at % 3] else None,
            accused=parties[number : number + at % 3],
            accused_as_written="the other side" if number else "",
            figures=[
                {"harm": "killed", "group": "all", "low": at, "best": at + 1, "high": at + 3},
                {"harm": "injured", "group": "children", "as_written": "dozens"},
            ][: at % 3 or 1],
            date_start=incident.date_start,
            date_end=incident.date_end,
            date_precision=incident.date_precision,
            place=incident.place,
            place_as_written="near the spring" if at % 2 else "",
            acts=incident.acts,
            means=incident.means,
            stance=[*Stance][(at + number) % len(Stance)],
            justification="response" if number else "",
            text=TRAPS[(at + number) % len(TRAPS)] + " shells",
            translation="Shells" if at % 4 == 0 else "",
            language="ar" if at % 4 == 0 else "",
            published_on=incident.date_start + dt.timedelta(days=number),
            external_id=f"{at}-{number}",
            url=f"https://example.org/{at}/{number}" if at % 2 else "",
        )


def _assess(incident: Incident, at: int, party: Any) -> None:
    report = incident.reports.first()
    figure = {"assessed": "figure", "harm": "killed"}
    make_assessment(
        incident, **figure, group="all", low=at, best=at + 1, high=at + 3, basis_report=report
    )
    make_assessment(incident, **figure, group="civilians", best=2, basis="Two; counted")
    make_assessment(incident, assessed="attribution", value="assessed_probable", party=party)
    make_assessment(incident, assessed="intent", value="unclear")


def _change_some() -> None:
    """Let some have been changed long ago."""
    for number, entry in enumerate(Entry.objects.order_by("public_id")):
        if number % 3:
            day = dt.date(2017, 5, 1 + number % 3)
            Entry.objects.filter(pk=entry.pk).update(updated_on=day)


def _bulletin(places: list[Place], parties: list[Any], sources: list[Any]) -> Any:
    return make_bulletin(
        {"count": 2, "accused": parties[0], "place": places[0], "as_written": "=two"},
        {"count": None, "accused": parties[1], "confirmed": 0},
        monitor=sources[0],
        counterpart=sources[1],
        measure="violations",
        stated_on=dt.date(2017, 1, 22),
    )
