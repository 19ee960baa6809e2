"""The map at the desk's forms, with no tiles and no network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_desk import find, log_in
from tests.factories import make_incident, make_place
from tracker.desk.models import Boundary, Incident, Place

pytestmark = pytest.mark.browser

MOVE = "Move the point with the keyboard"


@pytest.fixture
def deir_qanun(transactional_db: None) -> Place:
    district = make_place(name="Az-Zabdani", name_ar="الزبداني", kind="district", latitude=33.7)
    corners = [[36.0, 33.5], [36.3, 33.5], [36.3, 33.8], [36.0, 33.8], [36.0, 33.5]]
    Boundary.objects.create(
        place=district,
        geometry={"type": "Polygon", "coordinates": [corners]},
        west=36.0,
        south=33.5,
        east=36.3,
        north=33.8,
    )
    make_place(name="Basimah", name_ar="بسيمة", parent=district, latitude=33.63, longitude=36.21)
    return make_place(name="Deir Qanun", name_ar="دير قانون", parent=district)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def circle_width(page: Page) -> float:
    box = page.locator("path.position-circle").bounding_box()
    return box["width"] if box else 0


def test_an_officer_finds_a_place_by_its_arabic_name_and_moves_its_point_by_keyboard(
    open_page, superuser, deir_qanun
):
    page = open_page()
    log_in(page)
    page.goto("/admin/desk/place/")
    page.locator("#searchbar").fill("دير قانون")
    page.locator("#searchbar").press("Enter")
    page.get_by_role("link", name="Deir Qanun", exact=True).press("Enter")
    expect(page.get_by_label("Position:")).to_have_value("33.604, 36.136")

    page.get_by_role("button", name=MOVE).press("Enter")
    press(page, "ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"The point is at 33\.6\d+, 36\.1"))
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    deir_qanun.refresh_from_db()
    north, west = deir_qanun.latitude - 33.604, 36.136 - deir_qanun.longitude
    # Thirty pixels and ten, of about 30 metres each.
    assert 0.003 < north < 0.03
    assert 0.001 < west < 0.01
    assert deir_qanun.is_edited


def test_an_officer_corrects_the_point_by_typing_where_there_are_no_scripts(
    open_page, superuser, deir_qanun
):
    page = open_page(has_scripts=False)
    log_in(page)

    page.goto(f"/admin/desk/place/{deir_qanun.pk}/change/")
    expect(page.get_by_role("button", name=MOVE)).to_be_hidden()
    page.get_by_label("Position:").fill("33°36'30\"N 36°08'06\"E")
    page.get_by_role("button", name="Save", exact=True).click()

    deir_qanun.refresh_from_db()
    assert (deir_qanun.latitude, deir_qanun.longitude) == pytest.approx(
        (33.60833, 36.135), abs=1e-4
    )


def test_the_map_shows_the_place_chosen_and_proposes_how_well_it_is_known(
    open_page, superuser, deir_qanun
):
    page = open_page()
    log_in(page)
    page.goto("/admin/desk/incident/add/")
    page.locator("#id_date_start").fill("2017-01-15")
    precision, radius = page.locator("#id_geo_precision"), page.locator("#id_radius_m")

    find(page, "place", "دير قانون", "Deir Qanun · دير قانون (Az-Zabdani)")

    expect(precision).to_have_value("1")
    expect(radius).to_have_value("1000")
    # A name taken away fades before it is gone.
    expect(page.locator(".position-name", has_text="Basimah").last).to_be_visible()
    narrow = circle_width(page)
    radius.fill("2000")
    assert circle_width(page) == pytest.approx(2 * narrow, rel=0.2)
    page.locator("[data-map]").focus()
    press(page, "Shift+ArrowDown", "+", "ArrowDown")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    incident = Incident.objects.get()
    assert incident.latitude is not None
    assert -0.1 < incident.latitude - 33.604 < -0.005
    assert incident.longitude == pytest.approx(36.136, abs=1e-4)
    assert (incident.geo_precision, incident.radius_m) == (1, 2000)


def test_what_was_typed_is_not_proposed_over(open_page, superuser, deir_qanun):
    page = open_page()
    log_in(page)
    page.goto("/admin/desk/incident/add/")
    page.locator("#id_radius_m").fill("300")

    find(page, "place", "zabdani", "Az-Zabdani · الزبداني (District)")

    expect(page.locator("#id_geo_precision")).to_have_value("3")
    expect(page.locator("#id_radius_m")).to_have_value("300")
    expect(page.locator("path.position-reach")).to_be_visible()


def test_the_point_follows_the_text_and_a_click_and_can_be_taken_away(
    open_page, superuser, deir_qanun
):
    page = open_page()
    log_in(page)
    page.goto(f"/admin/desk/incident/add/?place={deir_qanun.pk}")
    text, point = page.get_by_label("Position:"), page.get_by_alt_text("The point")
    chosen = page.locator(".position-name", has_text="Deir Qanun")
    expect(chosen).to_be_visible()

    text.fill("33.604, 36.136")
    expect(point).to_be_visible()
    text.fill("5 km north of Deir Qanun")
    expect(point).to_be_hidden()
    page.locator("[data-map]").click(position={"x": 200, "y": 60})
    expect(point).to_be_visible()
    latitude, longitude = map(float, text.input_value().split(", "))
    assert latitude > 33.604
    assert longitude < 36.136

    press(page, "Delete")

    expect(text).to_have_value("")
    expect(point).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("There is no point.")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", ["place", "report", "incident"])
def test_the_map_fits_a_phone(open_page, superuser, deir_qanun, form, language):
    make_incident(place=deir_qanun)
    page = open_page(width=360, height=740)
    log_in(page)
    page.set_extra_http_headers({"Accept-Language": language})

    page.goto(f"/admin/desk/{form}/add/?position=33.604,36.136")

    box = page.locator("[data-map]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["height"] <= 740 * 0.7
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
