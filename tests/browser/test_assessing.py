"""The form that assesses, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_desk import log_in
from tests.factories import make_incident

pytestmark = pytest.mark.browser

KINDS = ("verification", "attribution", "intent", "geolocation", "date_precision", "harm")


def begin(page: Page, incident: int) -> None:
    log_in(page)
    page.goto(f"/admin/desk/incident/{incident}/change/")
    page.locator("summary", has_text="Assess").last.click()


def shown(page: Page) -> list[str]:
    return [name for name in KINDS if page.locator(f"#id_assessments-0-{name}").is_visible()]


def test_shows_the_fields_that_matter_to_what_is_chosen(open_page, superuser):
    page = open_page()
    begin(page, make_incident().pk)
    assert shown(page) == list(KINDS)

    for chosen, kind in (("Figure", "harm"), ("Place", "geolocation")):
        page.get_by_label("Assessed:").select_option(chosen)
        assert shown(page) == [kind]


def test_keeps_what_was_refused_in_sight(open_page, superuser):
    page = open_page()
    begin(page, make_incident().pk)
    page.get_by_label("Assessed:").select_option("Figure")
    page.get_by_label("Low:").fill("7")
    page.get_by_role("button", name="Save and assess").click()

    expect(page.get_by_text("Say what it counts.")).to_be_visible()
    expect(page.get_by_label("Low:")).to_have_value("7")
    expect(page.locator("#id_assessments-0-date_precision")).to_be_hidden()
    assert shown(page) == ["harm"]


def test_shows_all_fields_without_scripts(open_page, superuser):
    page = open_page(has_scripts=False, width=400)
    begin(page, make_incident().pk)

    page.get_by_label("Assessed:").select_option("Figure")

    assert shown(page) == list(KINDS)
