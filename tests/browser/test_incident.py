"""The page of one incident in a browser: read, walked by keyboard, and checked for access."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import (
    make_agreement,
    make_assessment,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.browser

SIZES = [(360, 740), (1440, 900)]


@pytest.fixture
def address(transactional_db) -> str:
    """A contested incident with two claimants who differ."""
    truce = make_agreement(title_ar="وقف إطلاق النار")
    for slug in ("government", "opposition"):
        make_reading(truce, slug=slug, name=f"As the {slug} has it, at some length")
    make_zone(truce, reading=truce.readings.get(slug="government"))
    make_provision(truce, "fire_indirect")
    incident = make_incident(
        reports=0,
        place=make_place(name_ar="دير قانون"),
        geo_precision=1,
        latitude=33.604,
        longitude=36.136,
        targets=["civilians"],
        summary="Shells hit a hall, " * 9,
        summary_ar="سقطت قذائف على القرية. " * 9,
    )
    for number in (7, 12, 9):
        make_report(
            incident=incident,
            source=make_source(name=f"Observatory {number}", name_ar="المرصد"),
            accused=[make_party(name_ar="جهة")],
            figures=[{"harm": "killed", "group": "all", "best": number}],
            language="en",
            url="https://example.org/a-long-address-that-is-not-shown",
        )
    make_assessment(incident)
    reviewer = make_user()
    with recorded(by=reviewer):
        publishing.publish_agreement(truce)
        publishing.publish(incident, by=reviewer)
    incident.refresh_from_db()
    return f"/incidents/{incident.public_id}/"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("has_scripts", [True, False])
def test_is_read_on_every_screen(open_page, address, width, height, language, has_scripts):
    page = open_page(width=width, height=height, has_scripts=has_scripts)

    page.goto(f"{address}?lang={language}")

    assert page.locator("table.compared thead th").count() >= 4
    assert page.locator("circle.area").is_visible()
    assert page.locator("ol.ledger > li").count() == 3
    root = page.locator("html")
    assert root.bounding_box()["width"] <= width
    if has_scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_has_no_serious_barrier(browser, live_server, address, width, height, language, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{live_server.url}{address}?lang={language}")

    found = Axe().run(page).response["violations"]

    serious = [each for each in found if each["impact"] in {"serious", "critical"}]
    assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []
    context.close()


def test_leads_from_a_verdict_to_its_reasons_by_keyboard(open_page, address):
    page = open_page()
    page.goto(f"{address}?lang=en")

    page.locator(".facts a.badge.contested").focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#verdicts")
    assert page.locator("tr.differs .outcome").all_inner_texts() == ["Fails", "Holds"]
