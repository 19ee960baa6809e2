from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
)
from tracker.desk.models import PlaceName
from tracker.desk.workflow import publishing
from tracker.public.filters import IncidentQuery
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"


@pytest.fixture
def three(publish):
    """Three published incidents that differ in everything a filter can ask for."""
    publishing.publish_agreement(make_agreement(slug="december"))
    valley = make_place(name="Wadi Barada", name_ar="وادي بردى", kind="area")
    village = make_place(name="Deir Qanun", name_ar="دير قانون", parent=valley)
    PlaceName.objects.create(place=village, name="Dayr Qānūn")
    pacific = make_place(name="Taveuni", latitude=-16.8, longitude=-179.95)

    first = make_incident(
        reports=0,
        place=village,
        date_start="2017-01-15",
        means=["mortar"],
        summary="Shells on a hall",
        verification="corroborated",
    )
    make_report(
        incident=first,
        source=make_source(slug="sohr"),
        accused=[make_party(slug="army")],
        stance="alleges",
        place=village,
    )
    make_report(incident=first, source=make_source(slug="ministry"), stance="denies_occurrence")
    second = make_incident(
        reports=1,
        place=pacific,
        acts=["air_attack"],
        date_start="2016-12-01",
        date_precision=4,
        summary_ar="غارة جوية",
    )
    third = make_incident(reports=1, acts=["siege", "fire_indirect"], date_start="2017-02-01")
    for incident in (first, second, third):
        publish(incident)
    return {"first": first, "second": second, "third": third, "valley": valley, "village": village}


def found(client, three, question: str, url: str = URL) -> list[str]:
    for name in ("valley", "village"):
        three[name].refresh_from_db()
        question = question.replace(name, str(three[name].public_id))
    response = client.get(f"{url}?{question}")
    assert response.status_code == 200, response.content
    names = {str(three[name].public_id): name for name in ("first", "second", "third")}
    return [names[row["id" if url == URL else "incident"]] for row in response.json()["results"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", "third first second"),
        ("ordering=date", "second first third"),
        ("agreement=december", "third first"),
        ("act=fire_indirect", "third first"),
        ("act=air_attack,siege", "third second"),
        ("means=mortar", "first"),
        ("accused=army", "first"),
        ("accused=nobody", ""),
        ("claimant=sohr", "first"),
        ("verification=corroborated,verified", "first"),
        ("date_from=2017-01-15", "third first"),
        ("date_from=2017-01-15&date_to=2017-01-15", "first"),
        ("date_to=2017-01-14", "second"),
        ("place=village", "first"),
        ("place=valley", "first"),
        ("bbox=36,33,37,34", "first"),
        ("bbox=179,-20,-179,-10", "second"),
        ("bbox=-180,-90,180,90", "first second"),
        ("near=33.6,36.1&within_km=10", "first"),
        ("near=-16.8,179.9&within_km=50", "second"),
        ("near=33.6,36.1&within_km=1", ""),
        ("located=true", "first second"),
        ("located=false", "third"),
        ("max_geo_precision=1", "first second"),
        ("max_date_precision=3", "third first"),
        ("q=hall", "first"),
        ("q=HALL+shells", "first"),
        ("q=غارة", "second"),
        ("q=دير+قانون", "first"),
        ("q=dayr+qanun", "first"),
        ("updated_since=2017-01-01", "third first second"),
        ("updated_since=2017-01-01T00:00:00+02:00", "third first second"),
        ("updated_since=2999-01-01", ""),
        ("act=fire_indirect&date_to=2017-01-31&place=valley&bbox=36,33,37,34", "first"),
    ],
)
def test_finds_what_was_asked_for(client, three, question, expected):
    assert found(client, three, question) == expected.split()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("stance=denies_occurrence", "first"),
        ("claimant=sohr", "first"),
        ("place=valley", "first first"),
        ("located=false", "third"),
        ("accused=army", "first"),
    ],
)
def test_finds_reports_by_what_they_state(client, three, question, expected):
    assert found(client, three, question, "/api/v1/reports/") == expected.split()


def test_finds_the_reports_of_an_incident(client, three):
    question = f"incident={three['first'].public_id}"

    assert found(client, three, question, "/api/v1/reports/") == ["first", "first"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("places/?q=دير قانون", ["Deir Qanun"]),
        ("places/?q=DAYR qanun", ["Deir Qanun"]),
        ("places/?kind=area", ["Wadi Barada"]),
        ("parties/?kind=armed_group", ["Party"]),
        ("parties/?kind=civilians", []),
        ("agreements/?class=local_truce", []),
    ],
)
def test_finds_reference_data_by_name_and_kind(client, three, address, expected):
    results = client.get(f"/api/v1/{address}").json()["results"]

    assert [
        row.get("name", "").split(" 1")[0][: len(name)]
        for row, name in zip(results, expected, strict=True)
    ] == expected


WRONG = [
    ("colour=red", "/colour"),
    ("act=dancing", "/act/0"),
    ("act=siege,dancing", "/act/1"),
    ("act=", "/act/0"),
    ("act=siege&act=detain", "/act"),
    ("verification=maybe", "/verification/0"),
    ("date_from=2017-02-30", "/date_from"),
    ("date_from=15/01/2017", "/date_from"),
    ("date_from=", "/date_from"),
    ("date_from=2017-01-16&date_to=2017-01-15", "/date_to"),
    ("place=deir-qanun", "/place/0"),
    ("accused=a%20b", "/accused/0"),
    ("bbox=1,2,3", "/bbox"),
    ("bbox=a,b,c,d", "/bbox"),
    ("bbox=0,95,1,96", "/bbox"),
    ("bbox=-190,0,10,10", "/bbox"),
    ("bbox=0,10,10,0", "/bbox"),
    ("bbox=nan,0,1,1", "/bbox"),
    ("bbox=0,0,inf,1", "/bbox"),
    ("near=33.6,36.1", "/within_km"),
    ("within_km=10", "/near"),
    ("near=95,0&within_km=1", "/near"),
    ("near=33,36&within_km=-1", "/within_km"),
    ("near=33,36&within_km=nan", "/within_km"),
    ("near=33,36&within_km=20001", "/within_km"),
    ("located=perhaps", "/located"),
    ("located=", "/located"),
    ("max_geo_precision=8", "/max_geo_precision"),
    ("max_date_precision=0", "/max_date_precision"),
    ("updated_since=yesterday", "/updated_since"),
    ("updated_since=2017-01-01T00:00", "/updated_since"),
    ("ordering=note", "/ordering"),
    ("q=", "/q"),
    ("q=%00", "/q"),
    ("q=%25", "/q"),
    (f"q={'x' * 201}", "/q"),
]


@pytest.mark.parametrize(("question", "pointer"), WRONG)
def test_refuses_a_wrong_question_naming_what_is_wrong(client, question, pointer):
    response = client.get(f"{URL}?{question}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert pointer in [error["pointer"] for error in response.json()["errors"]]


def test_names_every_wrong_thing_at_once(client):
    errors = client.get(f"{URL}?act=x&bbox=y&colour=z").json()["errors"]

    assert {error["pointer"] for error in errors} == {"/act/0", "/bbox", "/colour"}


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/nothing/", 404),
        ("get", "/api/v1/incidents/17/", 404),
        ("get", "/api/v1/incidents/00000000-0000-4000-8000-000000000000/", 404),
        ("get", "/api/v1/incidents/00000000-0000-4000-8000-000000000000/reports/", 404),
        ("get", "/api/v1/parties/nobody/", 404),
        ("get", "/api/v2/", 404),
        ("get", "/api/v1/?page=2", 400),
        ("post", "/api/v1/incidents/", 405),
        ("put", "/api/v1/parties/", 405),
        ("delete", "/api/v1/places/", 405),
        ("post", "/api/v1/reports/", 401),
    ],
)
def test_answers_every_refusal_with_a_problem_document(client, method, address, status):
    response = getattr(client, method)(address)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_refuses_parameters_where_there_are_none(client, publish):
    incident = publish(make_incident())

    assert client.get(f"{URL}{incident.public_id}/?expand=source").status_code == 400


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(sorted(IncidentQuery().fields)), value=st.text(max_size=40))
def test_answers_any_text_as_any_parameter_without_failing(client, name, value):
    assert client.get(URL, {name: value}).status_code in {200, 400}


def test_keeps_the_incidents_of_a_kind_apart(three):
    assert Edition.objects.of(Kind.INCIDENT).count() == 3
    assert Edition.objects.of(Kind.REPORT).count() == 4
