from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Permission
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.factories import make_user
from tracker.desk.models import User
from tracker.desk.workflow.recording import recorded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not CHROMIUM:
        reason = "neither chromium, chromium-browser nor google-chrome is installed"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this very thread, and Django takes that for async code: it connects
    # anew, and what it had connected before would stay open when the database is to be dropped.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()


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


# No groups: clearing away one transactional test takes those the migrations made.


@pytest.fixture
def superuser(transactional_db: None) -> None:
    make_user(username="nour", is_staff=True, is_superuser=True)


@pytest.fixture
def reviewers(transactional_db: None) -> list[User]:
    """Huda, Omar and Rima: each may enter reports, work on incidents and publish them."""
    users = [make_user(username=name, is_staff=True) for name in ("huda", "omar", "rima")]
    models = ["report", "figure", "incident", "assessment", "source", "place", "party"]
    rights = [f"{verb}_{model}" for verb in ("view", "add", "change") for model in models]
    granted = Permission.objects.filter(codename__in=[*rights, "publish_incident"])
    with recorded(by=None):
        for user in users:
            user.user_permissions.set(granted)
    return users
