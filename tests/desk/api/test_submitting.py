from __future__ import annotations

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knox.models import AuthToken

from tests.factories import make_place, make_source, make_user
from tracker.desk.models import Figure, Report, Submission

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"
LEAST = {"source": "sohr", "text": "Shells fell.", "date_start": "2017-01-15"}


@pytest.fixture
def token():
    make_source(slug="sohr")
    return AuthToken.objects.create(make_user("contributor"))[1]


@pytest.fixture
def send(token):
    """Post bytes as a partner's system does; a bug is answered with 500 and not raised."""
    client = Client(raise_request_exception=False)

    def post(content, content_type="application/json", **headers):
        headers = {"Authorization": f"Token {token}", **headers}
        return client.generic("POST", URL, content, content_type=content_type, headers=headers)

    return post


def stored():
    return [model.objects.count() for model in (Report, Submission, Figure)]


def assert_refused(response, *statuses):
    assert response.status_code in statuses, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert stored() == [0, 0, 0]


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token é", "Token " + "0" * 64, "Bearer x", "Basic eDp5", "é"]
)
def test_challenges_who_brings_no_token_of_ours(header):
    response = Client().post(URL, LEAST, "application/json", headers={"Authorization": header})

    assert_refused(response, 401)
    assert response["WWW-Authenticate"] == "Token"


def test_refuses_the_token_of_an_account_that_was_closed():
    user = make_user("contributor", is_active=False)
    token = AuthToken.objects.create(user)[1]

    response = Client().post(
        URL, LEAST, "application/json", headers={"Authorization": f"Token {token}"}
    )

    assert_refused(response, 401)


def test_ignores_a_session_where_a_token_is_due(desk):
    assert_refused(desk.post(URL, LEAST, "application/json"), 401)


def test_stores_every_field_as_it_was_stated(send):
    place = make_place(public_id="3f0f4a52-9f0b-4f7e-8d70-2c8f6a1f2f11")
    stated = {
        "external_id": "SN-17",
        "url": "https://example.org/17",
        "archive_url": "https://archive.example/17",
        "language": "ar",
        "text": "قذائف على قاعة أفراح",
        "translation": "Shells on a wedding hall",
        "date_precision": 2,
        "place_as_written": "دير قانون",
        "geo_precision": 1,
        "acts": ["fire_indirect"],
        "means": ["mortar", "tank"],
        "accused_as_written": "الجيش",
        "stance": "confirms",
        "justification": "response",
    }
    dates = {"date_start": "2017-01-15", "date_end": "2017-01-16", "stated_on": "2017-01-17"}
    body = {"source": "sohr", "place": str(place.public_id), **dates, **stated}

    assert send(json.dumps(body)).status_code == 201

    report = Report.objects.get()
    assert {name: getattr(report, name) for name in stated} == stated
    assert [str(report.date_end), str(report.published_on)] == ["2017-01-16", "2017-01-17"]
    assert (report.place, report.raw, report.entered_by) == (place, body, report.submission.sender)


def test_keeps_a_number_that_is_not_known_apart_from_none_at_all(send):
    send(json.dumps({**LEAST, "figures": [{"low": 0, "high": None, "as_written": "no one"}]}))

    figure = Figure.objects.get()
    assert (figure.low, figure.best, figure.high) == (0, None, None)


def test_tells_the_same_content_by_its_members_not_their_order(send):
    first = send(json.dumps({**LEAST, "external_id": "1"}))
    again = send(json.dumps(dict(reversed(list({**LEAST, "external_id": "1"}.items())))))

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


@pytest.mark.parametrize(
    "value",
    [
        "1e999",
        "-1e999",
        '"\\ud800"',
        '"\\u0000"',
        "NaN",
        "9" * 5000,
        "[[[]]]",
        "true",
        "{}",
    ],
)
@pytest.mark.parametrize("name", ["external_id", "text", "source", "acts", "date_start", "place"])
def test_refuses_values_no_database_can_hold(send, name, value):
    others = {key: each for key, each in LEAST.items() if key != name}
    response = send(f'{{"{name}": {value}, {json.dumps(others)[1:]}')

    assert_refused(response, 400)


@pytest.mark.parametrize("number", ["17", "9" * 40, "1.5"])
def test_takes_a_number_as_an_external_id(send, number):
    content = f'{{"external_id": {number}, {json.dumps(LEAST)[1:]}'

    assert send(content).status_code == 201
    assert send(content).status_code == 200
    assert Report.objects.get().external_id == number


@pytest.mark.parametrize("depth", [20, 500, *range(750, 1000, 10), 100_000])
@pytest.mark.parametrize("name", ["stance", "accused", "figures"])
def test_refuses_whatever_is_nested_deeply(send, name, depth):
    nested = "[" * depth + "]" * depth

    assert_refused(send(f'{{"{name}": {nested}, {json.dumps(LEAST)[1:]}'), 400)


@pytest.mark.parametrize("accused", [{}, {"army": 1}, "army", 1, None, [None], [["army"]]])
def test_takes_the_accused_as_a_list_of_slugs_alone(send, accused):
    response = send(json.dumps({**LEAST, "accused": accused}))

    assert_refused(response, 400)
    assert response.json()["errors"][0]["pointer"].startswith("/accused")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "",
        "multipart/form-data; boundary=x",
        "application/json-patch+json",
        "nonsense",
    ],
)
def test_takes_json_alone(send, content_type):
    assert_refused(send(json.dumps(LEAST), content_type), 415)


@pytest.mark.parametrize("charset", ["zlib", "hex", "utf-16", "idna", "nonsense", "ascii"])
def test_reads_or_refuses_any_charset(send, charset):
    response = send(json.dumps(LEAST).encode(), f"application/json; charset={charset}")

    assert response.status_code in {201, 400}


def test_refuses_a_body_above_the_limit_though_it_is_mostly_spaces(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000

    assert send(json.dumps(LEAST) + " " * 9000).status_code == 201
    Report.objects.all().delete()
    assert_refused(send(json.dumps(LEAST) + " " * 10_000), 400, 413)


def test_answers_nothing_but_a_problem_to_other_methods(send, token):
    client = Client(headers={"Authorization": f"Token {token}"})
    for method in (client.put, client.patch, client.delete):
        assert_refused(method(URL, json.dumps(LEAST), "application/json"), 405)


def test_shows_what_was_submitted_at_no_public_address(send, client):
    body = {**LEAST, "text": "unheard-of", "external_id": "SN-unheard-of"}
    send(json.dumps(body))
    report = Report.objects.get()

    lists = ["incidents", "reports", "agreements", "parties", "places", "sources", "schema"]
    pages = [client.get(f"/api/v1/{name}/").content for name in lists] + [client.get("/").content]

    assert not any(b"unheard-of" in page or b"sohr" in page for page in pages)
    assert report.public_id is None
    assert client.get(f"{URL}{report.submission.receipt}/").status_code == 404


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ["source", "text", "date_start", "date_end", "acts", "figures", "place", "accused", "url"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from([*NAMES, "external_id", "language", "geo_precision", "stance"]), ANY_JSON)
def test_takes_or_refuses_any_value_of_any_field(send, name, value):
    response = send(json.dumps({**LEAST, name: value}))

    assert response.status_code in {201, 400}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ANY_JSON | st.binary(max_size=60))
def test_takes_no_other_body_for_a_report(send, body):
    content = body if isinstance(body, bytes) else json.dumps(body)

    assert_refused(send(content), 400)


@pytest.mark.parametrize("name", ["acts", "means", "accused", "figures"])
def test_looks_up_nothing_in_a_list_that_is_too_long(send, name, django_assert_max_num_queries):
    body = json.dumps({**LEAST, name: ["nobody"] * 1001})

    with django_assert_max_num_queries(30):
        response = send(body)

    assert response.status_code == 400
    assert "too long" in response.json()["detail"]
