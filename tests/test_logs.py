"""What the log holds, whatever people ask, send and write: where a fault lies, and none of that."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as real
from django.db import IntegrityError
from django.utils.module_loading import import_string

from tests.factories import make_source, make_user

CANARY = "Ottoline"
LOGGED: Any = real.LOGGING
FORMATTERS = {name: import_string(each["()"]) for name, each in LOGGED["formatters"].items()}


@pytest.fixture(params=FORMATTERS)
def log(request, caplog) -> Iterator[io.StringIO]:
    """All that is logged, down to the least serious."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(FORMATTERS[request.param]())
    caplog.set_level(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def failing(error: Exception):
    def fail(*_arguments, **_named):
        raise error

    return fail


def test_says_where_an_error_was_raised_and_not_what_it_says(log, client, monkeypatch):
    monkeypatch.setattr("tracker.public.pages.health.MigrationExecutor", failing(KeyError(CANARY)))
    client.raise_request_exception = False

    assert client.get("/health/ready").status_code == 500

    assert "Internal Server Error: /health/ready" in log.getvalue()
    assert "health.py:" in log.getvalue()
    assert "builtins.KeyError" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_tells_of_the_cause_of_an_error_as_of_the_error(log):
    try:
        try:
            raise IntegrityError(f"DETAIL: Key (name)=({CANARY}) already exists.")
        except IntegrityError as error:
            raise ValueError(CANARY) from error
    except ValueError:
        logging.getLogger("tracker").exception("It failed.")

    assert "builtins.ValueError" in log.getvalue()
    assert "django.db.utils.IntegrityError" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_holds_nothing_of_a_question_a_body_a_token_or_a_source(log, client, settings):
    settings.AXES_ENABLED = True
    make_source(name=CANARY)
    client.get("/api/v1/incidents/", {"q": CANARY})
    client.get("/api/v1/incidents/", {CANARY: "1"})
    client.post("/api/v1/reports/", {"text": CANARY}, content_type="application/json")
    client.get("/api/desk/v1/reports/", headers={"Authorization": f"Token {CANARY}"})
    client.post("/admin/login/", {"username": CANARY, "password": f"{CANARY}-1"})
    client.force_login(make_user("administrator"))
    client.get("/admin/desk/source/", {"q": CANARY})

    assert CANARY not in log.getvalue()
    assert "SELECT" not in log.getvalue()


def test_lets_nobody_write_a_line_by_what_they_send(log):
    logging.getLogger("tracker").warning("Asked: %s", "a\n2026-01-01 ERROR forged\x1b[2J\u202e")

    assert len(log.getvalue().splitlines()) == 1
    assert "\x1b" not in log.getvalue()
    assert "\u202e" not in log.getvalue()


def test_writes_an_object_a_line_for_programs(caplog):
    record = logging.makeLogRecord(
        {"name": "tracker", "levelname": "INFO", "msg": "Kept.", "created": 0}
    )

    assert json.loads(FORMATTERS["json"]().format(record)) == {
        "time": "1970-01-01T00:00:00Z",
        "level": "INFO",
        "logger": "tracker",
        "message": "Kept.",
    }
