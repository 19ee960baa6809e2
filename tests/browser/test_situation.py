"""Situation reports in a browser: asked for, read on every screen, and printed."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_incident,
    make_place,
    make_reading,
    make_situation_report,
    make_user,
)
from tests.public.issuing import issue
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.browser

SIZES = [(360, 740), (1440, 900)]
LIVE = "/situation/?date_from=2017-01-09&date_to=2017-01-22&agreement=truce"
ISSUED = "/situation/truce-1/"


@pytest.fixture
def told(transactional_db) -> None:
    """Incidents, counts and coverage of two weeks, and a report of the first."""
    truce = make_agreement(slug="truce", title_ar="هدنة")
    for slug in ("text", "government"):
        make_reading(truce, slug=slug, name=f"The {slug}, as it is read at some length")
    reviewer = make_user()
    with recorded(by=reviewer):
        publishing.publish_agreement(truce)
        for day in (10, 12, 12, 20):
            incident = make_incident(
                date_start=dt.date(2017, 1, day),
                place=make_place(name_ar="دير قانون"),
                geo_precision=1,
                latitude=33.604,
                longitude=36.136,
                verification="verified",
            )
            publishing.publish(incident, by=reviewer)
        publishing.publish_bulletin(make_bulletin({"count": 2}, {"confirmed": 1}))
        publishing.publish_coverage(make_coverage())
        issue(make_situation_report(agreement=truce))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_open_to_everyone_on_every_screen(open_page, told, width, height, language, scheme):
    page = open_page(width=width, height=height)
    page.emulate_media(color_scheme=scheme)
    for address in (f"{LIVE}&lang={language}", f"{ISSUED}?lang={language}", "/situation/"):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        found = Axe().run(page).response["violations"]
        grave = [each for each in found if each["impact"] in {"serious", "critical"}]
        assert [(each["id"], each["nodes"][0]["html"]) for each in grave] == [], address


def test_is_asked_for_by_keyboard_without_scripts(open_page, told):
    page = open_page(has_scripts=False)
    page.goto("/situation/?lang=en")

    page.get_by_label("First day").fill("2017-01-09")
    page.get_by_label("Last day").fill("2017-01-15")
    page.get_by_role("button", name="Show the report").press("Enter")

    assert page.locator("#all .count").first.inner_text() == "3"
    assert "lang=en" in page.url


def test_prints_on_a_few_sheets_without_what_only_a_screen_needs(open_page, told):
    page = open_page()
    page.goto(f"{ISSUED}?lang=en")

    page.emulate_media(media="print")

    assert not page.get_by_role("link", name="Word document").is_visible()
    sheets = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 1 <= sheets <= 5
