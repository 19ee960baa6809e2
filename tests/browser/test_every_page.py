"""What holds of every public page, on every screen, in every language, by day and by night."""

from __future__ import annotations

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page

from tracker.public.models import Edition, Kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AGREEMENT = "/agreements/syria-2016-12-30/"
PAGES = (
    "/",
    "/agreements/",
    f"{AGREEMENT}?under=syria-2016-12-30-government&on=2017-01-25",
    "/incidents/",
    "/incidents/?q=%D9%82%D8%B5%D9%81&verification=reported&date_from=2017-01-01",
    "/incidents/?q=nothing+of+the+kind",
    "/tallies/",
    "/situation/",
    "/situation/?agreement=syria-2016-12-30&date_from=2017-01-09&date_to=2017-01-15",
    "/docs/methodology/",
    "/docs/codebook/",
    "/docs/asvs/",
    "/docs/scaling/",
    "/docs/security/",
)
SCREENS = [(360, 740), (1440, 900)]
GRAVE = {"serious", "critical"}


@pytest.fixture
def demo(transactional_db: None) -> list[str]:
    """The addresses of all kinds of pages, with something on each."""
    call_command("load_demo", stdout=StringIO())
    told = Edition.objects.of(Kind.INCIDENT).filter(label__contains="Deir Qanun")
    ids = told.order_by("label").values_list("public_id", flat=True)
    return [*PAGES, *(f"/incidents/{public_id}/" for public_id in ids)]


def spoken(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_scrolls_sideways(open_page, demo, language):
    for width, height in SCREENS:
        page = open_page(width=width, height=height)
        for address in demo:
            page.goto(spoken(address, language))

            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (address, width)
            assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_no_page_keeps_anyone_out(open_page, demo, language, scheme):
    for width, height in SCREENS:
        page = open_page(width=width, height=height)
        page.emulate_media(color_scheme=scheme)
        for address in demo:
            page.goto(spoken(address, language))

            found = Axe().run(page).response["violations"]
            grave = [each for each in found if each["impact"] in GRAVE]
            told = [(each["id"], each["nodes"][0]["html"][:200]) for each in grave]
            assert told == [], (address, width)


def test_every_page_says_the_same_without_scripts(open_page, demo):
    page = open_page(width=360, height=740, has_scripts=False)
    for address in demo:
        answer = page.goto(spoken(address, "en"))

        assert answer.status == 200, address
        assert page.locator("h1").count() == 1, address
        assert page.locator("main").inner_text().strip(), address


def test_the_first_view_of_no_page_takes_long_over_a_bad_line(open_page, demo):
    """As it comes over the line, all that the browser asks for before anybody touches anything."""
    for address in demo:
        page = open_page(width=360, height=740)
        length = bytes_of(page, spoken(address, "en"))

        assert 0 < length < 150_000, (address, length)
        page.close()


def bytes_of(page: Page, address: str) -> float:
    """How many bytes come over the line until nothing more is asked for."""
    loaded: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda done: loaded.append(done["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    return sum(loaded)
