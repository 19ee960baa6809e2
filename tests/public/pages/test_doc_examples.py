"""Every example of the documentation does what the page says, against the demo."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.management import call_command
from django.core.servers.basehttp import WSGIServer
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections, transaction
from django.test.testcases import QuietWSGIRequestHandler

from tests.public.pages.examples import TEXTS, Example, addresses, examples

END = "-- end of the block --"
HAS_PACKAGES = 'cat(all(c("httr2", "sf") %in% rownames(installed.packages())))'


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The demo, loaded once for all tests here, which read alone.

    The name is the one by which a test says that it wants a database.
    """
    with django_db_blocker.unblock():
        with transaction.atomic():
            call_command("load_demo", stdout=io.StringIO())
            yield
            transaction.set_rollback(True)
        connections.close_all()


@pytest.fixture(scope="module")
def server(db: None) -> Iterator[str]:
    """The address of a server that answers one request at a time, by the one connection that sees
    what has been loaded and will not be committed."""
    shared: Any = connections["default"]
    httpd = WSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    httpd.set_app(get_wsgi_application())

    def serve() -> None:
        connections["default"] = shared
        httpd.serve_forever(poll_interval=0.05)

    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        # What is not committed goes with its connection.
        signal.disconnect(close_old_connections)
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


def texts_with(language: str) -> list[str]:
    return [str(text) for text in TEXTS if examples(str(text), language)]


def said(printed: str) -> list[str]:
    """Lines as a reader compares them: how far a table is indented is the terminal's affair."""
    return [" ".join(line.split()) for line in printed.strip().splitlines()]


@pytest.mark.parametrize("text", texts_with("sh"))
def test_runs_in_a_shell_and_prints_what_the_page_says(server, tmp_path: Path, text):
    # One shell for the page, as the reader has: what a block sets, the next one uses.
    shown = examples(text, "sh")
    for command in ("curl", "ogrinfo", "ogr2ogr"):
        if any(command in example.code for example in shown) and not shutil.which(command):
            pytest.skip(f"{command} is not installed")
    script = "".join(f"{example.on(server)}echo {END}\n" for example in shown)
    printed_by_all = _run(["bash", "-euo", "pipefail", "-c", script], tmp_path)
    for example, printed in zip(shown, printed_by_all.split(END), strict=False):
        _compare(example, printed)


@pytest.mark.parametrize("text", texts_with("python"))
def test_runs_in_python_and_prints_what_the_page_says(server, tmp_path: Path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for example in examples(text, "python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.on(server), text, "exec"), names)  # noqa: S102 - our own examples
        _compare(example, printed.getvalue())


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own examples
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _compare(example: Example, printed: str) -> None:
    if example.printed is not None:
        assert said(printed) == said(example.printed), example.code


# Where there is no R, all that is known of these examples is that the addresses in them answer.
@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("text", texts_with("r"))
def test_runs_in_r(server, tmp_path: Path, text):
    if _run(["Rscript", "-e", HAS_PACKAGES], tmp_path) != "TRUE":
        pytest.skip("httr2 and sf are not installed in R")

    _run(
        ["Rscript", "-e", "".join(example.on(server) for example in examples(text, "r"))], tmp_path
    )


@pytest.mark.parametrize("text", [str(text) for text in TEXTS])
def test_names_only_addresses_that_answer(server, text):
    for address in addresses(text):
        answer = requests.get(server + filled(address, server), timeout=30)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"


def filled(address: str, server: str) -> str:
    """An address with the id of something that is there, where the page leaves a gap."""
    kind, gap, _rest = address.removeprefix("/api/v1/").partition("/{")
    if not gap:
        return address
    listed = requests.get(f"{server}/api/v1/{kind}/", timeout=30).json()["results"]
    return re.sub(r"\{\w+\}", listed[0]["id"], address)
