from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_documentation_scrolls_sideways(open_page, width, height, language):
    page = open_page(width=width, height=height, has_scripts=False)

    for address in ("methodology", "codebook", "curl", "qgis", "statistics"):
        page.goto(f"/docs/{address}/?lang={language}")

        widest = page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
        assert widest == 0, address


def test_wide_tables_and_code_scroll_by_themselves_and_by_keyboard(open_page):
    page = open_page(width=360, height=740)
    page.goto("/docs/codebook/?lang=en")

    table = page.locator(".wide").first
    table.focus()
    page.keyboard.press("ArrowRight")

    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
    page.wait_for_function("document.querySelector('.wide').scrollLeft > 0")
