from __future__ import annotations

import pytest

from tests.public.ogc.world import make_world
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.browser
PAGES = [
    "",
    "/api",
    "/collections",
    "/collections/tallies",
    "/collections/tallies/queryables",
    "/collections/tallies/items",
]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_pages_of_features_fit_the_screen(
    open_page, transactional_db, width, height, language, direction
):
    make_world()
    page = open_page(width=width, height=height, has_scripts=False)
    counted = Edition.objects.of(Kind.TALLY)[0].public_id

    for address in (*PAGES, f"/collections/tallies/items/{counted}"):
        page.goto(f"/ogc{address}?lang={language}")

        assert page.locator("html").get_attribute("dir") == direction
        assert page.locator("h1").count() == 1
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), address
