from __future__ import annotations

import pytest

from tests.factories import make_bulletin, make_source
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monitors():
    """Two monitors, each with a count of its own."""
    with recorded(by=None):
        for name, count in (("Northern watch", 9), ("Southern watch", 2)):
            publishing.publish_bulletin(
                make_bulletin({"count": count}, monitor=make_source(name=name, kind="monitor"))
            )


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_one_monitors_counts_are_chosen_by_keyboard(
    open_page, monitors, width, height, has_scripts
):
    page = open_page(width=width, height=height, has_scripts=has_scripts)
    page.goto("/tallies/?lang=en")

    page.get_by_label("Northern watch").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url("**monitor=**")
    told = page.locator("main table").first.inner_text()
    assert "Northern watch" in told
    assert "Southern watch" not in told


def test_the_counts_chosen_are_taken_along_by_pointer(open_page, monitors):
    page = open_page()
    page.goto("/tallies/?lang=en")

    page.get_by_label("Southern watch").check()
    page.get_by_role("button", name="Show").click()

    page.wait_for_url("**monitor=**")
    assert "monitor=" in page.locator('a[href*="tallies.csv"]').get_attribute("href")
