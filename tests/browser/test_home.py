from __future__ import annotations

import pytest

from tests.factories import make_incident, make_place, make_user
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_home_page_fits_the_screen(
    open_page, transactional_db, width, height, language, direction
):
    incident = make_incident(
        place=make_place(name_ar="دير قانون"),
        acts=["fire_indirect", "ground_attack"],
        summary="Shells fell on the village, " * 20,
    )
    reviewer = make_user()
    with recorded(by=reviewer):
        publishing.publish(incident, by=reviewer)
    page = open_page(width=width, height=height)

    page.goto(f"/?lang={language}")

    assert page.locator("html").get_attribute("dir") == direction
    assert page.locator("article").count() == 1
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
