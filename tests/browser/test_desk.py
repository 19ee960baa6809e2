from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_party, make_place, make_source

pytestmark = pytest.mark.browser

EXCERPT = "قصف مدفعي على قرى وادي بردى أوقع سبعة قتلى وعشرات الجرحى"


def fetch(live_server: Any, resource: str, **query: str) -> list[dict[str, Any]]:
    with urlopen(f"{live_server.url}/api/v1/{resource}/?{urlencode(query)}") as response:  # noqa: S310
        return json.load(response)["results"]


def log_in(page: Page, name: str = "nour") -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()


def find(page: Page, field: str, typed: str, found: str) -> None:
    """Choose from a field that searches as one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search--dropdown input, .select2-search--inline input").last.fill(typed)
    page.get_by_role("option", name=found, exact=True).click()


def enter_figure(page: Page, row: int, **values: str) -> None:
    for name, value in values.items():
        box = page.locator(f"#id_figures-{row}-{name}")
        box.select_option(value) if name in {"harm", "group"} else box.fill(value)


def sign(page: Page, incident: str) -> None:
    """Publish what another has submitted."""
    log_in(page, "rima")
    page.goto(incident)
    page.get_by_role("button", name="Save: Publish").click()
    expect(page.get_by_text("Published: Shelling, Wadi Barada, 2017-01-15")).to_be_visible()


def test_a_report_typed_at_the_desk_is_published_and_found_by_place_and_day(
    open_page, live_server, superuser, reviewers
):
    make_source(name="Syrian Observatory")
    make_party(name="Government forces")
    make_place(name="Wadi Barada", name_ar="وادي بردى", kind="area")
    page = open_page()
    log_in(page)

    page.goto("/admin/desk/report/add/")
    find(page, "source", "observ", "Syrian Observatory")
    page.get_by_label("Text", exact=False).first.fill(EXCERPT)
    page.locator("#id_date_start").fill("2017-01-15")
    find(page, "place", "وادي بردى", "Wadi Barada · وادي بردى (Area)")
    find(page, "accused", "gover", "Government forces")
    enter_figure(page, 0, best="7")
    enter_figure(page, 1, harm="injured", as_written="عشرات")
    page.get_by_role("button", name="Save and make an incident").click()
    expect(page.get_by_text("The incident has been made from the report.")).to_be_visible()
    expect(page.get_by_text("at least one act")).to_be_visible()
    page.get_by_label("Shelling", exact=True).check()
    page.get_by_role("button", name="Save: Submit for review").click()
    expect(page.get_by_text("In review: Shelling, Wadi Barada, 2017-01-15")).to_be_visible()
    sign(open_page(), page.url)

    place = fetch(live_server, "places", q="وادي بردى")[0]["id"]
    days = {"date_from": "2017-01-15", "date_to": "2017-01-15"}
    [incident] = fetch(live_server, "incidents", place=place, **days)
    [report] = incident["reports"]
    assert (report["source"]["name"], report["text"]) == ("Syrian Observatory", EXCERPT)
    assert [each["name"] for each in report["accused"]] == ["Government forces"]
    assert [(each["harm"], each["best"], each["as_written"]) for each in report["figures"]] == [
        ("killed", 7, None),
        ("injured", None, "عشرات"),
    ]
