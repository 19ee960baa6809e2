"""Asking the online geocoder from the desk's page of places to find."""

from __future__ import annotations

import pytest

from tests.desk.geocoding.documents import NOMINATIM
from tests.factories import make_place, make_report, make_source, make_user
from tracker.codebook import GeoPrecision
from tracker.desk.models import Boundary, Place

pytestmark = pytest.mark.django_db

URL = "/admin/places-to-find/"
SQUARE = [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]]


@pytest.fixture
def asked(choose, stranger):
    choose("nominatim")
    stranger.says(NOMINATIM)


def press(desk, button: str, **fields):
    """Press a button of the page that shows one name."""
    [form] = desk.get(URL).context["forms"]
    data = {"name": form.prefix, f"{form.prefix}-reports": form.written.numbers}
    data |= {f"{form.prefix}-{name}": value for name, value in fields.items()}
    return desk.post(URL, {**data, button: form.prefix})


def offered(page) -> dict[str, str]:
    [form] = page.context["forms"]
    return dict(form.fields["choice"].choices)


def test_asks_nobody_before_a_person_says_so(desk, asked, stranger):
    make_report(place_as_written="Madaya")

    page = desk.get(URL).content.decode()

    assert "Ask Nominatim (127.0.0.1" in page
    assert stranger.questions == []


def test_offers_what_is_answered_with_its_score_and_whom_to_name(desk, asked):
    make_report(place_as_written="Madaya")

    told = offered(press(desk, "ask"))

    [answer] = [text for value, text in told.items() if value.startswith("nominatim:osm:node/")]
    assert answer.startswith("Madaya, ")
    assert "OpenStreetMap" in answer
    assert "score" in answer


def test_keeps_what_was_chosen_for_other_names_while_asking(desk, asked):
    make_report(place_as_written="Madaya")

    [form] = press(desk, "ask", choice="other").context["forms"]

    assert form["choice"].value() == "other"


def test_makes_a_place_of_an_answer_that_is_accepted(desk, asked, stranger):
    district = make_place(name="Az-Zabdani", kind="district")
    Boundary.objects.create(
        place=district,
        geometry={"type": "Polygon", "coordinates": SQUARE},
        west=36,
        south=33,
        east=37,
        north=34,
    )
    report = make_report(place_as_written="Madaya")
    told = offered(press(desk, "ask"))
    [value] = [each for each in told if each.startswith("nominatim:")][:1]

    press(desk, "accept", choice=value)

    report.refresh_from_db()
    place = Place.objects.get(name="Madaya")
    assert report.place == place
    assert report.geo_precision == GeoPrecision.EXACT
    assert (place.parent, place.is_edited) == (district, True)
    assert [f"nominatim:{each.code}" for each in place.codes.all()] == [value]
    assert len(stranger.questions) == 1


def test_takes_a_place_that_bears_the_code_of_the_answer(desk, asked):
    make_report(place_as_written="Madaya")
    told = offered(press(desk, "ask"))
    [value] = [each for each in told if each.startswith("nominatim:")][:1]
    press(desk, "accept", choice=value)
    again = make_report(place_as_written="MADAYA")

    press(desk, "accept", choice=value)

    again.refresh_from_db()
    assert again.place == Place.objects.get(name="Madaya")


def test_asks_nobody_about_what_a_confidential_source_says(desk, asked, stranger):
    make_report(place_as_written="Madaya", source=make_source(is_confidential=True))

    assert "Ask Nominatim" not in desk.get(URL).content.decode()
    assert press(desk, "ask").status_code == 403
    assert stranger.questions == []


def test_asks_for_those_alone_who_may_add_places(client, asked, stranger):
    client.force_login(make_user(is_staff=True))
    make_report(place_as_written="Madaya")

    assert client.post(URL, {"ask": "x"}).status_code == 403
    assert stranger.questions == []


def test_says_why_nothing_was_answered(desk, choose, stranger):
    choose("nominatim")
    stranger.says([], status=429)
    make_report(place_as_written="Madaya")

    assert "takes no more questions for now" in press(desk, "ask").content.decode()

    stranger.says([])
