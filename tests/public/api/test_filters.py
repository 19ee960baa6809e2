from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import (
    make_adherence,
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_zone,
)
from tracker.desk.models import PlaceName
from tracker.desk.workflow import publishing
from tracker.public.models import Entry

pytestmark = pytest.mark.django_db


def make_agreements():
    ends = dt.datetime(2017, 2, 1, tzinfo=dt.UTC)
    begins = dt.datetime(2017, 2, 11, 12, tzinfo=dt.UTC)
    for agreement in (
        make_agreement(slug="december", title="A ceasefire", effective_to=ends),
        make_agreement(
            slug="valley", title="A truce", effective_from=begins, classification="local_truce"
        ),
    ):
        publishing.publish_agreement(agreement)


def make_valley():
    country = make_place(name="Syria", kind="country", latitude=None, longitude=None)
    district = make_place(name="Zabadani", kind="district", parent=country)
    village = make_place(name="Deir Qanun", name_ar="دير قانون", parent=district)
    PlaceName.objects.create(place=village, name="Dayr Qānūn")
    incident = make_incident(
        acts=["siege", "fire_indirect"],
        means=["mortar"],
        targets=["civilians", "relief"],
        place=village,
        verification="verified",
        summary="Shells on a wedding hall.",
        summary_ar="قذائف على قاعة أفراح",
        reports=0,
    )
    army = make_party(slug="army", name="Army", kind="state_forces")
    observatory = make_source(slug="observatory", name="Observatory", kind="monitor")
    make_report(incident=incident, accused=[army], source=observatory, acts=["siege"])
    ministry = make_source(slug="ministry", name="Ministry", kind="party", alignment=army)
    make_report(incident=incident, source=ministry, stance="denies_occurrence", text="Invented.")
    return incident


def make_pacific():
    incident = make_incident(
        date_start=dt.date(2017, 2, 10),
        date_end=dt.date(2017, 2, 12),
        date_precision=2,
        acts=["air_attack"],
        means=["drone", "missile"],
        latitude=51.92,
        longitude=179.97,
        geo_precision=2,
        reports=0,
    )
    faction = make_party(slug="faction", name="Faction")
    agency = make_source(slug="agency", name="Agency", kind="news_agency")
    make_report(
        incident=incident,
        accused=[faction],
        source=agency,
        relayed_from=make_source(slug="witness", name="Witness", kind="witness"),
        text="A drone fell.",
    )
    return incident


def make_nowhere():
    incident = make_incident(
        date_start=dt.date(2017, 3, 1), date_precision=5, acts=["detain"], reports=0
    )
    make_report(incident=incident, source=make_source(is_confidential=True), text="Taken away.")
    return incident


@pytest.fixture
def names(publish):
    """What stands for each public id in the tables below."""
    make_agreements()
    incidents = {"valley": make_valley(), "pacific": make_pacific(), "nowhere": make_nowhere()}
    for incident in incidents.values():
        publish(incident)
    Entry.objects.filter(public_id=incidents["valley"].public_id).update(
        updated_on=dt.date(2017, 5, 1)
    )
    return {str(incident.public_id): name for name, incident in incidents.items()}


def found(client, names, **asked):
    response = client.get("/api/v1/incidents/", asked)

    assert response.status_code == 200, response.content
    return [names[each["id"]] for each in response.json()["results"]]


def labels(client, name, **asked):
    response = client.get(f"/api/v1/{name}/", asked)

    assert response.status_code == 200, response.content
    return [each.get("name") or each["title"] for each in response.json()["results"]]


def place_id(client, name):
    return client.get("/api/v1/places/", {"q": name}).json()["results"][0]["id"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"agreement": "december"}, ["valley"]),
        ({"agreement": "valley"}, ["nowhere", "pacific"]),
        ({"agreement": "december,valley"}, ["nowhere", "pacific", "valley"]),
        ({"agreement": "no-such"}, []),
        ({"act": "siege"}, ["valley"]),
        ({"act": "fire_indirect,air_attack"}, ["pacific", "valley"]),
        ({"means": "drone"}, ["pacific"]),
        ({"means": "mortar,missile"}, ["pacific", "valley"]),
        ({"target": "relief,monitors"}, ["valley"]),
        ({"target": "party"}, []),
        ({"act": "siege", "means": "drone"}, []),
        ({"accused": "army"}, ["valley"]),
        ({"accused": "army,faction"}, ["pacific", "valley"]),
        ({"claimant": "observatory"}, ["valley"]),
        ({"claimant": "witness"}, ["pacific"]),
        ({"claimant": "agency"}, []),  # it passes on what another says
        ({"verification": "verified"}, ["valley"]),
        ({"verification": "reported,verified"}, ["nowhere", "pacific", "valley"]),
    ],
)
def test_selects_by_codes_and_names(client, names, asked, expected):
    assert found(client, names, **asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"date_from": "2017-02-10"}, ["nowhere", "pacific"]),
        ({"date_from": "2017-02-11"}, ["nowhere"]),  # by the first day, so that each counts once
        ({"date_to": "2017-02-10"}, ["pacific", "valley"]),
        ({"date_from": "2017-01-15", "date_to": "2017-01-15"}, ["valley"]),
        ({"max_date_precision": "1"}, ["valley"]),
        ({"max_date_precision": "4"}, ["pacific", "valley"]),
        ({"updated_since": "2017-05-01"}, ["valley", "pacific", "nowhere"]),
        ({"updated_since": "2017-05-02"}, ["pacific", "nowhere"]),
        ({"updated_since": "2017-05-01T09:00+02:00"}, ["valley", "pacific", "nowhere"]),
        ({"updated_since": "2017-05-01T09:00 02:00"}, ["valley", "pacific", "nowhere"]),
        ({"updated_since": "2017-05-01T22:30Z"}, ["pacific", "nowhere"]),  # the 2nd in Damascus
        ({"ordering": "date"}, ["valley", "pacific", "nowhere"]),
        ({"ordering": "-date"}, ["nowhere", "pacific", "valley"]),
    ],
)
def test_selects_and_sorts_by_dates(client, names, asked, expected):
    assert found(client, names, **asked) == expected


def test_sorts_by_the_last_change(client, names):
    assert found(client, names, ordering="updated") == ["valley", "pacific", "nowhere"]
    assert found(client, names, ordering="-updated") == ["nowhere", "pacific", "valley"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"bbox": "36,33,37,34"}, ["valley"]),
        ({"bbox": "-180,-90,180,90"}, ["pacific", "valley"]),
        ({"bbox": "179,51,-179,52"}, ["pacific"]),
        ({"bbox": "-179,51,179,52"}, []),
        ({"bbox": "37,33,36,34"}, []),  # all the way round, without the valley
        ({"near": "33.6,36.1", "within_km": "10"}, ["valley"]),
        ({"near": "33.6,36.1", "within_km": "1"}, []),
        ({"near": "51.9,-179.9", "within_km": "50"}, ["pacific"]),
        ({"near": "33.6,36.1", "within_km": "2000"}, ["valley"]),
        ({"located": "true"}, ["pacific", "valley"]),
        ({"located": "false"}, ["nowhere"]),
        ({"max_geo_precision": "1"}, ["valley"]),
        ({"max_geo_precision": "7"}, ["pacific", "valley"]),
    ],
)
def test_selects_by_position(client, names, asked, expected):
    assert found(client, names, **asked) == expected


@pytest.mark.parametrize("place", ["Syria", "Zabadani", "Deir Qanun"])
def test_finds_under_a_place_what_lies_in_it(client, names, place):
    assert found(client, names, place=place_id(client, place)) == ["valley"]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("WEDDING", ["valley"]),
        ("hall shells", ["valley"]),
        ("hall drone", []),
        ("deir-qanun", ["valley"]),
        ("Dayr Qanun", ["valley"]),
        ("دير قانون", ["valley"]),
        ("قاعه افراح", ["valley"]),
        ("قَذائِف", ["valley"]),
        ("100%", []),
    ],
)
def test_finds_words_in_either_script(client, names, q, expected):
    assert found(client, names, q=q) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"stance": "denies_occurrence"}, ["Invented."]),
        ({"stance": "admits,denies_occurrence"}, ["Invented."]),
        ({"accused": "army"}, ["Shells fell on the village."]),
        ({"act": "siege"}, ["Shells fell on the village."]),
        ({"claimant": "ministry"}, ["Invented."]),
        ({"claimant": "witness"}, ["A drone fell."]),
        ({"q": "invented"}, ["Invented."]),
        ({"q": "taken away"}, []),  # a confidential source's words are not there to be found
        ({"verification": "verified", "stance": "alleges"}, ["Shells fell on the village."]),
        ({"bbox": "179,51,-179,52"}, ["A drone fell."]),
    ],
)
def test_selects_reports_by_what_they_state(client, names, asked, expected):
    results = client.get("/api/v1/reports/", asked).json()["results"]

    assert [report["text"] for report in results] == expected


def test_selects_the_reports_of_incidents(client, names):
    ids = {name: public_id for public_id, name in names.items()}

    both = client.get("/api/v1/reports/", {"incident": f"{ids['valley']},{ids['pacific']}"})

    assert {report["incident"] for report in both.json()["results"]} == {
        ids["valley"],
        ids["pacific"],
    }
    assert len(both.json()["results"]) == 3


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("places", {}, ["Deir Qanun", "Syria", "Zabadani"]),
        ("places", {"kind": "district"}, ["Zabadani"]),
        ("places", {"kind": "district,country"}, ["Syria", "Zabadani"]),
        ("places", {"q": "ديرقانون"}, ["Deir Qanun"]),
        ("places", {"q": "دوما"}, []),
        ("places", {"q": "دير"}, ["Deir Qanun"]),
        ("places", {"q": "dayr"}, ["Deir Qanun"]),
        ("parties", {}, ["Army", "Faction"]),
        ("parties", {"kind": "state_forces"}, ["Army"]),
        ("parties", {"q": "faction"}, ["Faction"]),
        ("sources", {"kind": "monitor,news_agency"}, ["Agency", "Observatory"]),
        ("sources", {"kind": "other"}, []),
        ("agreements", {"class": "local_truce"}, ["A truce"]),
        ("agreements", {"class": "local_truce,preliminary"}, ["A ceasefire", "A truce"]),
        ("agreements", {"q": "ceasefire"}, ["A ceasefire"]),
    ],
)
def test_selects_reference_data(client, names, name, asked, expected):
    assert labels(client, name, **asked) == expected


def test_finds_places_in_a_place(client, names):
    within = place_id(client, "Zabadani")

    assert labels(client, "places", place=within) == ["Deir Qanun", "Zabadani"]


@pytest.fixture
def judged(publish):
    """A ceasefire read in two ways, a truce that says nothing of acts, and three shellings."""
    army = make_party(slug="army")
    ceasefire, truce = make_agreement(slug="ceasefire"), make_agreement(slug="truce")
    for agreement in (ceasefire, truce):
        make_adherence(agreement, army)
    government = make_reading(ceasefire, slug="government")
    make_reading(ceasefire, slug="opposition")
    make_reading(truce, slug="announced")
    make_provision(ceasefire, "fire_indirect")
    make_zone(ceasefire, reading=government)
    for agreement in (ceasefire, truce):
        publishing.publish_agreement(agreement)
    incidents = {
        "early": make_incident(reports=0, date_start=dt.date(2016, 12, 1)),
        "town": make_incident(reports=0, place=make_place(latitude=36.2, longitude=37.1)),
        "valley": make_incident(reports=0, place=make_place()),
    }
    for name, incident in incidents.items():
        incident.targets = ["civilians"]
        incident.save()
        make_report(incident=incident, accused=[army], text=name)
        publish(incident)
    return {str(incident.public_id): name for name, incident in incidents.items()}


VERDICTS = [
    ({"verdict": "violation"}, ["town", "valley"]),
    ({"verdict": "outside"}, ["early", "valley"]),
    ({"verdict": "undetermined"}, ["town", "valley"]),
    ({"verdict": "violation,outside"}, ["early", "town", "valley"]),
    ({"verdict": "violation", "reading": "government"}, ["town"]),
    ({"verdict": "violation", "reading": "opposition"}, ["town", "valley"]),
    ({"verdict": "violation", "reading": "announced"}, []),
    ({"verdict": "outside", "reading": "government"}, ["early", "valley"]),
    ({"verdict": "outside", "reading": "opposition,government"}, ["early", "valley"]),
    ({"verdict": "violation,outside", "reading": "government"}, ["early", "town", "valley"]),
    ({"verdict": "violation", "reading": "no-such"}, []),
    ({"verdict": "outside", "agreement": "ceasefire"}, ["valley"]),  # in force that day
    ({"verdict": "undetermined", "agreement": "ceasefire"}, []),
    ({"verdict": "undetermined", "agreement": "truce"}, ["town", "valley"]),
    ({"verdict": "violation", "agreement": "truce,ceasefire"}, ["town", "valley"]),
    ({"verdict": "violation", "agreement": "truce", "reading": "government"}, ["town"]),
    ({"verdict": "violation", "agreement": "no-such"}, []),
    ({"contested": "true"}, ["valley"]),
    ({"contested": "false"}, ["early", "town"]),
    ({"contested": "true", "agreement": "ceasefire"}, ["valley"]),
    ({"contested": "true", "agreement": "truce"}, []),
    ({"contested": "false", "agreement": "truce"}, ["town", "valley"]),
    ({"contested": "true", "agreement": "truce,ceasefire"}, ["valley"]),
    ({"contested": "true", "verdict": "violation", "reading": "government"}, []),
]


@pytest.mark.parametrize(("asked", "expected"), VERDICTS)
def test_selects_by_verdict(client, judged, asked, expected):
    assert sorted(found(client, judged, **asked)) == expected


@pytest.mark.parametrize(("asked", "expected"), VERDICTS)
def test_finds_reports_as_their_incident_is_judged(client, judged, asked, expected):
    results = client.get("/api/v1/reports/", asked).json()["results"]

    assert sorted(report["text"] for report in results) == expected


def test_finds_by_the_longest_slugs_there_are(client, publish):
    agreement = make_agreement(slug="a" * 64)
    for end in "xy":
        reading = make_reading(agreement, slug="r" * 49 + end)
    make_zone(agreement, reading=reading, rule="include")
    make_provision(agreement, "fire_indirect")
    publishing.publish_agreement(agreement)
    incident = publish(make_incident(place=make_place(latitude=36.2, longitude=37.1)))
    names = {str(incident.public_id): "town"}

    assert found(client, names, contested="true", agreement="a" * 64) == ["town"]
    assert found(client, names, verdict="undetermined", reading="r" * 49 + "x") == ["town"]
    assert found(client, names, verdict="undetermined", reading="r" * 49 + "y") == []
