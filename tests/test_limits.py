"""No request may ask for more than a query string can reasonably hold."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from knox.models import AuthToken

from tests.factories import make_user
from tracker.limits import LONGEST_QUERY, MOST_BODIES, MOST_PARAMETERS, LimitMiddleware, measured
from tracker.parameters import MOST_VALUES

pytestmark = pytest.mark.django_db
MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
URL = "/api/v1/incidents/"
MANY = "&".join(f"a{number}=1" for number in range(10_000))
LONG = "q=" + "a" * LONGEST_QUERY


@pytest.mark.parametrize(
    ("query", "status"), [(MANY, 414), (LONG, 414), ("&" * MOST_PARAMETERS, 400)]
)
@pytest.mark.parametrize("url", [URL, "/", "/ogc/", "/api/v1/incidents.csv", "/admin/login/"])
def test_refuses_a_query_that_is_too_long_or_has_too_many_parameters(client, url, query, status):
    response = client.get(f"{url}?{query}")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert len(response.content) < 300


@pytest.fixture
def send_chunks():
    """Hand a body to the tracker as the server does that does not know its length."""
    token = AuthToken.objects.create(make_user("contributor"))[1]

    def send(body: bytes) -> Any:
        environ = RequestFactory().post("/api/v1/reports/", content_type="application/json").environ
        environ |= {
            "HTTP_AUTHORIZATION": f"Token {token}",
            "HTTP_TRANSFER_ENCODING": "chunked",
            "wsgi.input": io.BytesIO(body),
        }
        del environ["CONTENT_LENGTH"]
        handler: Any = ClientHandler()
        return measured(lambda told, _start: handler(told))(environ, None)

    return send


def test_takes_a_body_in_chunks(send_chunks):
    answer = send_chunks(b'{"source": "nobody", "text": "x", "date_start": "2017-01-15"}')

    assert answer.status_code == 400
    assert [each["pointer"] for each in json.loads(answer.content)["errors"]] == ["/source"]


@pytest.mark.parametrize(("size", "status"), [(MOST_BYTES, 400), (MOST_BYTES + 1, 413)])
def test_takes_a_body_in_chunks_up_to_a_limit(send_chunks, size, status):
    assert send_chunks(b" " * size).status_code == status


@pytest.mark.parametrize("length", ["9000", str(MOST_BYTES + 1)])
def test_answers_who_only_reads_while_bodies_do_not_come(length):
    """More slow senders than there are places, which all hold on until the test ends."""
    come, begun = threading.Event(), threading.Semaphore(0)
    statuses: list[int] = []

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            begun.release()
            come.wait(30)
            return b""

    def application(environ: dict[str, Any], _start: Any) -> Any:
        environ["wsgi.input"].read()
        answer = LimitMiddleware(lambda _request: HttpResponse())(WSGIRequest(environ))
        statuses.append(answer.status_code)
        return answer

    answer = measured(application)

    def send(told: str) -> None:
        environ = RequestFactory().get("/").environ
        answer(environ | {"CONTENT_LENGTH": told, "wsgi.input": Slow()}, None)

    slow = [threading.Thread(target=send, args=[length]) for _each in range(MOST_BODIES)]
    for each in slow:
        each.start()
        assert begun.acquire(timeout=10)
    send(length)
    answer(RequestFactory().get("/").environ, None)
    assert statuses == [503, 200]

    come.set()
    for each in slow:
        each.join(10)
    come_again = RequestFactory().post("/", b"{}", content_type="application/json").environ
    answer(come_again, None)
    assert statuses[2:] == [200, 200, 200]


def test_takes_as_many_values_in_a_filter_as_anyone_needs(client):
    values = ",".join(f"party-{number}" for number in range(MOST_VALUES))

    assert client.get(f"{URL}?accused={values}").status_code == 200


def test_refuses_more_values_in_a_filter(client):
    values = ",".join(f"party-{number}" for number in range(MOST_VALUES + 1))

    response = client.get(f"{URL}?accused={values}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/accused"
