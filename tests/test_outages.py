"""A full disk, a database that is away or cannot be written: told as such, and nothing is half-written."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.factories import make_source, make_user
from tracker.desk.models import Report
from tracker.desk.workflow import tokens

pytestmark = pytest.mark.django_db(transaction=True)
sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite alone")
REPORT = {"text": "Shells fell on the valley. " * 400, "date_start": "2017-01-15"}
SUBMIT = "/api/v1/reports/"


@pytest.fixture
def patient() -> Client:
    """A client that takes what a failing server answers."""
    return Client(raise_request_exception=False)


@pytest.fixture
def submit(patient):
    source = make_source(slug="observatory")
    partner = make_user("contributor")
    token = tokens.issue(partner, days=1)
    return lambda: patient.post(
        SUBMIT,
        json.dumps({**REPORT, "source": source.slug}),
        content_type="application/json",
        headers={"Authorization": f"Token {token}"},
    )


@pytest.fixture
def full():
    """A database that may have no page more than it has."""
    with connection.cursor() as cursor:
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        [most] = cursor.execute("PRAGMA max_page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield lambda: connection.cursor().execute(f"PRAGMA max_page_count = {most}")
        cursor.execute(f"PRAGMA max_page_count = {most}")


@pytest.fixture
def unwritable():
    """A database that can be read alone, as on a standby or a disk that went read-only."""
    postgresql = connection.vendor == "postgresql"
    on, off = (
        ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
        if postgresql
        else ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
    )
    connection.cursor().execute(on)
    yield
    connection.cursor().execute(off)


@pytest.fixture
def lose(monkeypatch):
    """What takes the database away."""

    def refused(_connection):
        raise OperationalError("connection refused")

    def lost():
        connection.close()
        ensure = "django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection"
        monkeypatch.setattr(ensure, refused)

    yield lost
    monkeypatch.undo()


@sqlite_alone
def test_says_that_the_disk_is_full_and_saves_again_when_there_is_room(submit, patient, full):
    for _nth in range(40):
        response = submit()
        if response.status_code != 201:
            break
    saved = Report.objects.count()

    assert response.status_code == 507
    assert response["Content-Type"] == "application/problem+json"
    assert "Nothing was saved" in response.json()["detail"]
    assert patient.get("/api/v1/incidents/").status_code == 200
    full()
    assert submit().status_code == 201
    assert Report.objects.count() == saved + 1


def test_says_that_nothing_can_be_saved_and_goes_on_being_read(submit, patient, unwritable):
    response = submit()

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "not written" in response.json()["detail"]
    assert patient.get("/api/v1/incidents/").status_code == 200
    assert patient.get("/incidents/").status_code == 200


# Of a page of the desk it is the middleware that asks the database first, and not the view.
@pytest.mark.parametrize("address", ["/incidents/", "/admin/desk/report/"])
def test_shows_a_page_where_the_database_is_away(patient, lose, address):
    patient.force_login(make_user("data entry"))
    lose()

    response = patient.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "The database does not answer" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_tells_the_api_that_the_database_is_away_in_its_own_form(patient, lose):
    lose()

    response = patient.get("/api/v1/incidents/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["status"] == 503


def test_still_tells_a_fault_of_its_own_as_one(patient, monkeypatch):
    monkeypatch.setattr("tracker.public.filters.IncidentQuery.read", lambda _told: 1 / 0)

    assert patient.get("/api/v1/incidents/").status_code == 500
