"""Zones at the desk: entered in any way, shown what they would change, and only then saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.drawing import (
    ADD,
    BESIDE,
    FAR,
    VALLEY,
    bounds,
    change,
    enter,
    file_of,
    make_outlined,
    only_zone,
    polygon,
)
from tests.desk.admin.pages import address, errors, messages, save, shown
from tests.factories import (
    SQUARE,
    make_agreement,
    make_incident,
    make_reading,
    make_user,
    make_zone,
)
from tracker.desk.models import Agreement, Incident, Job, Verdict, Zone
from tracker.desk.workflow import judging

pytestmark = pytest.mark.django_db


def test_takes_no_reading_of_another_agreement(desk, agreement):
    other = make_reading(make_agreement(), name="Theirs")

    response = enter(desk, agreement, area=polygon(*SQUARE), reading=other.pk)

    assert "“Theirs” reads another agreement." in str(errors(response)["reading"])


def test_offers_a_zone_the_readings_of_its_own_agreement(desk, agreement):
    make_reading(agreement, name="Ours")
    make_reading(make_agreement(), name="Theirs")

    page = desk.get(change(make_zone(agreement)))

    labels = [label for _value, label in page.context["adminform"].form.fields["reading"].choices]
    assert labels[1:] == ["Ours"]


def test_keeps_what_a_file_held_when_another_field_is_wrong(desk, agreement):
    response = enter(desk, agreement, name="", area_file=file_of(polygon(*SQUARE)))

    assert list(errors(response)) == ["name"]
    enter(desk, agreement, area=shown(response)["area"])
    assert bounds(only_zone()) == (36.0, 33.5, 36.3, 33.7)


def warned(response: Any) -> bool:
    return "It overlaps with: The country. Where both lie" in messages(response)


def test_warns_of_a_zone_that_says_the_opposite(desk, agreement):
    make_zone(agreement, name="The country", rule="include")

    assert warned(enter(desk, agreement, area=polygon(*SQUARE)))
    assert Zone.objects.count() == 2


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ({"rule": "include"}, {}),
        ({"area": polygon(BESIDE)}, {}),
        ({"valid_from": "2017-02-01"}, {"valid_to": dt.date(2017, 1, 31)}),
        ({"valid_to": "2017-01-31"}, {"valid_from": dt.date(2017, 2, 1)}),
    ],
)
def test_warns_of_no_zone_that_does_not_contradict(desk, agreement, own, others):
    make_zone(agreement, name="The country", rule="include", **others)
    make_zone(make_agreement(), name="The country", rule="include")

    assert not warned(enter(desk, agreement, **{"area": polygon(*SQUARE), **own}))


@pytest.mark.parametrize(("is_same", "is_warned"), [(True, True), (False, False)])
def test_warns_of_zones_that_the_same_reading_hears(desk, agreement, is_same, is_warned):
    ours, theirs = make_reading(agreement), make_reading(agreement)
    make_zone(agreement, name="The country", rule="include", reading=theirs)

    reading = theirs if is_same else ours
    response = enter(desk, agreement, area=polygon(*SQUARE), reading=reading.pk)

    assert warned(response) is is_warned


@pytest.fixture
def incidents(agreement: Agreement) -> list[Incident]:
    """Two in the valley and one far from it, judged by two readings."""
    make_reading(agreement, name="The text")
    make_reading(agreement, name="The government’s")
    places = [(33.6, 36.1), (33.6, 36.2), (35.0, 38.0)]
    made = [make_incident(latitude=north, longitude=east) for north, east in places]
    for incident in made:
        judging.judge_incident(incident)
    return made


def test_shows_what_a_zone_would_change_and_stores_nothing(desk, agreement, incidents):
    government = agreement.readings.get(name="The government’s")

    response = enter(
        desk, agreement, button="_preview", area=polygon(*SQUARE), reading=government.pk
    )

    assert response.status_code == 200
    assert "2 incidents would change verdict" in response.text
    changes = response.context["preview"].changes
    assert {change.incident for change in changes} == set(incidents[:2])
    assert {(each.reading, each.before, each.after) for each in changes} == {
        (government, "undetermined", "outside")
    }
    assert address("incident_change", incidents[0].pk) in response.text
    assert "Please correct" not in response.text
    assert not Zone.objects.exists()
    assert not Job.objects.exists()
    assert not Verdict.objects.filter(code="outside").exists()


def test_saves_just_what_was_shown(desk, agreement, incidents):
    file = file_of(polygon(*SQUARE))

    response = enter(desk, agreement, button="_preview", area_file=file, basis="Stated so.")
    desk.post(ADD, {**shown(response), "_save": "1"})

    zone = only_zone()
    assert (zone.name, zone.basis, zone.rule) == ("Wadi Barada", "Stated so.", "exclude")
    assert bounds(zone) == (36.0, 33.5, 36.3, 33.7)


def test_shows_what_another_rule_or_area_of_a_zone_would_change(desk, agreement, incidents):
    zone = make_zone(agreement)

    response = save(desk, change(zone), button="_preview", area=polygon(FAR), name="Elsewhere")

    assert response.context["preview"].counted == 2
    assert shown(response)["name"] == "Elsewhere"
    zone.refresh_from_db()
    assert zone.geometry == VALLEY


def test_shows_no_change_of_a_zone_that_is_wrong(desk, agreement, incidents):
    response = enter(desk, agreement, button="_preview", area="the valley")

    assert "area" in errors(response)
    assert "would change verdict" not in response.text


def test_shows_what_deleting_a_zone_would_change(desk, agreement, incidents):
    zone = make_zone(agreement)

    page = desk.get(address("zone_delete", zone.pk))

    assert page.context["preview"].counted == 2
    assert "2 incidents would change verdict" in page.text
    assert Zone.objects.exists()


def test_has_incidents_judged_again_when_a_zone_is_made_changed_or_deleted(desk, agreement):
    responses = [enter(desk, agreement, area=polygon(*SQUARE))]
    [job] = Job.objects.all()
    for action in (
        lambda: save(desk, change(only_zone()), rule="include"),
        lambda: desk.post(address("zone_delete", only_zone().pk), {"post": "yes"}),
    ):
        Job.objects.all().delete()
        responses.append(action())
        assert Job.objects.get().arguments == job.arguments == {"agreement": agreement.pk}

    assert not Zone.objects.exists()
    for response in responses:
        assert "Incidents are judged again" in messages(response)
    assert f"/admin/desk/job/{job.pk}/change/" in messages(responses[0])


def test_judges_nothing_again_where_nothing_has_changed(desk, agreement):
    response = save(desk, change(make_zone(agreement)))

    assert response.status_code == 302
    assert not Job.objects.exists()


def test_lets_a_reviewer_keep_zones(client, reviewer, agreement):
    client.force_login(reviewer)

    response = enter(client, agreement, area=polygon(*SQUARE))
    assert "How far that has come" in messages(response)
    save(client, change(only_zone()), name="The valley")
    assert only_zone().name == "The valley"
    client.post(address("zone_delete", only_zone().pk), {"post": "yes"})

    assert not Zone.objects.exists()


def test_lets_data_entry_look_at_zones_and_touch_none(data_entry, agreement):
    zone = make_zone(agreement, name="The valley")

    page = data_entry.get(change(zone))

    assert "The valley" in page.text
    assert "data-zone" in page.text
    assert "_preview" not in page.text
    for url in (ADD, change(zone), address("zone_delete", zone.pk)):
        assert data_entry.post(url, {"name": "Mine", "post": "yes"}).status_code == 403
    assert only_zone().name == "The valley"


def test_shows_the_map_the_zones_of_the_agreement(desk, agreement):
    zone = make_zone(agreement, name="The valley", name_ar="الوادي")
    make_zone(make_agreement())

    [feature] = desk.get(f"/admin/desk/zone/of/{agreement.pk}.json").json()["features"]

    assert feature["geometry"] == VALLEY
    assert feature["properties"] == {
        "id": zone.pk,
        "kind": "exclude",
        "name": "The valley (Excluded)",
        "name_ar": "الوادي (Excluded)",
    }


@pytest.mark.parametrize("number", [987654, 10**30])
def test_has_no_map_of_an_agreement_that_is_not_there(desk, number):
    assert desk.get(f"/admin/desk/zone/of/{number}.json").status_code == 404


def test_shows_zones_to_those_who_may_see_them(client, db, agreement):
    client.force_login(make_user(is_staff=True))

    assert client.get(f"/admin/desk/zone/of/{agreement.pk}.json").status_code == 403


def test_asks_no_more_of_the_database_for_more_units(desk):
    make_outlined("Az-Zabdani", SQUARE[0])
    desk.get(ADD)
    with CaptureQueriesContext(connection) as few:
        desk.get(ADD)
    for number in range(5):
        make_outlined(f"District {number}", SQUARE[0])

    with CaptureQueriesContext(connection) as many:
        desk.get(ADD)

    assert len(many) == len(few)
