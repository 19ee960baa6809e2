"""Drawing a zone over the valley, with no tiles and no network."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from shapely.geometry import shape

from tests.browser.test_desk import log_in
from tests.browser.test_map import press
from tests.factories import (
    make_agreement,
    make_incident,
    make_place,
    make_reading,
    make_zone,
)
from tracker.desk.models import Agreement, Boundary, Job, Verdict, Zone
from tracker.desk.workflow import judging

pytestmark = pytest.mark.browser

VALLEY = {
    "Deir Qanun": (33.604, 36.136),
    "Basimah": (33.63, 36.21),
    "Ain al-Fijah": (33.617, 36.184),
    "Madaya": (33.69, 36.1),
}
DISTRICT = [[36.0, 33.5], [36.3, 33.5], [36.3, 33.8], [36.0, 33.8], [36.0, 33.5]]
PREVIEW = "Show what would change"


@pytest.fixture
def agreement(transactional_db: None) -> Agreement:
    """An agreement, and one incident it may have been broken by in each place of the valley."""
    district = make_place(name="Az-Zabdani", name_ar="الزبداني", kind="district", latitude=33.7)
    Boundary.objects.create(
        place=district,
        geometry={"type": "Polygon", "coordinates": [DISTRICT]},
        west=36.0,
        south=33.5,
        east=36.3,
        north=33.8,
    )
    agreement = make_agreement()
    make_reading(agreement, name="The government’s")
    for name, (latitude, longitude) in VALLEY.items():
        fields = {"name": name, "latitude": latitude, "longitude": longitude}
        incident = make_incident(place=make_place(parent=district, **fields), radius_m=100)
        judging.judge_incident(incident)
    return agreement


def begin(page: Page, agreement: Agreement) -> None:
    """Open the form of a new zone, and wait for the map to be where it is needed."""
    log_in(page)
    page.goto(f"/admin/desk/agreement/{agreement.pk}/change/")
    page.get_by_role("link", name="Add a zone").click()
    expect(page.locator(".position-name", has_text="Deir Qanun")).to_be_visible()
    page.get_by_label("Name:", exact=True).fill("Wadi Barada")
    page.get_by_label("Rule:").select_option("exclude")


def click_around(page: Page, *places: str) -> None:
    """Click on the map at places, each found by its dot."""
    page.locator("[data-map]").scroll_into_view_if_needed()
    for name in places:
        dot = page.locator(".position-name", has_text=name).bounding_box()
        assert dot is not None
        # The name stands to the right of its place.
        page.mouse.click(dot["x"] - 6, dot["y"] + dot["height"] / 2)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def drawn(zone: Zone) -> Any:
    return shape(zone.geometry)


def test_an_officer_draws_a_zone_by_keyboard_sees_what_it_would_change_and_saves_it(
    open_page, superuser, agreement
):
    page = open_page()
    begin(page, agreement)
    said = page.get_by_role("status")

    page.get_by_role("button", name="Draw with the keyboard").press("Enter")
    press(page, "Shift+ArrowLeft", "Shift+ArrowUp", "Enter")
    expect(said).to_have_text(re.compile(r"^Corner 1 of 1, polygon 1: 33\.\d+, 36\.\d+$"))
    press(page, *["Shift+ArrowRight"] * 2, "Enter", *["Shift+ArrowDown"] * 2, "Enter")
    expect(said).to_contain_text("Corner 3 of 3, polygon 1")
    press(page, *["Shift+ArrowLeft"] * 2, "Enter", "ArrowLeft")
    expect(said).to_contain_text("Crosshair: 33.")
    page.get_by_role("button", name=PREVIEW).press("Enter")

    expect(page.get_by_role("heading", name="4 incidents would change verdict")).to_be_visible()
    expect(page.get_by_role("cell", name="Undetermined").first).to_be_in_viewport()
    expect(page.get_by_label("Name:", exact=True)).to_have_value("Wadi Barada")
    assert not Zone.objects.exists()
    save(page)

    expect(page.get_by_text("Incidents are judged again")).to_be_visible()
    zone = Zone.objects.get()
    assert (zone.agreement, zone.rule) == (agreement, "exclude")
    assert len(drawn(zone).exterior.coords) == 5
    assert Job.objects.get().arguments == {"agreement": agreement.pk}
    assert set(Verdict.objects.values_list("code", flat=True)) == {"undetermined"}


def test_an_officer_draws_two_polygons_by_clicks_and_takes_back_what_was_wrong(
    open_page, superuser, agreement
):
    page = open_page()
    begin(page, agreement)

    click_around(page, "Madaya", "Deir Qanun", "Basimah", "Ain al-Fijah")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_have_text("Undone.")
    expect(page.locator(".zone-corner")).to_have_count(3)
    page.get_by_role("button", name="Another polygon").click()
    box = page.locator("[data-map]").bounding_box()
    assert box is not None
    for right, down in ((20, 200), (60, 200), (60, 300), (20, 300)):
        page.mouse.click(box["x"] + right, box["y"] + down)
    press(page, "Delete")
    expect(page.locator(".zone-corner")).to_have_count(6)
    save(page)

    first, second = sorted(drawn(Zone.objects.get()).geoms, key=lambda part: -part.bounds[3])
    assert len(second.exterior.coords) == 4
    corners = [VALLEY[name] for name in ("Madaya", "Deir Qanun", "Basimah")]
    for latitude, longitude in corners:
        distances = [
            abs(north - latitude) + abs(east - longitude) for east, north in first.exterior.coords
        ]
        assert min(distances) < 0.02


def test_a_corner_is_dragged_and_moved_by_keyboard(open_page, superuser, agreement):
    square = [[36.1, 33.6], [36.2, 33.6], [36.2, 33.7], [36.1, 33.7], [36.1, 33.6]]
    zone = make_zone(agreement, geometry={"type": "Polygon", "coordinates": [square]})
    make_zone(agreement, name="The country", rule="include")
    page = open_page()
    log_in(page)
    page.goto(f"/admin/desk/zone/{zone.pk}/change/")
    expect(page.locator(".zone-name", has_text="The country (Included)")).to_be_visible()
    expect(page.locator(".zone-corner")).to_have_count(4)

    corner = page.locator(".zone-corner").nth(2)
    corner.drag_to(page.locator("[data-map]"), target_position={"x": 300, "y": 10})
    page.locator("[data-map]").focus()
    press(page, "PageDown", "PageDown", "ArrowLeft")
    expect(page.locator(".zone-corner.held")).to_have_count(1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    zone.refresh_from_db()
    corners = {tuple(corner) for corner in zone.geometry["coordinates"][0]}
    assert (36.2, 33.6) in corners
    assert (36.2, 33.7) not in corners
    assert (36.1, 33.6) not in corners
    assert len(corners) == 4


def test_the_map_draws_what_is_pasted_and_says_what_it_cannot(open_page, superuser, agreement):
    page = open_page()
    begin(page, agreement)
    page.get_by_text("As GeoJSON").click()
    text = page.get_by_label("Area:")

    text.fill('{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[36.1, 33.6],')
    text.blur()
    expect(page.get_by_role("status")).to_have_text("The text is no area that can be drawn.")
    text.fill('{"type": "Polygon", "coordinates": [[[36.1, 33.6], [36.2, 33.6], [36.2, 33.7]]]}')
    text.blur()

    expect(page.locator(".zone-corner")).to_have_count(3)
    expect(page.locator("path.zone-drawn.exclude")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_zone_is_made_of_units(open_page, superuser, agreement, has_scripts):
    page = open_page(has_scripts=has_scripts)
    log_in(page)
    page.goto(f"/admin/desk/zone/add/?agreement={agreement.pk}")
    page.get_by_label("Name:", exact=True).fill("Wadi Barada")
    page.get_by_label("Rule:").select_option("exclude")

    if has_scripts:
        page.locator(".field-area_units .select2-selection").click()
        page.locator(".select2-search--inline input").fill("الزبداني")
        page.get_by_role("option", name="Az-Zabdani").click()
    else:
        page.locator("#id_area_units").select_option(label="Az-Zabdani · الزبداني (District)")
    page.get_by_role("button", name=PREVIEW).click()
    expect(page.get_by_role("heading", name="4 incidents would change verdict")).to_be_visible()
    save(page)

    assert drawn(Zone.objects.get()).bounds == (36.0, 33.5, 36.3, 33.8)


def test_a_zone_is_pasted_where_there_are_no_scripts(open_page, superuser, agreement):
    page = open_page(has_scripts=False)
    log_in(page)
    page.goto(f"/admin/desk/zone/add/?agreement={agreement.pk}")
    expect(page.locator("[data-map]")).to_be_hidden()
    page.get_by_label("Name:", exact=True).fill("Wadi Barada")
    page.get_by_label("Rule:").select_option("exclude")

    page.get_by_label("Area:").fill(
        '{"type": "Polygon", "coordinates": [[[36.1, 33.6], [36.2, 33.6], [36.2, 33.7]]]}'
    )
    save(page)

    assert drawn(Zone.objects.get()).bounds == (36.1, 33.6, 36.2, 33.7)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_a_zone_fits_a_phone(open_page, superuser, agreement, language):
    zone = make_zone(agreement, name="Wadi Barada")
    page = open_page(width=390, height=800)
    log_in(page)
    page.set_extra_http_headers({"Accept-Language": language})

    for address in (f"zone/{zone.pk}/change", f"zone/{zone.pk}/delete"):
        page.goto(f"/admin/desk/{address}/")

        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
