"""Zones at the desk: entered in any way, shown what they would change, and only then saved."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from shapely.geometry import shape

from tests.desk.admin.pages import address, autocomplete, errors, messages, save, shown
from tests.factories import (
    SQUARE,
    make_agreement,
    make_incident,
    make_place,
    make_reading,
    make_user,
    make_zone,
)
from tracker.desk.models import Agreement, Boundary, Incident, Job, Place, Verdict, Zone
from tracker.desk.workflow import judging

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/zone/add/"
VALLEY: dict[str, Any] = {"type": "Polygon", "coordinates": SQUARE}
BESIDE = [[longitude + 0.3, latitude] for longitude, latitude in SQUARE[0]]
FAR = [[longitude + 3, latitude] for longitude, latitude in SQUARE[0]]
BOW_TIE = [[36.0, 33.0], [37.0, 34.0], [37.0, 33.0], [36.0, 34.0], [36.0, 33.0]]


@pytest.fixture
def agreement(db: None) -> Agreement:
    return make_agreement()


def change(zone: Zone) -> str:
    return address("zone_change", zone.pk)


def polygon(*rings: Any) -> str:
    return json.dumps({"type": "Polygon", "coordinates": rings})


def several(*rings: Any) -> str:
    return json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})


def file_of(text: str | bytes) -> SimpleUploadedFile:
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("valley.geojson", content, "application/geo+json")


def make_outlined(name: str, ring: Any, **fields: Any) -> Place:
    place = make_place(name=name, kind="district", **fields)
    west, south = map(min, zip(*ring, strict=True))
    east, north = map(max, zip(*ring, strict=True))
    geometry = {"type": "Polygon", "coordinates": [ring]}
    sides = {"west": west, "south": south, "east": east, "north": north}
    Boundary.objects.create(place=place, geometry=geometry, **sides)
    return place


def enter(desk: Client, agreement: Agreement, /, *, button: str = "_save", **fields: Any) -> Any:
    given = {"agreement": agreement.pk, "name": "Wadi Barada", "rule": "exclude", **fields}
    return save(desk, ADD, button=button, **given)


def only_zone() -> Zone:
    return Zone.objects.get()


def bounds(zone: Zone) -> tuple[float, float, float, float]:
    return shape(zone.geometry).bounds


@pytest.mark.parametrize(
    "text",
    [
        polygon(*SQUARE),
        several(*SQUARE),
        json.dumps({"type": "Feature", "properties": {}, "geometry": VALLEY}),
        json.dumps(
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": VALLEY}]}
        ),
    ],
)
@pytest.mark.parametrize("field", ["area", "area_file"])
def test_takes_an_area_as_text_and_as_a_file(desk, agreement, field, text):
    given: dict[str, Any] = {field: text if field == "area" else file_of(text)}

    response = enter(desk, agreement, **given)

    assert response.status_code == 302, errors(response)
    assert only_zone().geometry["type"] == "Polygon"
    assert bounds(only_zone()) == (36.0, 33.5, 36.3, 33.7)


def test_takes_several_polygons(desk, agreement):
    enter(desk, agreement, area=several(SQUARE[0], FAR))

    assert only_zone().geometry["type"] == "MultiPolygon"


def test_makes_an_area_of_administrative_units(desk, agreement):
    units = [make_outlined("Az-Zabdani", SQUARE[0]), make_outlined("At-Tall", BESIDE)]

    response = enter(desk, agreement, area_units=[unit.pk for unit in units])

    assert bounds(only_zone()) == (36.0, 33.5, 36.6, 33.7)
    assert only_zone().geometry["type"] == "Polygon"
    assert "The area is that of: At-Tall, Az-Zabdani." in messages(response)


def test_lists_the_units_where_there_are_no_scripts_and_searches_them_where_there_are(desk):
    make_outlined("Az-Zabdani", SQUARE[0], name_ar="الزبداني")
    make_place(name="Az-Zabdani", kind="settlement")

    page = desk.get(ADD)
    url = page.context["adminform"].form.fields["area_units"].widget.get_url()
    query = {"app_label": "desk", "model_name": "report", "field_name": "place", "term": "zabdani"}

    assert "Az-Zabdani · الزبداني (District)</option>" in page.text
    [found] = desk.get(f"{url}&{urlencode(query)}").json()["results"]
    assert found["text"] == "Az-Zabdani · الزبداني (District)"
    assert len(autocomplete(desk, term="zabdani", model="report", field="place")) == 2


def test_lets_a_file_take_the_place_of_what_was_drawn(desk, agreement):
    enter(desk, agreement, area=polygon(FAR), area_file=file_of(polygon(*SQUARE)))

    assert bounds(only_zone()) == (36.0, 33.5, 36.3, 33.7)


def test_leaves_an_area_alone_that_nobody_touches(desk, agreement):
    corner = [36.123456789, 33.5]
    geometry = {"type": "Polygon", "coordinates": [[corner, *SQUARE[0][1:4], corner]]}
    zone = make_zone(agreement, geometry=geometry)

    save(desk, change(zone), name="The valley")

    zone.refresh_from_db()
    assert (zone.name, zone.geometry) == ("The valley", geometry)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (polygon(SQUARE[0][:4]), "was not closed"),
        (polygon(BOW_TIE), "crossed itself and has been mended"),
        (several(SQUARE[0], SQUARE[0]), "Parts that overlapped have been united."),
        (polygon(FAR, [[39.1, 33.55], [39.2, 33.55], [39.2, 33.6], [39.1, 33.55]]), "holes"),
    ],
)
def test_mends_an_area_and_says_so(desk, agreement, text, told):
    response = enter(desk, agreement, area=text)

    assert told in messages(response)
    assert Zone.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Draw the area, or give a file or units."),
        ("the valley", "This is no GeoJSON: line 1, column 1"),
        ('{"type": "Point", "coordinates": [36, 33]}', "holds no polygon"),
        (polygon(SQUARE[0][:2]), "Polygon 1 has 2 corners"),
        (polygon([[36, 33], [37, 34], [38, 35], [36, 33]]), "encloses nothing"),
        (polygon([[36.0, 133.5], *SQUARE[0]]), "latitude first (36, 133.5)"),
        (polygon([[361.0, 33.5], *SQUARE[0]]), "leaves the earth"),
    ],
)
@pytest.mark.parametrize("field", ["area", "area_file"])
def test_refuses_what_is_no_area_at_the_field_where_it_was_given(
    desk, agreement, field, text, told
):
    content = text if field == "area" else file_of(text) if text else None
    given: dict[str, Any] = {field: content}

    response = enter(desk, agreement, **given)

    assert told in str(errors(response)[field if text else "area"])
    assert not Zone.objects.exists()


def test_refuses_too_many_points(desk, agreement):
    # Teeth of a saw.
    teeth = [[36 + number / 100_000, 33 + number % 2 / 10] for number in range(20_001)]

    response = enter(desk, agreement, area_file=file_of(polygon([*teeth, [36, 32]])))

    assert "20,002 points: simplify it to 20,000 at most" in str(errors(response)["area_file"])


def test_refuses_a_file_that_is_no_text(desk, agreement):
    response = enter(desk, agreement, area_file=file_of(b"\xff\xfe\x00PK"))

    assert "This is no GeoJSON" in str(errors(response)["area_file"])


def test_refuses_a_file_and_units_at_once(desk, agreement):
    unit = make_outlined("Az-Zabdani", SQUARE[0])

    response = enter(desk, agreement, area_file=file_of(polygon(FAR)), area_units=[unit.pk])

    assert "Give a file or units, not both." in str(errors(response))


def test_refuses_coordinates_in_the_wrong_order_where_places_tell_which_is_right(desk, agreement):
    make_place()
    turned = [[latitude, longitude] for longitude, latitude in SQUARE[0]]

    response = enter(desk, agreement, area=polygon(turned))

    assert "seems to give the latitude first (33.5, 36)" in str(errors(response)["area"])
    assert "Swap the two numbers of each corner." in str(errors(response)["area"])
    assert polygon(turned) in response.context["adminform"].form["area"].value()


@pytest.mark.parametrize("is_known", [True, False])
def test_takes_an_area_whose_order_no_place_puts_in_doubt(desk, agreement, is_known):
    # One place lies in the area, the other where it would lie the other way round.
    make_place(latitude=36.1, longitude=33.6)
    if is_known:
        make_place()
    area = SQUARE if is_known else [[[50, 10], [51, 10], [51, 11], [50, 10]]]

    response = enter(desk, agreement, area=polygon(*area))

    assert response.status_code == 302, errors(response)


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
