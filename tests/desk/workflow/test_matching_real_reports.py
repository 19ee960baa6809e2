"""Published reports of the fighting around Wadi Barada, entered one by one with no word of what belongs
together: what the desk is told, report by report, and what it makes of that."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify

from tests.factories import make_place, make_report, make_source, make_user
from tracker.codebook import DatePrecision
from tracker.desk.geocoding import gazetteer
from tracker.desk.models import Incident, Party, Place, Report, Source, User
from tracker.desk.workflow import matching
from tracker.desk.workflow.matching import Suggestion
from tracker.geo.precision import proposed

pytestmark = pytest.mark.django_db

Row = dict[str, str]

VALLEY = (33.62, 36.13)
ORDERS = range(2)
# The file's kinds as acts and means.
KINDS = {
    "air strike": (["air_attack"], ["aircraft_bomb"]),
    "barrel bombs": (["air_attack"], ["barrel_bomb"]),
    "clash": (["fire_direct"], []),
    "ground attack": (["ground_attack"], []),
    "IED": (["explosive"], ["ied"]),
    "mortar fire": (["fire_indirect"], ["mortar"]),
    "shelling": (["fire_indirect"], []),
    "sniper fire": (["fire_direct"], ["sniper"]),
}


@dataclass
class Entry:
    """One report entered, and what was suggested for it."""

    row: Row
    suggested: str
    score: int
    is_right: bool

    def __str__(self) -> str:
        told = (self.row["incident_group"], self.row["place_name"], self.row["kind"])
        verdict = "right" if self.is_right else "WRONG"
        return "{:6} {:20} {:14}".format(*told) + f"{self.suggested:6} {self.score:4} {verdict}"


def read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Row]:
    return read(shared_data / "compiled" / "wadi_barada_reports_2016_2017.csv")


@pytest.fixture(scope="module", autouse=True)
def syria(django_db_setup, django_db_blocker, shared_data: Path):
    """The gazetteer of the whole country, and the valley that it does not know."""
    files = [*sorted((shared_data / "boundaries").glob("*.geojson"))]
    files.append(shared_data / "gazetteer" / "sy_places_wof.csv.gz")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_places", *files, verbosity=0)
        make_place(name="Wadi Barada", kind="area", latitude=VALLEY[0], longitude=VALLEY[1])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clerk() -> User:
    return make_user("reviewer")


def entered(row: Row) -> Report:
    """A row typed in as the desk would."""
    place = placed(row["place_name"])
    acts, means = KINDS[row["kind"]]
    claimant, outlet = source(row["reported_by"]), source(row["outlet"])
    names = filter(None, row["attributed_actor"].split(" and "))
    figures = {"killed": row["killed_min"], "injured": row["wounded_min"]}
    return make_report(
        source=outlet,
        relayed_from=None if claimant == outlet else claimant,
        url=row["url"],
        published_on=row["published"] or None,
        text=row["summary"],
        date_start=row["date"],
        date_precision=DatePrecision[row["date_precision"].upper()],
        place_as_written=row["place_name"],
        place=place,
        geo_precision=proposed(place.kind)[0],
        acts=acts,
        means=means,
        accused=[party(name) for name in names],
        figures=[{"harm": harm, "best": int(best)} for harm, best in figures.items() if best],
    )


def placed(name: str) -> Place:
    number = gazetteer.suggest(name, near=[VALLEY])[0].place_id
    assert number
    return Place.objects.get(pk=number)


def source(name: str) -> Source:
    known: dict[str, Any] = {"name": name, "kind": "media"}
    return Source.objects.get_or_create(slug=slugify(name)[:64], defaults=known)[0]


def party(name: str) -> Party:
    kind = "unidentified" if name.startswith("unidentified") else "state_forces"
    known: dict[str, Any] = {"name": name, "kind": kind}
    return Party.objects.get_or_create(slug=slugify(name), defaults=known)[0]


def shuffled(rows: list[Row], order: int) -> list[Row]:
    return random.Random(order).sample(rows, len(rows))


def enter(row: Row, clerk: User) -> tuple[Report, Suggestion[Incident] | None]:
    """The report, and what is suggested for it."""
    report = entered(row)
    report.refresh_from_db()
    return report, strong(report, clerk)


def strong(report: Report, clerk: User) -> Suggestion[Incident] | None:
    """The first incident suggested, if it is held to be the one."""
    first = next(iter(matching.incidents_for(report, user=clerk)), None)
    return first if first and first.is_strong else None


@pytest.mark.parametrize("order", ORDERS)
def test_makes_one_incident_of_the_seven_reports_of_deir_qanun(rows, clerk, order):
    seven = [row for row in rows if row["incident_group"] == "WB-14"]

    for row in shuffled(seven, order):
        report, first = enter(row, clerk)
        if first:
            matching.attach(report, first.thing)
        else:
            matching.open_incident(report, by=clerk)

    assert len(seven) == 7
    assert Incident.objects.count() == 1
    tolls = Counter(Report.objects.values_list("figures__best", flat=True))
    assert {7, 9, 12} <= set(tolls)


@pytest.mark.parametrize("order", ORDERS)
def test_suggests_the_right_incident_first_for_nine_reports_in_ten(rows, clerk, order):
    entries = list(_entries(shuffled(rows, order), clerk))

    wrong = [entry for entry in entries if not entry.is_right]
    print("event  place                kind          first  score", *entries, sep="\n")
    print(f"{len(entries) - len(wrong)} of {len(entries)} right")
    assert len(entries) == 39
    assert len(wrong) <= 0.1 * len(entries)


def _entries(rows: list[Row], clerk: User) -> Iterator[Entry]:
    """Each report, judged by what was suggested; then put where it belongs, as a person would."""
    opened: dict[str, Incident] = {}
    for row in rows:
        report, first = enter(row, clerk)
        event = row["incident_group"]
        groups = {incident.pk: group for group, incident in opened.items()}
        suggested = groups[first.thing.pk] if first else "new"
        right = event if event in opened else "new"
        yield Entry(row, suggested, first.score if first else 0, suggested == right)
        if event in opened:
            matching.attach(report, opened[event])
        else:
            opened[event] = matching.open_incident(report, by=clerk)


@pytest.mark.parametrize("kind", ["dataset", "monitor"])
def test_holds_no_two_incidents_of_the_uppsala_programme_for_one(shared_data, clerk, kind):
    rows = read(shared_data / "ucdp" / "ucdp_ged_syria_wadi_barada.csv")
    programme = make_source(kind=kind)
    taken = []
    for row in rows:
        report = uppsalas(row, programme)
        report.refresh_from_db()
        if first := strong(report, clerk):
            taken.append((row["date_start"], row["where_coordinates"], *first.reasons))
        matching.open_incident(report, by=clerk)

    print(f"{len(taken)} of {len(rows)} taken for another:", *taken, sep="\n")
    assert len(rows) == 101
    assert len(taken) <= (0 if kind == "dataset" else 0.05 * len(rows))


def uppsalas(row: Row, programme: Source) -> Report:
    """A row as a report: it tells where, when, which side and how many, but no act."""
    return make_report(
        source=programme,
        external_id=row["id"],
        text=f"Fighting at {row['where_coordinates']}: {row['best']} killed.",
        date_start=row["date_start"][:10],
        date_end=row["date_end"][:10],
        date_precision=row["date_prec"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        geo_precision=row["where_prec"],
        accused=[party(row["side_a"])],
        figures=[{"best": int(row["best"])}],
    )
