"""The log holds nothing of what is confidential, who was here, or what they asked for."""

from __future__ import annotations

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string
from knox.models import AuthToken

from tests import ledger
from tests.factories import make_user
from tests.inference import probes
from tests.inference.twins import ONE, lived_in

ADDRESS = "203.0.113.77"
PASSWORD, WRONG = "the long way round", "another way round"
PAGES = ("incident", "report", "source", "place", "bulletin", "coverage", "importrun", "user")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What would stand in the log at LOG_LEVEL=DEBUG."""
    told, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(told), root.level
    formatters: Any = settings.LOGGING["formatters"]
    handler.setFormatter(import_string(formatters["line"]["()"])())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def guarded(settings: Any) -> None:
    settings.AXES_ENABLED = True


def _ask_the_public() -> int:
    client, asked = Client(REMOTE_ADDR=ADDRESS), 0
    for question in (*probes.plain(), *probes.understood(40), *probes.unknown(20)):
        client.get(question)
        asked += 1
    for method in ("get", "post", "put"):
        for where in ("/", "/api/v1/", "/api/desk/v1/", "/admin/", "/ogc/", "/docs/"):
            getattr(client, method)(f"{where}{ONE.word}/?q={ONE.word}", follow=True)
            asked += 1
    client.get(f"/?q={ONE.word * 3000}")
    client.get(f"/{ONE.word}/", headers={"Host": "elsewhere.example"})
    return asked + 2


def _ask_the_desk(reviewer: Any, token: str) -> int:
    browser, asked = ledger.Client(REMOTE_ADDR=ADDRESS), 0
    browser.force_login(reviewer)
    for page in PAGES:
        for where in ("", f"?q={ONE.word}", f"?note__startswith={ONE.word}", f"{ONE.word}/change/"):
            browser.get(f"/admin/desk/{page}/{where}", follow=True)
            asked += 1
    for header in (f"Token {token}", f"Token {token[:-1]}x", f"Bearer {ONE.word}"):
        for name in ("incidents", "reports", "tallies"):
            for where in (f"{name}/", f"{name}/?q={ONE.word}", f"{name}/1/", f"{name}/{ONE.word}/"):
                browser.get(f"/api/desk/v1/{where}", headers={"Authorization": header})
                asked += 1
    return asked


def _knock() -> int:
    """Log in with a wrong password, without a form of ours, and at last with the right one."""
    strict = Client(REMOTE_ADDR=ADDRESS, enforce_csrf_checks=True)
    strict.post(f"/admin/{ONE.word}/?q={ONE.word}", {"password": PASSWORD})
    strict.post("/admin/login/", {"username": f"{ONE.word}-clerk", "password": PASSWORD})
    open_ = Client(REMOTE_ADDR=ADDRESS)
    for password in (*[WRONG] * 12, PASSWORD):
        open_.post("/admin/login/", {"username": f"{ONE.word}-clerk", "password": password})
    return 15


@pytest.mark.django_db
def test_logs_nothing_of_what_was_asked_and_by_whom(logged: io.StringIO, guarded: None):
    with lived_in(ONE) as world:
        token = AuthToken.objects.create(world.reviewer)[1]
        make_user("data entry", username=f"{ONE.word}-clerk", is_staff=True, password=PASSWORD)
        asked = _ask_the_public() + _ask_the_desk(world.reviewer, token) + _knock()

    told = logged.getvalue()
    secrets = (ONE.word, token, token[:8], PASSWORD, WRONG, ADDRESS)
    found = [line for line in told.splitlines() if any(each in line for each in secrets)]
    print(f"{asked} requests, {len(told.splitlines())} lines of log, {len(found)} that tell")
    assert found == []


@pytest.mark.django_db
def test_logs_a_failure_of_our_own(logged: io.StringIO):
    logging.getLogger("django.request").error("Internal Server Error: /")

    assert "ERROR django.request Internal Server Error: /" in logged.getvalue()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2):
            return True
    except OSError:
        return False


@pytest.mark.soak
def test_has_a_server_that_logs_no_address_and_no_question(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": "only-this-test-may-use-this-secret-key",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "LOG_LEVEL": "DEBUG",
    }
    output = tmp_path / "log"
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    with output.open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - the tracker itself
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 180
        while not _answers(port) and time.monotonic() < deadline:
            time.sleep(1)
        asked, refusals = 0, set()
        for where in (
            "/",
            "/api/v1/incidents/",
            "/zugvogel/",
            "/api/v1/zugvogel/",
            "/admin/zugvogel/",
        ):
            for _each in range(10):
                try:
                    url = f"http://127.0.0.1:{port}{where}?q=zugvogel"
                    urllib.request.urlopen(url, timeout=30).close()
                except urllib.error.HTTPError as refusal:
                    refusals.add(refusal.code)
                    refusal.close()
                asked += 1
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    told = output.read_text()
    print(f"{asked} requests, {len(told.splitlines())} lines of log")
    assert refusals <= {400, 404}
    assert "Stop with Ctrl-C." in told
    assert "zugvogel" not in told
    assert "GET" not in told
