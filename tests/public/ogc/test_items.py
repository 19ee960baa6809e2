from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.public.ogc.world import NAMES
from tracker.desk.models import Incident
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind
from tracker.public.ogc.queries import IncidentItems

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/incidents/items"
ASKED = [
    {},
    {"act": "siege"},
    {"means": "tank,mortar"},
    {"accused": "army"},
    {"agreement": "truce"},
    {"verification": "verified"},
    {"verdict": "outside,undetermined", "reading": "truce-strict"},
    {"contested": "false"},
    {"date_from": "2017-01-15", "date_to": "2017-01-15"},
    {"q": "halfaya"},
    {"near": "33.6,36.1", "within_km": "30"},
    {"located": "false"},
    {"located": "true", "bbox": "36,33,36.5,34"},
    {"max_geo_precision": "3"},
    {"updated_since": "2017-01-01"},
    {"ordering": "date"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_finds_the_incidents_of_the_api_in_its_order(client, world, found, asked):
    told = client.get("/api/v1/incidents/", asked).json()["results"]

    assert [each["id"] for each in found("incidents", **asked)] == [each["id"] for each in told]


def test_finds_something_and_not_all_by_nearly_every_filter(world, found):
    numbers = [len(found("incidents", **asked)) for asked in ASKED]

    assert set(numbers) == {1, 2, 3}


def test_says_of_an_incident_what_the_api_does(client, world, found):
    told = {each["id"]: each for each in client.get("/api/v1/incidents/").json()["results"]}

    for feature in found("incidents"):
        incident, properties = told[feature["id"]], feature["properties"]
        for name in ("title", "title_ar", "date_start", "date_end", "summary", "verification"):
            assert properties[name] == incident[name]
        position = incident["position"]
        assert feature["geometry"] == (
            position
            and {"type": "Point", "coordinates": [position["longitude"], position["latitude"]]}
        )
        assert properties["act"] == ",".join(incident["acts"])
        assert properties["reports"] == len(incident["reports"])
        assert properties["place"] == (incident["place"] and incident["place"]["id"])
        verdicts = [
            reading["verdict"] for each in incident["verdicts"] for reading in each["readings"]
        ]
        assert [each.split("@")[0] for each in properties["verdict"].split(",")] == verdicts


def test_says_null_where_nothing_is_known(world, found):
    (incident,) = found("incidents", located="false")

    unknown = ("means", "target", "place", "geo_precision", "cell_degrees")
    assert incident["geometry"] is None
    assert [incident["properties"][name] for name in unknown] == [None] * 5
    assert incident["properties"]["corroboration"] == 1


def test_has_nothing_but_flat_values(world, found):
    for name in NAMES:
        for feature in found(name):
            assert feature["type"] == "Feature"
            assert uuid.UUID(feature["id"])
            assert not any(isinstance(each, list | dict) for each in feature["properties"].values())


@pytest.mark.parametrize(
    ("datetime", "titles"),
    [
        # The siege begins on the 10th and ends on the 20th; the two others last a day each.
        ("2017-01-12", {"Siege"}),
        ("2017-01-15", {"Siege", "Shelling"}),
        ("2017-01-15T23:30:00Z", {"Siege", "Nowhere"}),
        ("2017-01-15t09:00:00z", {"Siege", "Shelling"}),
        ("2017-01-16T01:30:00+02:00", {"Siege", "Nowhere"}),
        ("2017-01-16/2017-01-19", {"Siege", "Nowhere"}),
        ("2017-01-20/..", {"Siege"}),
        ("2017-01-20T/..", {"Siege"}),
        ("2017-01-21/..", set()),
        ("2017-01-16/", {"Siege", "Nowhere"}),
        ("../2017-01-10", {"Siege"}),
        ("/2017-01-09", set()),
        ("2017-01-01/2017-01-31", {"Siege", "Shelling", "Nowhere"}),
        ("2017-01-15T00:00:00Z/2017-01-16T00:00:00Z", {"Siege", "Shelling", "Nowhere"}),
    ],
)
def test_finds_incidents_that_lasted_on_a_day_asked_for(world, found, datetime, titles):
    features = found("incidents", datetime=datetime)

    assert {_called(each) for each in features} == titles


def _called(feature):
    if feature["geometry"] is None:
        return "Nowhere"
    return "Siege" if feature["properties"]["act"] == "siege" else "Shelling"


@pytest.mark.parametrize(
    ("bbox", "titles"),
    [
        # What has no position is found by every box (/req/core/fc-bbox-response, C).
        ("36,33.5,36.3,33.7", {"Shelling", "Nowhere"}),
        ("36,33.5,-10,36.3,33.7,4000", {"Shelling", "Nowhere"}),
        ("36,33,37,36", {"Siege", "Shelling", "Nowhere"}),
        ("170,-90,-170,90", {"Nowhere"}),
        ("36.4,-90,-170,90", {"Siege", "Nowhere"}),
        ("-180,-90,180,90", {"Siege", "Shelling", "Nowhere"}),
    ],
)
def test_finds_what_lies_in_a_box_and_what_lies_nowhere(world, found, bbox, titles):
    assert {_called(each) for each in found("incidents", bbox=bbox)} == titles


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_pages_through_everything_once(world, found, name, limit):
    everything = [each["id"] for each in found(name)]

    assert [each["id"] for each in found(name, limit=limit)] == everything
    assert len(everything) == len(set(everything)) > 1


@pytest.mark.parametrize("name", NAMES)
def test_finds_each_feature_under_its_id(client, world, found, name):
    for feature in found(name):
        alone = client.get(f"/ogc/collections/{name}/items/{feature['id']}")

        assert alone["Content-Type"] == "application/geo+json"
        assert {**alone.json(), "links": None} == {**feature, "links": None}


def test_keeps_what_was_asked_on_every_page(client, world):
    asked = "limit=1&bbox=36,33,37,36&datetime=2017-01-01/..&act=siege&f=json"

    links = client.get(f"{ITEMS}?{asked}").json()["links"]

    (following,) = [each["href"] for each in links if each["rel"] == "next"]
    told = ("limit=1&", "bbox=36%2C33%2C37%2C36&", "act=siege&", "f=json&", "cursor=")
    assert all(each in following for each in told)


def test_answers_with_a_thousand_where_more_are_asked_for(client, world):
    answer = client.get(f"{ITEMS}?limit=1000000")

    assert answer.status_code == 200
    assert answer.json()["numberReturned"] == 3
    asked = IncidentItems(data={"limit": "1000000"})
    asked.is_valid(raise_exception=True)
    assert asked.validated_data["limit"] == 1000


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("foo=1", "foo"),
        ("page_size=5", "page_size"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=", "limit"),
        ("bbox=36,33,37", "bbox"),
        ("bbox=36,33,37,34,5", "bbox"),
        ("bbox=36,33,x,37,34,5", "bbox"),
        ("bbox=36,33,9,37,34,5", "bbox"),
        ("bbox=36,33,0,37,34,inf", "bbox"),
        ("bbox=36,34,37,33", "bbox"),
        ("bbox=-181,34,37,35", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("datetime=2017", "datetime"),
        ("datetime=", "datetime"),
        ("datetime=..", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=/", "datetime"),
        ("datetime=2017-01-02/2017-01-01", "datetime"),
        ("datetime=2017-01-01/2017-01-02/2017-01-03", "datetime"),
        ("datetime=2017-01-01T09:00:00", "datetime"),
        ("datetime=%00", "datetime"),
        ("act=nope", "act"),
        ("act=siege&act=detain", "act"),
        ("cursor=x", "cursor"),
        ("f=xml", "f"),
        ("lang=de", "lang"),
    ],
)
def test_refuses_what_cannot_be_asked(client, asked, wrong):
    answer = client.get(f"{ITEMS}?{asked}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert {each["pointer"].split("/")[1] for each in answer.json()["errors"]} == {wrong}


@pytest.mark.parametrize(
    ("name", "foreign"), [("zones", "act"), ("places", "rule"), ("tallies", "kind")]
)
def test_refuses_the_filters_of_another_collection(client, name, foreign):
    assert client.get(f"/ogc/collections/{name}/items?{foreign}=siege").status_code == 400


@pytest.mark.parametrize("name", NAMES)
def test_does_not_find_a_feature_that_never_was(client, name):
    for public_id in (uuid.UUID(int=1), "1", "%00"):
        answer = client.get(f"/ogc/collections/{name}/items/{public_id}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


def test_says_why_an_incident_was_taken_back(client, world):
    incident = Incident.objects.exclude(public_id=None).earliest("pk")
    publishing.withdraw(incident, reason="an error")

    answer = client.get(f"{ITEMS}/{incident.public_id}")

    assert answer.status_code == 410
    assert "an error" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "number"), [("incidents", 1), ("places", 1), ("tallies", 2), ("zones", 2)]
)
def test_takes_as_many_queries_for_a_thousand_as_for_one(client, world, name, number):
    for asked in ({}, {"bbox": "-180,-90,180,90", "datetime": "2017-01-12/.."}):
        taken = []
        for limit in (1, 1000):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(f"/ogc/collections/{name}/items", {"limit": limit, **asked})
            assert answer.json()["numberReturned"] >= 1
            taken.append(len(captured))
        assert taken[0] == taken[1] <= number + len(asked)


def test_reads_a_document_that_tells_next_to_nothing(client, world):
    for kind in (Kind.INCIDENT, Kind.PLACE, Kind.TALLY):
        edition = Edition.objects.of(kind)[0]
        edition.document = f'{{"id":"{edition.public_id}"}}'
        edition.save()

    for name in ("incidents", "places", "tallies"):
        assert client.get(f"/ogc/collections/{name}/items").status_code == 200
