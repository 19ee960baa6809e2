"""The list of incidents with its chart and its map, and the map on another's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories import (
    SQUARE,
    make_agreement,
    make_incident,
    make_place,
    make_reading,
    make_user,
    make_zone,
)
from tracker.desk.models import Boundary
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(360, 740), (1440, 900)]
PLACES = [("Deir Qanun", "دير قانون", 33.604, 36.136), ("Aleppo", "حلب", 36.2, 37.16)]


@pytest.fixture
def country(transactional_db: None) -> None:
    """An outline, an agreement with a zone, four incidents at two places, and one at none."""
    reviewer = make_user("reviewer")
    with recorded(by=reviewer):
        province = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate")
        square = {"type": "Polygon", "coordinates": SQUARE}
        sides = {"west": 36, "south": 33.5, "east": 36.3, "north": 33.7}
        Boundary.objects.create(place=province, geometry=square, attribution="OCHA", **sides)
        truce = make_agreement(title_ar="هدنة")
        make_zone(truce, reading=make_reading(truce, name="The text"))
        publishing.publish_agreement(truce)
        for name, name_ar, latitude, longitude in PLACES:
            told = {"name": name, "name_ar": name_ar, "parent": province}
            place = make_place(latitude=latitude, longitude=longitude, **told)
            for day in ("2017-01-10", "2017-01-20"):
                incident = make_incident(place=place, date_start=day, geo_precision=1)
                publishing.publish(incident, by=reviewer)
        publishing.publish(make_incident(place=None, date_start="2017-01-20"), by=reviewer)


@pytest.fixture
def examined(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A tab in which the page may be examined by a script that its own policy would not let in."""

    def opened(*, width: int, height: int, scheme: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            bypass_csp=True,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        return context.new_page()

    yield opened
    for context in browser.contexts:
        context.close()


def counted(page: Page, text: str) -> None:
    expect(page.locator(".counted")).to_contain_text(text)


def listed(page: Page) -> Any:
    return page.locator('[data-part="list"] article')


def live(page: Page) -> Any:
    """The map that can be moved, once it is there."""
    page.locator("[data-map]").hover()
    holder = page.locator("[data-live]")
    expect(holder.locator("path.mark").first).to_be_visible()
    return holder


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_and_the_embedded_map_are_open_to_everyone(
    examined, country, width, height, language, scheme
):
    page = examined(width=width, height=height, scheme=scheme)
    for address in ("/incidents/?verification=reported&", "/embed/?"):
        page.goto(f"{address}lang={language}")
        live(page)

        found = Axe().run(page).response["violations"]

        serious = [each for each in found if each["impact"] in ("serious", "critical")]
        assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []
        widest = page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
        assert widest == 0


def test_moving_the_map_narrows_the_list_and_back_widens_it_again(open_page, country):
    page = open_page()
    page.goto("/incidents/?lang=en")
    counted(page, "5 incidents")
    holder = live(page)

    holder.locator("path.mark").first.click()
    expect(page.locator(".leaflet-popup a")).to_be_visible()
    holder.focus()
    for _press in range(3):
        with page.expect_response(re.compile("/incidents/")):
            page.keyboard.press("+")
    for _press in range(3):
        page.keyboard.press("ArrowUp")

    expect(page).to_have_url(re.compile("bbox="))
    counted(page, "more without a position")
    shown = page.url
    other = open_page()
    other.goto(shown)
    expect(other.locator(".counted")).to_have_text(page.locator(".counted").inner_text())
    page.go_back()
    counted(page, "5 incidents")
    expect(listed(page)).to_have_count(5)


def test_a_map_that_is_not_to_narrow_the_list_is_kept_in_the_address(open_page, country):
    page = open_page()
    page.goto("/incidents/?lang=en")
    holder = live(page)

    page.get_by_label("List only what is in the map").uncheck()
    holder.focus()
    page.keyboard.press("ArrowUp")

    expect(page).to_have_url(re.compile("view="))
    counted(page, "5 incidents")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_days_are_chosen_by_dragging_over_the_chart(open_page, country, width, height):
    page = open_page(width=width, height=height)
    page.goto("/incidents/?lang=en")
    bars = page.locator(".bars")
    box = bars.bounding_box()
    assert box

    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=4)
    page.mouse.up()

    expect(page).to_have_url(re.compile("date_from=2017-01-10&date_to=2017-01-15"))
    counted(page, "2 incidents")
    expect(page.get_by_label("To", exact=True)).to_have_value("2017-01-15")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_incidents_are_found_by_keyboard_alone(open_page, country, width, height, has_scripts):
    page = open_page(width=width, height=height, has_scripts=has_scripts)
    page.goto("/incidents/?lang=en")

    page.get_by_label("Place, in any spelling").press_sequentially("دير قانون")
    page.get_by_label("From").fill("2017-01-15")
    page.get_by_label("Place, in any spelling").press("Enter")

    counted(page, "1 incident")
    expect(listed(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("date_from=2017-01-15&place="))
    page.get_by_role("link", name="Without Place: Deir Qanun").press("Enter")
    counted(page, "3 incidents")
    page.get_by_role("link", name="Shelling, Aleppo").press("Enter")
    expect(page).to_have_url(re.compile("/incidents/[-0-9a-f]{36}/"))


def test_without_scripts_the_drawn_map_leads_into_its_parts(open_page, country):
    page = open_page(has_scripts=False)
    page.goto("/incidents/?lang=en")

    page.locator("svg.map a.mark").first.click()

    counted(page, "2 incidents")
    expect(page).to_have_url(re.compile("bbox="))
    page.get_by_text("The map as a table").click()
    expect(page.locator("#map-listed td a").first).to_be_visible()


def test_the_first_view_is_light_and_the_map_comes_when_it_is_looked_at(open_page, country):
    page = open_page(width=360, height=500)
    weighed: list[int] = []
    page.on("requestfinished", lambda request: weighed.append(request.sizes()["responseBodySize"]))

    page.goto("/incidents/?lang=en", wait_until="networkidle")

    assert sum(weighed) < 150_000
    assert page.evaluate("window.L === undefined")
    live(page)


def test_what_cannot_be_loaded_is_said_and_the_list_stays(open_page, country):
    page = open_page()
    page.goto("/incidents/?lang=en")
    page.evaluate("window.fetch = async () => ({ ok: false, statusText: 'down' })")

    page.get_by_role("link", name="Oldest first").click()

    expect(page.get_by_text("That could not be loaded.")).to_be_visible()
    expect(listed(page)).to_have_count(5)


def test_a_newsroom_moves_the_map_on_its_own_page_and_the_count_moves_with_it(open_page, country):
    page = open_page(width=360, height=740)
    page.goto("/embed/?lang=en&date_from=2017-01-15")
    counted(page, "3 incidents")
    holder = live(page)

    holder.focus()
    with page.expect_response(re.compile("view=")):
        page.keyboard.press("ArrowUp")

    counted(page, "3 incidents")
    expect(page.get_by_role("link", name="All of it")).to_have_attribute(
        "href", re.compile("date_from=2017-01-15&view=")
    )
