from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from tests.factories import make_party, make_place, make_report, make_source, make_user
from tracker.desk.models import Figure, Report, Submission

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"


@pytest.fixture
def source():
    return make_source(slug="sohr")


@pytest.fixture
def submit(source):
    """Post a report as a partner's system does."""
    _instance, token = AuthToken.objects.create(make_user("contributor"))

    def post(body: Any = None, *, key: str = "", raw: bytes | None = None, **fields: Any) -> Any:
        if body is None:
            body = {"source": "sohr", "text": "قصف على صالة", "date_start": "2017-01-15", **fields}
        headers = {"Authorization": f"Token {token}"} | ({"Idempotency-Key": key} if key else {})
        content = json.dumps(body).encode() if raw is None else raw
        return Client().post(URL, content, content_type="application/json", headers=headers)

    return post


def stored() -> tuple[int, int, int]:
    return Report.objects.count(), Figure.objects.count(), Submission.objects.count()


def pointers(response: Any) -> list[str]:
    assert response["Content-Type"] == "application/problem+json"
    return [error["pointer"] for error in response.json()["errors"]]


def test_keeps_what_is_submitted_and_answers_with_a_receipt(submit):
    make_party(slug="army")
    figures = [{"harm": "killed", "low": 7}, {"harm": "injured", "as_written": "dozens"}]

    response = submit(accused=["army"], figures=figures, external_id="17", acts=["fire_indirect"])

    report = Report.objects.get()
    assert response.status_code == 201
    assert response.json()["receipt"] == str(report.submission.receipt)
    assert report.text == "قصف على صالة"
    assert report.raw["external_id"] == "17"
    assert [party.slug for party in report.accused.all()] == ["army"]
    assert list(report.figures.values_list("harm", "low", "best")) == [
        ("killed", 7, None),
        ("injured", None, None),
    ]


def test_publishes_nothing_by_itself(submit, client):
    submit()

    assert client.get(URL).json()["results"] == []


def test_needs_a_token():
    response = Client().post(URL, {}, content_type="application/json")

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Token"


def test_refuses_a_wrong_token():
    response = Client().post(
        URL, {}, content_type="application/json", headers={"Authorization": "Token wrong"}
    )

    assert response.status_code == 401


def test_refuses_a_user_outside_the_group_of_contributors(source):
    _instance, token = AuthToken.objects.create(make_user())
    body = {"source": "sohr", "text": "x", "date_start": "2017-01-15"}

    response = Client().post(
        URL, body, content_type="application/json", headers={"Authorization": f"Token {token}"}
    )

    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert stored() == (0, 0, 0)


def test_answers_the_same_external_id_with_the_first_receipt(submit):
    first, again = submit(external_id="17"), submit(external_id="17")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert stored() == (1, 0, 1)


def test_answers_the_same_idempotency_key_with_the_first_receipt(submit):
    first, again, other = submit(key="a"), submit(key="a"), submit(key="b")

    assert again.json() == first.json()
    assert other.json() != first.json()
    assert stored() == (2, 0, 2)


@pytest.mark.parametrize("same", [{"external_id": "17"}, {"key": "a"}])
def test_refuses_other_content_under_the_same_id_or_key(submit, same):
    submit(**same)

    response = submit(**same, text="Other words.")

    assert response.status_code == 409
    assert Report.objects.get().text == "قصف على صالة"


def test_refuses_an_external_id_that_the_desk_typed_before(submit, source):
    make_report(source=source, external_id="17")

    assert submit(external_id="17").status_code == 409
    assert stored() == (1, 0, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"colour": "red"}, ["/colour"]),
        ({"public_id": "x", "incident": 1}, ["/incident", "/public_id"]),
        ({"figures": [{"harm": "killed", "best": 1, "worst": 2}]}, ["/figures/0/worst"]),
        ({"figures": [{}]}, ["/figures/0"]),
        ({"figures": [{"best": 1}, {"best": 2}]}, ["/figures"]),
        ({"figures": [{"best": -1}]}, ["/figures/0/best"]),
        ({"figures": [{"best": 10**30}]}, ["/figures/0/best"]),
        ({"figures": [{"best": 1.5}]}, ["/figures/0/best"]),
        ({"figures": {"best": 1}}, ["/figures"]),
        ({"figures": "many"}, ["/figures"]),
        ({"text": ""}, ["/text"]),
        ({"text": None}, ["/text"]),
        ({"text": ["a"]}, ["/text"]),
        ({"text": "a\0b"}, ["/text"]),
        ({"text": "\ud800"}, ["/text"]),
        ({"text": "x" * 20_001}, ["/text"]),
        ({"date_start": "2017-02-30"}, ["/date_start"]),
        ({"date_start": "15/01/2017"}, ["/date_start"]),
        ({"date_start": 20170115}, ["/date_start"]),
        ({"date_end": "2017-01-14"}, ["/date_end"]),
        ({"date_precision": 6}, ["/date_precision"]),
        ({"geo_precision": 0}, ["/geo_precision"]),
        ({"source": "nobody"}, ["/source"]),
        ({"source": ["sohr"]}, ["/source"]),
        ({"source": "a\0b"}, ["/source"]),
        ({"source": {"id": 1}}, ["/source"]),
        ({"accused": ["nobody"]}, ["/accused"]),
        ({"accused": "army"}, ["/accused"]),
        ({"place": "not-a-uuid"}, ["/place"]),
        ({"place": "00000000-0000-4000-8000-000000000000"}, ["/place"]),
        ({"acts": ["dancing"]}, ["/acts/0"]),
        ({"acts": "siege"}, ["/acts"]),
        ({"stance": "shrugs"}, ["/stance"]),
        ({"url": "javascript:alert(1)"}, ["/url"]),
        ({"language": "!"}, ["/language"]),
    ],
)
def test_refuses_what_is_wrong_naming_each_thing(submit, fields, expected):
    response = submit(**fields)

    assert response.status_code == 400
    assert sorted(pointers(response)) == expected
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("missing", ["source", "text", "date_start"])
def test_needs_source_text_and_first_day_alone(submit, missing):
    body = {"source": "sohr", "text": "x", "date_start": "2017-01-15"}
    body.pop(missing)

    assert pointers(submit(body)) == [f"/{missing}"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'"text"', b"null", b"NaN", b"[" * 100_000, b'{"text": Infinity}', b"\xff"],
)
def test_refuses_a_body_that_is_no_report(submit, raw):
    response = submit(raw=raw)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert stored() == (0, 0, 0)


def test_refuses_a_body_above_the_limit(submit, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = submit(translation="x" * 2000)

    assert response.status_code in {400, 413}
    assert response["Content-Type"] == "application/problem+json"


def test_refuses_another_content_type(submit, source):
    _instance, token = AuthToken.objects.create(make_user("contributor"))

    response = Client().post(
        URL, "text=x", content_type="text/plain", headers={"Authorization": f"Token {token}"}
    )

    assert response.status_code == 415
    assert response["Content-Type"] == "application/problem+json"


def test_refuses_a_key_that_is_too_long(submit):
    assert pointers(submit(key="k" * 129)) == ["/Idempotency-Key"]


def test_knows_no_confidential_source_for_who_may_not(submit):
    make_source(slug="hidden", is_confidential=True)

    known, unknown = submit(source="hidden"), submit(source="nobody")

    assert known.status_code == unknown.status_code == 400
    assert (
        known.json()["errors"][0]["detail"].replace("hidden", "nobody")
        == (unknown.json()["errors"][0]["detail"])
    )


def test_takes_a_place_by_its_public_id(submit, publish):
    place = make_place(public_id="3f0f4a52-9f0b-4f7e-8d70-2c8f6a1f2f11")

    assert submit(place=str(place.public_id)).status_code == 201
    assert Report.objects.get().place == place
