"""Saying where something lies at the desk: in words, in figures, and on the map."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.desk.admin.pages import address, errors, save, shown
from tests.factories import make_incident, make_place, make_report, make_source, make_user
from tracker.desk.models import Boundary, Incident, Place, Report

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/incident/add/"
DAY = {"date_start": "2017-01-15"}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36.0, 33.5], [36.3, 33.5], [36.3, 33.7], [36.0, 33.7], [36.0, 33.5]]],
}


def make_boundary(place: Place, **fields: Any) -> Boundary:
    sides = {"west": 36.0, "south": 33.5, "east": 36.3, "north": 33.7}
    return Boundary.objects.create(place=place, geometry=SQUARE, **sides, **fields)


def known(thing: Incident | Report) -> tuple[int | None, int | None]:
    thing.refresh_from_db()
    return thing.geo_precision, thing.radius_m


@pytest.mark.parametrize(
    "text",
    [
        "33.604, 36.136",
        "  33.604,36.136 ",
        "33°36'14.4\"N 36°08'09.6\"E",
        "٣٣٫٦٠٤، ٣٦٫١٣٦",
        "POINT (36.136 33.604)",
    ],
)
@pytest.mark.parametrize("page", ["incident", "report", "place"])
def test_takes_a_position_however_it_is_written(desk, page, text):
    needed: dict[str, Any] = {"name": "Basimah", "kind": "settlement", "text": "Shells fell."}

    save(desk, address(f"{page}_add"), source=make_source().pk, **DAY, **needed, position=text)

    models: dict[str, Any] = {"incident": Incident, "report": Report, "place": Place}
    thing = models[page].objects.get()
    assert (thing.latitude, thing.longitude) == pytest.approx((33.604, 36.136), abs=1e-6)


def test_shows_a_position_as_two_numbers_and_takes_it_away_again(desk):
    incident = make_incident(latitude=33.604, longitude=36.136)
    page = address("incident_change", incident.pk)
    assert shown(desk.get(page))["position"] == "33.604, 36.136"

    save(desk, page, position="")

    incident.refresh_from_db()
    assert (incident.latitude, incident.longitude) == (None, None)


def test_loses_no_digit_of_a_position_nobody_touches(desk):
    incident = make_incident(latitude=33.60401234567, longitude=36.13583987654)

    save(desk, address("incident_change", incident.pk), note="Seen.")

    incident.refresh_from_db()
    assert (incident.latitude, incident.longitude) == (33.60401234567, 36.13583987654)


@pytest.mark.parametrize(
    "text", ["95, 36.1", "33.6", "near the spring", "33.6, 36.1, 5", "5 km from Madaya"]
)
def test_keeps_what_was_typed_where_it_is_no_position(desk, text):
    response = save(desk, ADD, **DAY, position=text, summary="Shells fell.")

    assert list(errors(response)) == ["position"]
    assert (shown(response)["position"], shown(response)["summary"]) == (text, "Shells fell.")
    assert not Incident.objects.exists()


def test_shows_what_could_be_markup_as_it_was_typed(desk):
    response = save(desk, ADD, **DAY, position='"><script>alert(1)</script>')

    assert "<script>alert" not in response.text
    assert list(errors(response)) == ["position"]


@pytest.mark.parametrize(
    "way",
    ["7–10 km north-west of Madaya", "7 to 10 km NW of Madaya", "7-10 كم شمال غرب مضايا"],
)
def test_measures_from_the_place_named(desk, way):
    make_place(name="Madaya", name_ar="مضايا", latitude=33.69, longitude=36.1)

    save(desk, ADD, **DAY, position=way)

    incident = Incident.objects.get()
    assert incident.latitude == pytest.approx(33.744, abs=0.01)
    assert incident.longitude == pytest.approx(36.035, abs=0.01)
    assert incident.geo_precision == 2
    assert incident.radius_m is not None
    assert 1_500 < incident.radius_m < 10_000
    assert incident.place is None


def test_keeps_a_radius_and_a_precision_chosen_beside_a_way_from_a_place(desk):
    place = make_place(name="Madaya", latitude=33.69, longitude=36.1)
    chosen = {"geo_precision": "4", "radius_m": "12000"}

    save(desk, ADD, **DAY, place=place.pk, position="5 km north of Madaya", **chosen)

    assert known(Incident.objects.get()) == (4, 12_000)


def test_puts_what_was_measured_above_what_the_kind_of_the_place_proposes(desk):
    place = make_place(name="Madaya", latitude=33.69, longitude=36.1)
    proposed = {"geo_precision": "1", "radius_m": "1000"}

    save(desk, ADD, **DAY, place=place.pk, position="20 km north of Madaya", **proposed)

    precision, radius_m = known(Incident.objects.get())
    assert precision == 2
    assert radius_m != 1000


@pytest.fixture
def namesakes(db: None) -> list[Place]:
    rural = make_place(name="Rif Dimashq", kind="governorate", latitude=33.5, longitude=36.4)
    homs = make_place(name="Homs", kind="governorate", latitude=34.7, longitude=36.7)
    return [
        make_place(name="Buwaydah", parent=rural, latitude=33.45, longitude=36.3),
        make_place(name="Buwaydah", parent=homs, latitude=34.65, longitude=36.9),
    ]


def test_names_those_that_may_be_meant_and_measures_from_none(desk, namesakes):
    response = save(desk, ADD, **DAY, position="5 km north of Buwaydah")

    [told] = errors(response)["position"]
    assert "Buwaydah, Rif Dimashq" in told
    assert "Buwaydah, Homs" in told
    assert shown(response)["position"] == "5 km north of Buwaydah"


@pytest.mark.parametrize("way", ["5 km north of Buwaydah, Homs", "5 km north of البويضة"])
def test_measures_from_the_namesake_that_is_told_apart(desk, namesakes, way):
    namesakes[1].name_ar = "البويضة"
    namesakes[1].save()

    save(desk, ADD, **DAY, position=way)

    assert Incident.objects.get().latitude == pytest.approx(34.695, abs=0.005)


def test_measures_from_the_namesake_chosen_as_the_place(desk, namesakes):
    for place in namesakes:
        save(desk, ADD, **DAY, place=place.pk, position="5 km north of Buwaydah")

    found = Incident.objects.order_by("id").values_list("latitude", flat=True)
    assert list(found) == pytest.approx([33.495, 34.695], abs=0.005)


def test_says_that_nobody_knows_the_place_or_where_it_lies(desk):
    make_place(name="Madaya", latitude=None, longitude=None)

    unknown = save(desk, ADD, **DAY, position="5 km north of Xyzzy")
    unplaced = save(desk, ADD, **DAY, position="5 km north of Madaya")

    assert "No place “Xyzzy” is known" in errors(unknown)["position"][0]
    assert "where “Madaya” lies" in errors(unplaced)["position"][0]


@pytest.mark.parametrize(
    ("kind", "precision", "radius_m"),
    [("settlement", 1, 1_000), ("governorate", 4, 75_000), ("country", 6, None)],
)
@pytest.mark.parametrize("page", ["incident", "report"])
def test_proposes_precision_and_radius_by_the_kind_of_the_place(
    desk, page, kind, precision, radius_m
):
    place = make_place(kind=kind)

    save(
        desk,
        address(f"{page}_add"),
        **DAY,
        source=make_source().pk,
        text="Shells fell.",
        place=place.pk,
    )

    models: dict[str, Any] = {"incident": Incident, "report": Report}
    assert known(models[page].objects.get()) == (precision, radius_m)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"geo_precision": "3"}, (3, None)),
        ({"radius_m": "300"}, (1, 300)),
        ({"geo_precision": "2", "radius_m": "5000"}, (2, 5000)),
    ],
)
def test_proposes_nothing_against_what_was_chosen(desk, chosen, kept):
    save(desk, ADD, **DAY, place=make_place().pk, **chosen)

    assert known(Incident.objects.get()) == kept


def test_proposes_nothing_where_no_place_is_given(desk):
    save(desk, ADD, **DAY, position="33.6, 36.1")

    assert known(Incident.objects.get()) == (None, None)


def test_shows_the_position_of_a_locked_report_and_takes_no_other(desk):
    report = make_report(latitude=33.604, longitude=36.136, incident=make_incident(reports=0))
    page = address("report_change", report.pk)

    response = save(desk, page, position="34, 37", note="Seen.")

    report.refresh_from_db()
    assert response.status_code == 302
    assert (report.latitude, report.longitude, report.note) == (33.604, 36.136, "Seen.")
    assert "33.604, 36.136" in desk.get(page).text
    assert 'name="position"' not in desk.get(page).text


def test_begins_a_correction_at_the_position_of_the_report(desk):
    report = make_report(latitude=33.604, longitude=36.136, incident=make_incident(reports=0))

    save(desk, f"{address('report_add')}?corrects={report.pk}", text="Shells fell near it.")

    correction = Report.objects.get(supersedes=report)
    assert (correction.latitude, correction.longitude) == (33.604, 36.136)


def test_shows_the_position_to_who_may_only_look(client):
    client.force_login(viewer := make_user(is_staff=True))
    rights = Permission.objects.filter(codename__in=["view_place", "view_incident"])
    viewer.user_permissions.add(*rights)
    place = make_place()
    incident = make_incident(latitude=33.61, longitude=36.14)

    assert "33.604, 36.136" in client.get(address("place_change", place.pk)).text
    assert "33.61, 36.14" in client.get(address("incident_change", incident.pk)).text


def test_marks_a_place_as_edited_once_something_of_it_changes(desk):
    place = make_place()
    page = address("place_change", place.pk)

    save(desk, page)
    untouched = Place.objects.get().is_edited
    save(desk, page, position="33.61, 36.14")

    assert not untouched
    assert Place.objects.get().is_edited


def test_marks_a_place_as_edited_once_it_bears_another_name(desk):
    place = make_place()
    row = {"name": "Deir Kanun", "language": "en", "kind": "transliteration", "place": place.pk}

    changes: dict[str, Any] = {f"names-0-{name}": value for name, value in row.items()}
    save(desk, address("place_change", place.pk), **changes, **{"names-TOTAL_FORMS": "1"})

    assert place.names.get().name == "Deir Kanun"
    assert Place.objects.get().is_edited


def test_asks_a_tile_server_only_where_one_is_set(desk, settings):
    assert 'data-tiles=""' in desk.get(ADD).text

    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png?a=1&b=2"
    settings.MAP_ATTRIBUTION = "© <Nobody>"
    page = desk.get(ADD).text

    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png?a=1&amp;b=2"' in page
    assert 'data-attribution="© &lt;Nobody&gt;"' in page


def addresses(place: Place) -> list[str]:
    return [
        reverse("admin:boundaries"),
        f"{reverse('admin:places_around')}?bbox=36,33,37,34",
        reverse("admin:place_on_map", args=[place.pk]),
    ]


def test_tells_a_map_nothing_without_the_right_to_see_places(client):
    place = make_place(kind="district")
    make_boundary(place)
    asked = addresses(place)

    anonymous = [client.get(each) for each in asked]
    client.force_login(make_user(is_staff=True))
    unentitled = [client.get(each) for each in asked]

    assert {answer.status_code for answer in anonymous} == {302}
    assert {answer.status_code for answer in unentitled} == {403}
    assert not any("Deir Qanun" in answer.text for answer in [*anonymous, *unentitled])


def test_gives_data_entry_what_a_map_draws(data_entry):
    for asked in addresses(make_place()):
        answer = data_entry.get(asked)
        assert answer.status_code == 200
        assert "private" in answer["Cache-Control"]


def test_gives_the_outlines_of_governorates_and_districts(desk):
    for kind in ("governorate", "district", "settlement"):
        make_boundary(make_place(name=kind, name_ar="قضاء", kind=kind), attribution="OCHA")

    collection = desk.get(reverse("admin:boundaries")).json()

    told = [feature["properties"] for feature in collection["features"]]
    assert [each["kind"] for each in told] == ["district", "governorate"]
    assert told[0] == {
        "name": "district",
        "name_ar": "قضاء",
        "kind": "district",
        "attribution": "OCHA",
    }
    corners = collection["features"][0]["geometry"]["coordinates"][0]
    assert sorted(set(map(tuple, corners))) == [
        (36.0, 33.5),
        (36.0, 33.7),
        (36.3, 33.5),
        (36.3, 33.7),
    ]
    assert collection["bbox"] == [36.136, 33.604, 36.136, 33.604]


def test_sends_outlines_again_only_when_they_have_changed(desk):
    place = make_place(kind="district")
    make_boundary(place)
    first = desk.get(reverse("admin:boundaries"))

    def again() -> int:
        return desk.get(
            reverse("admin:boundaries"), headers={"If-None-Match": first["ETag"]}
        ).status_code

    assert again() == 304
    place.name = "Another"
    place.save()
    assert again() == 200


def test_gives_one_place_with_its_outline_and_what_its_kind_proposes(desk):
    place = make_place(name_ar="دير قانون")
    make_boundary(place)

    told = desk.get(reverse("admin:place_on_map", args=[place.pk])).json()

    assert (told["name"], told["name_ar"]) == ("Deir Qanun", "دير قانون")
    assert (told["latitude"], told["longitude"]) == (33.604, 36.136)
    assert (told["geo_precision"], told["radius_m"]) == (1, 1000)
    assert told["boundary"] == SQUARE
    assert desk.get(reverse("admin:place_on_map", args=[place.pk + 1])).status_code == 404


def test_names_the_largest_places_in_view(desk):
    make_place(name="Village", population=900)
    make_place(name="Hamlet")
    make_place(name="Town", population=30_000)
    make_place(name="Elsewhere", latitude=35, longitude=38)
    make_place(name="District", kind="district")
    view = f"{reverse('admin:places_around')}?bbox=36,33,37,34"

    told = desk.get(view).json()["places"]

    assert [each["name"] for each in told] == ["Town", "Village", "Hamlet"]
    assert desk.get(reverse("admin:places_around")).status_code == 400
