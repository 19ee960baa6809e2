"""Takes the pictures of the README and the documentation, of the demo on a database of its own.

`make pictures` calls it; it needs a Chromium, as the browser tests do.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tracker" / "static" / "tracker" / "pictures"
SECONDS_TO_START = 60
WIDE, NARROW = (1280, 860), (390, 844)
AGREEMENT = "/agreements/syria-2016-12-30/"
# Name, address, size.
PICTURES = (
    ("agreement", f"{AGREEMENT}?on=2017-01-25", WIDE),
    ("incidents", "/incidents/?date_from=2016-12-22&date_to=2017-01-28", WIDE),
    ("incident", "", WIDE),
    ("tallies", "/tallies/", WIDE),
    ("phone", f"{AGREEMENT}?on=2017-01-25", NARROW),
)
LANGUAGES = ("en", "ar")


def main() -> None:
    if not CHROMIUM:
        sys.exit("Neither chromium, chromium-browser nor google-chrome is installed.")
    with tempfile.TemporaryDirectory() as folder:
        site = f"http://127.0.0.1:{_free_port()}"
        server = _serve(site, Path(folder) / "tracker.sqlite3")
        try:
            _wait_for(site)
            _take(site)
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def _serve(site: str, database: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "manage.py", "start", "--port", site.rpartition(":")[2]]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


def _wait_for(site: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(f"{site}/health/live").close()  # noqa: S310
            return
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _take(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, address, size in PICTURES:
            for language in LANGUAGES:
                _picture(browser, f"{site}{address or _contested(site)}", language, size, name)
        browser.close()


def _contested(site: str) -> str:
    """The incident that the most reports tell of."""
    with urllib.request.urlopen(f"{site}/api/v1/incidents/?q=Deir+Qanun&contested=true") as told:  # noqa: S310
        found = json.load(told)["results"]
    return f"/incidents/{max(found, key=lambda incident: len(incident['reports']))['id']}/"


def _picture(
    browser: Browser, address: str, language: str, size: tuple[int, int], name: str
) -> None:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="networkidle")
    page.screenshot(path=FOLDER / f"{name}-{language}.png")
    page.close()


if __name__ == "__main__":
    main()
