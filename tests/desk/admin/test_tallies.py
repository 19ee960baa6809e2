from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.admin.pages import address, messages, save, shown
from tests.factories import make_bulletin, make_party, make_place, make_source, make_user
from tracker.desk.models import Bulletin
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def enter(desk, *counts, button="_save", **fields):
    """Fill in a new bulletin and its table, a row for each of the counts."""
    told = {
        "monitor": make_source().pk,
        "date_start": "2017-01-21",
        "date_end": "2017-01-22",
        "document": "An agency's account",
    }
    for number, count in enumerate(counts):
        told |= {f"tallies-{number}-{name}": value for name, value in count.items()}
    return save(desk, address("bulletin_add"), button=button, **{**told, **fields})


def test_takes_a_whole_bulletin_as_a_table_on_one_page(desk):
    hama, army = make_place(name="Hama"), make_party()

    enter(
        desk,
        {"count": 12, "confirmed": 3},
        {"place": hama.pk, "accused": army.pk, "count": 12, "as_written": "in Hama"},
        counterpart=make_source().pk,
    )

    total, part = Bulletin.objects.get().tallies.all()
    assert (total.place, total.count, total.confirmed, total.pending) == (None, 12, 3, None)
    assert (part.place, part.accused, part.count, part.confirmed) == (hama, army, 12, None)


def test_flags_a_total_that_its_parts_do_not_come_to_and_keeps_it(desk):
    response = enter(desk, {"count": 12}, {"place": make_place().pk, "count": 6})

    assert "the areas come to 6, the whole country is given as 12" in messages(response)
    assert Bulletin.objects.get().tallies.count() == 2


def test_refuses_answers_of_nobody(desk):
    response = enter(desk, {"count": 12, "confirmed": 3})

    assert "There are answers: say whose, as the counterpart." in response.text
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"date_end": "2017-01-20"}, "It ends before it begins."),
        ({"tallies-0-count": "-1"}, "greater than or equal to 0"),
    ],
)
def test_refuses_what_cannot_be_and_keeps_what_was_typed(desk, wrong, said):
    response = enter(desk, {"count": 12}, {"count": 7}, **wrong)

    assert said in response.text
    assert shown(response)["tallies-1-count"] == "7"
    assert not Bulletin.objects.exists()


def test_publishes_a_bulletin_as_it_is_saved(desk, client):
    enter(desk, {"count": 2}, button="_publish")

    [tally] = client.get("/api/v1/tallies/").json()["results"]
    assert tally["count"] == 2
    assert Bulletin.objects.get().published_on


def test_publishes_bulletins_from_the_list(desk, client):
    bulletin = make_bulletin({"count": 2})
    chosen = {"action": "publish", "_selected_action": [bulletin.pk]}

    desk.post(reverse("admin:desk_bulletin_changelist"), chosen)

    assert len(client.get("/api/v1/tallies/").json()["results"]) == 1


def test_lets_data_entry_enter_a_bulletin_and_not_publish_it(data_entry):
    enter(data_entry, {"count": 2}, button="_publish")

    assert Bulletin.objects.get().published_on is None
    assert "_publish" not in data_entry.get(address("bulletin_add")).text


def test_lets_reviewers_publish_bulletins(client):
    client.force_login(make_user("reviewer", is_staff=True))

    enter(client, {"count": 2}, button="_publish")

    assert Bulletin.objects.get().published_on


def test_deletes_no_published_bulletin(desk):
    bulletin = make_bulletin({"count": 2})
    publishing.publish_bulletin(bulletin)

    response = desk.post(address("bulletin_delete", bulletin.pk), {"post": "yes"})

    assert response.status_code == 403
    assert Bulletin.objects.exists()


def test_shows_no_bulletin_of_a_confidential_monitor_without_the_right(data_entry):
    hidden = make_bulletin(monitor=make_source(is_confidential=True))

    listed = data_entry.get(reverse("admin:desk_bulletin_changelist")).context["cl"].result_list
    page = data_entry.get(address("bulletin_change", hidden.pk), follow=True)

    assert list(listed) == []
    assert "adminform" not in (page.context or {})


def test_finds_bulletins_by_their_monitor_in_any_spelling(desk: Client):
    mine = make_bulletin(monitor=make_source(name_ar="الشبكة"))
    make_bulletin()

    found = desk.get(reverse("admin:desk_bulletin_changelist"), {"q": "الشبكه"})

    assert list(found.context["cl"].result_list) == [mine]
