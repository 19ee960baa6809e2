"""From the inbox to the public by keyboard alone: no click anywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_desk import fetch
from tests.factories import make_place, make_source

pytestmark = pytest.mark.browser

# More stops than any page has.
STOPS = 400


def reach(page: Page, wanted: Locator) -> None:
    """Tab on until this has the focus, and is in sight."""
    for _stop in range(STOPS):
        if wanted.evaluate("element => element === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    reach(page, wanted)
    page.keyboard.press(key)


def write(page: Page, field: str, text: str) -> None:
    reach(page, page.locator(f"#id_{field}"))
    page.keyboard.type(text)


def find(page: Page, field: str, typed: str, found: str) -> None:
    """Choose from a field that searches as one types."""
    press(page, page.locator(f".field-{field} .select2-selection"))
    # It opens, then takes the focus: letters typed in between are lost.
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=found, exact=True)).to_be_visible()
    page.keyboard.press("Enter")


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/")
    write(page, "username", name)
    write(page, "password", "a long pass phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()


def type_a_report(page: Page) -> None:
    log_in(page, "huda")
    page.goto("/admin/desk/report/add/")
    find(page, "source", "observ", "Syrian Observatory")
    write(page, "text", "Shells fell on a hall in the valley.")
    write(page, "date_start", "2017-01-15")
    find(page, "place", "barada", "Wadi Barada (Area)")
    press(page, page.locator("[name=_save]"))
    expect(page.get_by_text("was added successfully")).to_be_visible()


def open_its_incident(page: Page) -> None:
    """Take the next report of the inbox, open an incident of it, and go there."""
    log_in(page, "omar")
    page.goto("/admin/inbox/")
    page.keyboard.press("n")
    expect(page.get_by_text("Shells fell on a hall in the valley.")).to_be_visible()
    page.keyboard.press("i")
    press(page, page.get_by_role("link", name="See or undo it"))
    press(page, page.get_by_role("link", name="Wadi Barada, 2017-01-15"))
    expect(page.get_by_role("heading", name="Change incident")).to_be_visible()


def assess(page: Page) -> None:
    press(page, page.get_by_label("Shelling", exact=True), "Space")
    press(page, page.locator("[data-assess] summary"))
    write(page, "assessments-0-assessed", "Verification")
    write(page, "assessments-0-verification", "Verified")
    write(page, "assessments-0-proof", "Balance of probabilities")
    write(page, "assessments-0-rationale", "Two films show it.")
    press(page, page.get_by_role("button", name="Save and assess"))
    expect(page.get_by_role("heading", name="Verification: Verified")).to_be_visible()


def step(page: Page, name: str, said: str) -> None:
    press(page, page.get_by_role("button", name=f"Save: {name}"))
    expect(page.get_by_text(said)).to_be_visible()


def test_three_people_take_a_report_to_the_public_by_keyboard(open_page, live_server, reviewers):
    make_source(name="Syrian Observatory")
    make_place(name="Wadi Barada", kind="area")
    huda, omar, rima = (open_page() for _person in reviewers)

    type_a_report(huda)
    open_its_incident(omar)
    assess(omar)
    step(omar, "Submit for review", "In review: Shelling, Wadi Barada, 2017-01-15")
    step(omar, "Publish", "You have worked on this incident since it was last signed")
    assert fetch(live_server, "incidents") == []
    log_in(rima, "rima")
    rima.goto(omar.url)
    step(rima, "Publish", "Published: Shelling, Wadi Barada, 2017-01-15")

    [incident] = fetch(live_server, "incidents")
    assert (incident["title"], incident["verification"]) == (
        "Shelling, Wadi Barada, 2017-01-15",
        "verified",
    )
