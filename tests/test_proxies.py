"""Whose word is taken for where a request came from."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from tracker import wsgi
from tracker.desk.models import Tries

# Each request is let end as a server lets it end, which closes connections.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ask(settings) -> Callable[..., None]:
    """Show a token that does not hold, which is counted by where it came from."""
    settings.TRUSTED_PROXIES = ["192.0.2.0/30"]
    application: Any = importlib.reload(wsgi).application

    def asked(*, by: str, on_behalf_of: str) -> None:
        environ = RequestFactory().get("/api/desk/v1/reports/").environ | {
            "REMOTE_ADDR": by,
            "HTTP_X_FORWARDED_FOR": on_behalf_of,
            "HTTP_AUTHORIZATION": f"Token {1:064x}",
            "wsgi.input": io.BytesIO(),
        }
        list(application(environ, lambda *_told: None))

    return asked


def senders() -> int:
    return Tries.objects.values("sender").distinct().count()


def test_counts_apart_those_who_come_through_a_proxy_that_is_trusted(ask):
    ask(by="192.0.2.1", on_behalf_of="198.51.100.1")
    ask(by="192.0.2.2", on_behalf_of="198.51.100.1")
    ask(by="192.0.2.1", on_behalf_of="198.51.100.2")

    assert senders() == 2


def test_takes_nobody_elses_word_for_where_they_are(ask):
    for number in range(3):
        ask(by="203.0.113.9", on_behalf_of=f"198.51.100.{number}")

    assert senders() == 1


def test_believes_only_what_the_proxy_itself_added(ask):
    for number in range(3):
        ask(by="192.0.2.1", on_behalf_of=f"198.51.100.{number}, 203.0.113.9")

    assert senders() == 1
