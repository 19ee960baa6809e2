from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.admin.pages import address, errors, messages, save, shown
from tests.factories import make_coverage, make_party, make_place, make_source, make_user
from tracker.desk.models import Coverage
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def enter(desk, *, button="_save", **fields):
    """Fill in a new coverage period."""
    told = {
        "date_start": "2017-01-01",
        "date_end": "2017-01-31",
        "access": "denied",
        "document": "A monthly report",
        **fields,
    }
    told.setdefault("monitor", make_source().pk)
    return save(desk, address("coverage_add"), button=button, **told)


def test_takes_what_a_monitor_could_not_see_and_whose_doing_it_was(desk):
    valley, army = make_place(name="Wadi Barada"), make_party()

    enter(desk, place=valley.pk, obstructed_by=army.pk, means="patrol", date_end="")

    coverage = Coverage.objects.get()
    assert (coverage.place, coverage.obstructed_by, coverage.means) == (valley, army, "patrol")
    assert coverage.date_end is None


def test_begins_the_next_period_with_what_the_last_was_read_in(desk):
    monitor = make_source()

    response = enter(desk, button="_addanother", monitor=monitor.pk, place=make_place().pk)

    next_one = shown(desk.get(response.url))
    assert next_one["monitor"] == str(monitor.pk)
    assert next_one["date_start"] == "2017-01-01"
    assert next_one["document"] == "A monthly report"
    assert "place" not in next_one


def test_flags_what_the_same_monitor_says_otherwise_and_keeps_it(desk):
    monitor = make_source(name="Observers")
    make_coverage(monitor=monitor, access="full")

    response = enter(desk, monitor=monitor.pk)

    assert "says otherwise: Observers, whole country, 2017-01-01 – 2017-01-31: Full" in messages(
        response
    )
    assert Coverage.objects.count() == 2


def test_refuses_a_period_that_ends_before_it_begins(desk):
    response = enter(desk, date_end="2016-12-31")

    assert errors(response)["date_end"] == ["It ends before it begins."]
    assert shown(response)["document"] == "A monthly report"


def test_refuses_who_obstructed_full_access(desk):
    response = enter(desk, access="full", obstructed_by=make_party().pk)

    assert "Whoever had full access was obstructed by nobody." in response.text
    assert not Coverage.objects.exists()


@pytest.mark.parametrize("missing", ["monitor", "date_start", "access", "document"])
def test_asks_for_what_it_cannot_do_without(desk, missing):
    response = enter(desk, **{missing: ""})

    assert list(errors(response)) == [missing]


def test_publishes_coverage_as_it_is_saved(desk, client):
    enter(desk, button="_publish")

    [coverage] = client.get("/api/v1/coverage/").json()["results"]
    assert coverage["access"] == "denied"
    assert Coverage.objects.get().published_on


def test_publishes_coverage_from_the_list(desk, client):
    chosen = {"action": "publish", "_selected_action": [make_coverage().pk, make_coverage().pk]}

    desk.post(reverse("admin:desk_coverage_changelist"), chosen)

    assert len(client.get("/api/v1/coverage/").json()["results"]) == 2


def test_lets_data_entry_enter_coverage_and_not_publish_it(data_entry):
    enter(data_entry, button="_publish")

    assert Coverage.objects.get().published_on is None
    assert "_publish" not in data_entry.get(address("coverage_add")).text


def test_lets_reviewers_publish_coverage_and_not_delete_it(client):
    client.force_login(make_user("reviewer", is_staff=True))

    enter(client, button="_publish")

    coverage = Coverage.objects.get()
    assert coverage.published_on
    assert client.post(address("coverage_delete", coverage.pk), {"post": "yes"}).status_code == 403


def test_lets_administrators_delete_what_nobody_has_read(client):
    client.force_login(make_user("administrator", is_staff=True))
    read, unread = make_coverage(), make_coverage()
    publishing.publish_coverage(read)

    for coverage in (read, unread):
        client.post(address("coverage_delete", coverage.pk), {"post": "yes"})

    assert list(Coverage.objects.all()) == [read]


def test_shows_no_coverage_of_a_confidential_monitor_without_the_right(data_entry):
    hidden = make_coverage(monitor=make_source(is_confidential=True))

    listed = data_entry.get(reverse("admin:desk_coverage_changelist")).context["cl"].result_list
    page = data_entry.get(address("coverage_change", hidden.pk), follow=True)

    assert list(listed) == []
    assert "adminform" not in (page.context or {})


@pytest.mark.parametrize("words", ["الشبكه", "وادى بردي"])
def test_finds_coverage_by_monitor_and_place_in_any_spelling(desk: Client, words):
    valley = make_place(name="Wadi Barada", name_ar="وادي بردى")
    mine = make_coverage(monitor=make_source(name_ar="الشبكة"), place=valley)
    make_coverage(date_start=dt.date(2017, 1, 2))

    found = desk.get(reverse("admin:desk_coverage_changelist"), {"q": words})

    assert list(found.context["cl"].result_list) == [mine]
