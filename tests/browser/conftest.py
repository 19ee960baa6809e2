from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.factories import make_user

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not CHROMIUM:
        reason = "neither chromium, chromium-browser nor google-chrome is installed"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this very thread, and Django takes that for async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A tab of the size asked for. Complaints, and requests to another host, fail the test."""
    complaints: list[str] = []

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(f"{said.text} {said.location}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:")):
            complaints.append(f"asked for {request.url}")

    def opened(*, width: int = 1440, height: int = 900, has_scripts: bool = True) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            java_script_enabled=has_scripts,
        )
        page.on("console", on_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", on_request)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def superuser(transactional_db: None) -> None:
    # No group: clearing away one transactional test takes those the migrations made.
    make_user(username="nour", is_staff=True, is_superuser=True)
