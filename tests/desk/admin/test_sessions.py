"""Sessions end: when nobody uses them, after half a day, and by hand. What was typed is not lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.desk.admin.pages import shown
from tests.factories import make_source, make_user
from tracker.desk.models import Report, User

pytestmark = pytest.mark.django_db
INDEX, OWN, ALIVE, ADD = "/admin/", "/admin/sessions/", "/admin/alive/", "/admin/desk/report/add/"
PHRASE = "the long way round the valley"


@pytest.fixture
def rima():
    return make_user("data entry", username="rima", is_staff=True, password=PHRASE)


def at_desk(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    token = str(client.get("/admin/login/").context["csrf_token"])
    told = {"username": user.username, "password": PHRASE, "csrfmiddlewaretoken": token}
    client.post("/admin/login/", told)
    assert client.get(INDEX).status_code == 200
    return client


def pass_by(client: Client, *, began: dt.timedelta, seen: dt.timedelta) -> None:
    """Let so much time go by since the session began, and since it was used."""
    session, now = client.session, timezone.now()
    session["began"], session["seen"] = (now - began).isoformat(), (now - seen).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("began", "seen", "is_over"),
    [
        (dt.timedelta(hours=1), dt.timedelta(minutes=29), False),
        (dt.timedelta(hours=1), dt.timedelta(minutes=31), True),
        (dt.timedelta(hours=11), dt.timedelta(0), False),
        (dt.timedelta(hours=13), dt.timedelta(0), True),
    ],
)
def test_ends_a_session_that_nobody_uses_or_that_has_lasted_too_long(rima, began, seen, is_over):
    client = at_desk(rima)
    pass_by(client, began=began, seen=seen)

    assert client.get(INDEX).status_code == (302 if is_over else 200)
    assert client.get(INDEX).status_code == (302 if is_over else 200)
    assert Session.objects.count() == (0 if is_over else 1)


def test_counts_from_the_last_use(rima):
    client = at_desk(rima)
    pass_by(client, began=dt.timedelta(hours=1), seen=dt.timedelta(minutes=20))

    client.get(ALIVE)

    seen = dt.datetime.fromisoformat(client.session["seen"])
    assert timezone.now() - seen < dt.timedelta(minutes=1)


def test_lets_a_page_be_saved_that_was_open_when_the_session_ended(rima):
    source = make_source()
    client = at_desk(rima, enforce_csrf_checks=True)
    typed = shown(client.get(ADD)) | {"source": source.pk, "text": "Shells fell."}
    typed |= {"date_start": "2017-01-15", "csrfmiddlewaretoken": client.get(ALIVE).json()["token"]}
    pass_by(client, began=dt.timedelta(hours=1), seen=dt.timedelta(hours=1))

    assert client.get(ALIVE).status_code == 401
    # In another window.
    login = client.get("/admin/login/").context["csrf_token"]
    name = {"username": "rima", "password": PHRASE, "csrfmiddlewaretoken": str(login)}
    assert client.post("/admin/login/", name).status_code == 302
    assert client.post(ADD, typed).status_code == 403
    typed["csrfmiddlewaretoken"] = client.get(ALIVE).json()["token"]
    assert client.post(ADD, typed).status_code == 302

    assert Report.objects.get().text == "Shells fell."


def test_shows_ones_sessions_and_ends_all_others(rima):
    here, there = at_desk(rima), at_desk(rima)
    at_desk(make_user("reviewer", is_staff=True, password=PHRASE))

    page = here.get(OWN).content.decode()
    here.post(OWN)

    assert page.count("In another browser") == page.count(">Here<") == 1
    assert here.get(INDEX).status_code == 200
    assert there.get(INDEX).status_code == 302
    assert Session.objects.count() == 2


def test_lets_an_administrator_end_all_sessions_of_somebody(rima, desk):
    there = at_desk(rima)

    asked = {"action": "end_sessions", "_selected_action": [rima.pk]}
    page = desk.post("/admin/desk/user/", asked, follow=True).content.decode()

    assert "1 session of “rima” has been ended." in page
    assert there.get(INDEX).status_code == 302


def test_asks_nobody_who_reads_what_is_public_who_they_are(rima, django_assert_num_queries):
    client = at_desk(rima)

    with django_assert_num_queries(0):
        response = client.get("/docs/asvs/")

    assert "Cookie" not in response.headers.get("Vary", "")
